"""Immunord, stromal cells of healthy donors against graft-versus-host disease, of Ostrava Cell Works."""

from functools import partial

from atmp_portal.demo.filing import DemoDocument
from atmp_portal.demo.immunord.application_form import application_form
from atmp_portal.demo.immunord.classification_request import request_form, request_letter
from atmp_portal.demo.immunord.control_of_materials import control_of_materials
from atmp_portal.demo.immunord.cover_letter import cover_letter
from atmp_portal.demo.immunord.quality_overall_summary import quality_overall_summary
from atmp_portal.demo.immunord.specifications import specifications

_immunord = partial(DemoDocument, "immunord")
_request = partial(DemoDocument, "immunord, classification")

DOCUMENTS: tuple[DemoDocument, ...] = (
    _immunord("1.0", "ema-cover-immunord.pdf", "Průvodní dopis EMA.pdf", 1, cover_letter),
    _immunord(
        "1.2",
        "ema-form-certification-immunord.pdf",
        "Žádost o certifikaci čl. 18 podepsaná.pdf",
        1,
        application_form,
    ),
    _immunord(
        "2.3", "quality-overall-summary-immunord.pdf", "QOS IMN draft 7 FINAL.pdf", 1, quality_overall_summary
    ),
    _immunord(
        "3.2.S.2.3",
        "control-of-materials-immunord.pdf",
        "Donor tests FINAL 2.docx.pdf",
        1,
        control_of_materials,
    ),
    _immunord("3.2.P.5.1", "specifications-immunord.pdf", "SPEC-IMN-011 v2 podepsáno.pdf", 1, specifications),
    _request("1.0", "ema-cover-classification-immunord.pdf", "Dopis CAT klasifikace.pdf", 1, request_letter),
    _request("1.2", "ema-form-classification-immunord.pdf", "CAT request form OCW-7 v3.pdf", 1, request_form),
)
