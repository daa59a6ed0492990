"""Immunord, stromal cells of healthy donors against graft-versus-host disease, of Ostrava Cell Works."""

from functools import partial

from atmp_portal.demo.filing import DemoDocument
from atmp_portal.demo.immunord.control_of_materials import control_of_materials
from atmp_portal.demo.immunord.cover_letter import cover_letter
from atmp_portal.demo.immunord.quality_overall_summary import quality_overall_summary
from atmp_portal.demo.immunord.specifications import specifications

_immunord = partial(DemoDocument, "immunord")

DOCUMENTS: tuple[DemoDocument, ...] = (
    _immunord("1.0", "ema-cover-immunord.pdf", "Průvodní dopis EMA.pdf", 1, cover_letter),
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
)
