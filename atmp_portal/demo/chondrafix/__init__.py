"""Chondrafix, cartilage cells of the patient on a collagen membrane: combined, of Norvia Therapeutics."""

from functools import partial

from atmp_portal.demo.chondrafix.application_form import application_form
from atmp_portal.demo.chondrafix.clinical_overview import clinical_overview
from atmp_portal.demo.chondrafix.clinical_synopsis import clinical_synopsis
from atmp_portal.demo.chondrafix.composition import composition
from atmp_portal.demo.chondrafix.control_of_materials import control_of_materials
from atmp_portal.demo.chondrafix.cover_letter import cover_letter
from atmp_portal.demo.chondrafix.device_conformity import device_conformity
from atmp_portal.demo.chondrafix.device_requirements import device_requirements
from atmp_portal.demo.chondrafix.justification_of_specifications import justification_of_specifications
from atmp_portal.demo.chondrafix.medical_device import medical_device
from atmp_portal.demo.chondrafix.nonclinical_overview import nonclinical_overview
from atmp_portal.demo.chondrafix.product_information import product_information
from atmp_portal.demo.chondrafix.quality_overall_summary import quality_overall_summary
from atmp_portal.demo.chondrafix.risk_management_plan import risk_management_plan
from atmp_portal.demo.chondrafix.specifications import specifications
from atmp_portal.demo.chondrafix.stability_data import stability_data
from atmp_portal.demo.filing import DemoDocument

_chondrafix = partial(DemoDocument, "chondrafix")

DOCUMENTS: tuple[DemoDocument, ...] = (
    _chondrafix("1.0", "ema-cover-chondrafix.pdf", "CHX cover letter 27 August.pdf", 1, cover_letter),
    _chondrafix("1.2", "ema-form-eaf-chondrafix.pdf", "eAF CHX combined ATMP v2.pdf", 1, application_form),
    _chondrafix("1.3.1", "ema-combined-chondrafix.pdf", "PI Chondrafix EN (3).pdf", 1, product_information),
    _chondrafix(
        "1.8.2", "riskmgtsystem-chondrafix.pdf", "RMP CHX v0.2 LF comments in.pdf", 1, risk_management_plan
    ),
    _chondrafix(
        "2.3",
        "quality-overall-summary-chondrafix.pdf",
        "QOS CHX final.pdf",
        1,
        partial(quality_overall_summary, 1),
    ),
    _chondrafix(
        "2.3",
        "quality-overall-summary-chondrafix.pdf",
        "QOS CHX final after spec 3.pdf",
        2,
        partial(quality_overall_summary, 2),
    ),
    _chondrafix("2.4", "nonclinical-overview-chondrafix.pdf", "M2.4 CHX.docx.pdf", 1, nonclinical_overview),
    _chondrafix("2.5", "clinical-overview-chondrafix.pdf", "M2.5 CHX final_MS.pdf", 1, clinical_overview),
    _chondrafix(
        "3.2.S.2.3",
        "control-of-materials-chondrafix.pdf",
        "S23 Materials CHX collagenase updated.pdf",
        1,
        control_of_materials,
    ),
    _chondrafix("3.2.P.1", "composition-chondrafix.pdf", "P1 Composition graft.docx.pdf", 1, composition),
    _chondrafix(
        "3.2.P.5.1", "specifications-chondrafix.pdf", "SPEC-CHX-001 v2.pdf", 1, partial(specifications, 1)
    ),
    _chondrafix(
        "3.2.P.5.1", "specifications-chondrafix.pdf", "SPEC-CHX-001 v3.pdf", 2, partial(specifications, 2)
    ),
    _chondrafix(
        "3.2.P.5.6",
        "justification-of-specifications.pdf",
        "Justification specs CHX.docx.pdf",
        1,
        partial(justification_of_specifications, 1),
    ),
    _chondrafix(
        "3.2.P.5.6",
        "justification-of-specifications.pdf",
        "Justification specs CHX (2) MD comments in.pdf",
        2,
        partial(justification_of_specifications, 2),
    ),
    _chondrafix(
        "3.2.P.8.3", "stability-data-chondrafix.pdf", "Stability CHX-25-S01 to S05.pdf", 1, stability_data
    ),
    _chondrafix("3.2.R.MD", "medical-device.pdf", "Membrane file Duolam KM complete.pdf", 1, medical_device),
    _chondrafix(
        "3.2.R.MD.1",
        "medical-device-conformity.pdf",
        "NB 0987 opinion summary 20-08.pdf",
        1,
        device_conformity,
    ),
    _chondrafix(
        "3.2.R.MD.2",
        "medical-device-requirements.pdf",
        "GSPR checklist Duolam KM.xlsx.pdf",
        1,
        device_requirements,
    ),
    _chondrafix(
        "5.3.5.1", "chx-301-synopsis.pdf", "CHX-301 synopsis signed scan-ocr.pdf", 1, clinical_synopsis
    ),
)
