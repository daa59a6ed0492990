import pytest

from dossiers import structure
from dossiers.statuses import Procedure
from tests.factories.dossiers import ANSWERS


def _structure(procedure, outcome):
    answers = ANSWERS[outcome]
    code = outcome.removesuffix(" in vivo")
    return structure.structure_of(structure.scope_of(procedure, code, answers))


def _codes(procedure, outcome):
    return {placed.row.code for placed in _structure(procedure, outcome).requirements}


@pytest.mark.parametrize(
    ("outcome", "fits"),
    [
        ("GTMP", {"all", "gtmp", "gmo", "cell-based"}),
        ("GTMP in vivo", {"all", "gtmp", "gmo"}),
        ("sCTMP", {"all", "sctmp", "non-gmo", "cell-based"}),
        ("TEP", {"all", "tep", "non-gmo", "cell-based"}),
        ("combined-TEP", {"all", "tep", "non-gmo", "cell-based", "combined"}),
    ],
)
def test_scope_follows_from_the_class_and_the_answers(outcome, fits):
    code = outcome.removesuffix(" in vivo")
    assert structure.scope_of("maa", code, ANSWERS[outcome]).fits == fits


def test_genetically_modified_cells_of_another_class_are_a_gmo_too():
    scope = structure.scope_of("maa", "sCTMP", {"active_part": ["gm_cells"]})
    assert scope.fits == {"all", "sctmp", "gmo", "cell-based"}


@pytest.mark.parametrize("outcome", ["GTMP", "GTMP in vivo", "sCTMP", "TEP", "combined-TEP"])
@pytest.mark.parametrize("procedure", Procedure.values)
def test_every_section_has_its_parent_and_every_requirement_its_section(procedure, outcome):
    grown = _structure(procedure, outcome)
    numbers = {row.number for row in grown.sections}
    assert {row.parent for row in grown.sections if row.parent} <= numbers
    assert {placed.section for placed in grown.requirements} <= numbers
    assert set(grown.expected) <= numbers
    asked = {
        row.code
        for row in structure.requirement_rows()
        if procedure in row.procedures
        and row.applies_to in structure.scope_of(procedure, outcome.split()[0], ANSWERS[outcome]).fits
    }
    assert {placed.row.code for placed in grown.requirements} == asked


def test_every_requirement_names_sections_that_exist():
    numbers = {row.number for row in structure.section_rows()}
    named = {number for row in structure.requirement_rows() for number in row.sections}
    assert named <= numbers
    assert {row.section for row in structure.minimum_rows()} <= numbers


def test_a_requirement_hangs_on_the_first_of_its_sections_that_the_tree_has():
    placed = {placed.row.code: placed.section for placed in _structure("maa", "sCTMP").requirements}
    assert placed["CB-01"] == "3.2.S.2.3"
    assert placed["ATMP-02"] == "2.3.I"
    combined = {placed.row.code: placed.section for placed in _structure("maa", "combined-TEP").requirements}
    assert combined["DV-05"] == "3.2.R.TSE"
    assert combined["DV-01"] == "3.2.R.MD.3"


def test_the_device_part_belongs_to_combined_products_only():
    alone = {row.number for row in _structure("maa", "TEP").sections}
    combined = {row.number for row in _structure("maa", "combined-TEP").sections}
    assert combined - alone == {"3.2.R.MD", "3.2.R.MD.1", "3.2.R.MD.2", "3.2.R.MD.3"}
    assert {"DV-02", "DV-04"} <= _codes("maa", "combined-TEP") - _codes("maa", "TEP")


def test_one_of_the_two_environmental_sections_is_left():
    with_gmo = {row.number for row in _structure("maa", "GTMP").sections}
    without = {row.number for row in _structure("maa", "sCTMP").sections}
    assert (with_gmo & {"1.6.1", "1.6.2"}, without & {"1.6.1", "1.6.2"}) == ({"1.6.2"}, {"1.6.1"})


def test_a_classification_request_takes_letter_and_form_only():
    grown = _structure("classification", "GTMP")
    assert [row.number for row in grown.sections] == ["1", "1.0", "1.2"]
    assert {placed.row.code[:3] for placed in grown.requirements} == {"CR-"}


def test_a_certification_has_no_clinical_module():
    assert {row.module for row in _structure("certification", "GTMP").sections} == {1, 2, 3, 4}


def test_texts_are_for_people():
    shown = [row.purpose for row in structure.section_rows()]
    shown += [f"{row.text} {row.evidence}" for row in structure.requirement_rows()]
    shown += [row.why for row in structure.minimum_rows()]
    for text in shown:
        assert not {"->", "DTD", "node-extension"} & set(text.split()), text


def test_depth_counts_from_the_module():
    depths = {row.number: row.depth for row in structure.section_rows()}
    assert (depths["3"], depths["3.2.S.2.3"], depths["1.8.2"]) == (0, 4, 2)
