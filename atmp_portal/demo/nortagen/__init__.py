"""Nortagen, T cells of the patient with a receptor against CD19: gene therapy, of Norvia Therapeutics."""

from functools import partial

from atmp_portal.demo.filing import DemoDocument
from atmp_portal.demo.nortagen.application_form import application_form
from atmp_portal.demo.nortagen.batch_analyses import batch_analyses
from atmp_portal.demo.nortagen.clinical_overview import clinical_overview
from atmp_portal.demo.nortagen.clinical_synopsis import clinical_synopsis
from atmp_portal.demo.nortagen.control_of_materials import control_of_materials
from atmp_portal.demo.nortagen.cover_letter import cover_letter
from atmp_portal.demo.nortagen.environmental_risk import environmental_risk
from atmp_portal.demo.nortagen.integration_study import integration_study
from atmp_portal.demo.nortagen.justification_of_specification import justification_of_specification
from atmp_portal.demo.nortagen.nonclinical_overview import nonclinical_overview
from atmp_portal.demo.nortagen.process_and_controls import process_and_controls
from atmp_portal.demo.nortagen.product_information import product_information
from atmp_portal.demo.nortagen.quality_overall_summary import quality_overall_summary
from atmp_portal.demo.nortagen.risk_management_plan import risk_management_plan
from atmp_portal.demo.nortagen.specifications import specifications
from atmp_portal.demo.nortagen.stability_data import stability_data

_nortagen = partial(DemoDocument, "nortagen")

DOCUMENTS: tuple[DemoDocument, ...] = (
    _nortagen("1.0", "ema-cover-nortagen.pdf", "Cover letter EMA signed.pdf", 1, cover_letter),
    _nortagen("1.2", "ema-form-eaf-nortagen.pdf", "eAF Nortagen print 17-04.pdf", 1, application_form),
    _nortagen(
        "1.3.1", "ema-combined-nortagen.pdf", "Nortagen PI EN track changes off.pdf", 1, product_information
    ),
    _nortagen("1.6.2", "gmo-nortagen.pdf", "ERA LVN-19 Hanna final.pdf", 1, environmental_risk),
    _nortagen("1.8.2", "riskmgtsystem-nortagen.pdf", "RMP v0.3 clean.docx.pdf", 1, risk_management_plan),
    _nortagen(
        "2.3",
        "quality-overall-summary-nortagen.pdf",
        "QOS Nortagen.pdf",
        1,
        partial(quality_overall_summary, 1),
    ),
    _nortagen(
        "2.3",
        "quality-overall-summary-nortagen.pdf",
        "QOS Nortagen D120 resp.pdf",
        2,
        partial(quality_overall_summary, 2),
    ),
    _nortagen(
        "2.4", "nonclinical-overview-nortagen.pdf", "Nonclin overview v6.docx.pdf", 1, nonclinical_overview
    ),
    _nortagen(
        "2.5", "clinical-overview-nortagen.pdf", "Clin Overview NTG signed MS.pdf", 1, clinical_overview
    ),
    _nortagen(
        "3.2.S.2.2",
        "process-and-controls-nortagen.pdf",
        "S22 process description Ghent.pdf",
        1,
        process_and_controls,
    ),
    _nortagen(
        "3.2.S.2.3",
        "control-of-materials-nortagen.pdf",
        "Materials + Donor tests FINAL 2.docx.pdf",
        1,
        control_of_materials,
    ),
    _nortagen(
        "3.2.P.5.1", "specifications-nortagen.pdf", "SPEC-NTG-003 v3.pdf", 1, partial(specifications, 1)
    ),
    _nortagen(
        "3.2.P.5.1", "specifications-nortagen.pdf", "SPEC-NTG-003 v4.pdf", 2, partial(specifications, 2)
    ),
    _nortagen(
        "3.2.P.5.4", "batch-analyses-nortagen.pdf", "Lots NTG-101 and NTG-301 all.pdf", 1, batch_analyses
    ),
    _nortagen(
        "3.2.P.5.6",
        "justification-of-specifications-nortagen.pdf",
        "Justification of spec NTG.pdf",
        1,
        partial(justification_of_specification, 1),
    ),
    _nortagen(
        "3.2.P.5.6",
        "justification-of-specifications-nortagen.pdf",
        "Justification of spec NTG after Q-004.pdf",
        2,
        partial(justification_of_specification, 2),
    ),
    _nortagen(
        "3.2.P.8.3", "stability-data-nortagen.pdf", "Stability tables March.xlsx.pdf", 1, stability_data
    ),
    _nortagen(
        "4.2.3.7.7",
        "integration-sites-ntg-tx-014.pdf",
        "NTG-TX-014 report final signed.pdf",
        1,
        integration_study,
    ),
    _nortagen("5.3.5.1", "ntg-301-synopsis.pdf", "NTG-301 CSR synopsis_27FEB2026.pdf", 1, clinical_synopsis),
)
