"""Branches that repeat: per substance and manufacturer, product, indication."""

import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from dossiers import evidence, readiness
from dossiers.actions import sections, sequences
from dossiers.models import Document, Dossier
from dossiers.repetitions import repeatables
from dossiers.structure import section_rows
from tests.factories import dossiers as make
from tests.factories.races import database_on_disk, race

CELLS = {"substance": "Chondrocytes", "manufacturer": "Norvia"}
VECTOR = {"substance": "Lentiviral vector", "manufacturer": "Vexa"}


@pytest.fixture
def dossier(lead):
    return make.dossier(organisation=lead.organisation)


@pytest.fixture
def substance(dossier, lead):
    return sections.name_repetition(dossier.sections.get(number="3.2.S"), attributes=CELLS, by=lead)


def _url(name, section):
    return reverse(f"dossiers:{name}", args=[section.dossier_id, section.number])


def _numbers(dossier):
    return list(dossier.sections.in_tree().values_list("number", flat=True))


def test_the_branches_that_repeat_are_in_the_tree_with_their_attributes():
    assert set(repeatables()) <= {row.number for row in section_rows()}
    assert {number: sorted(row.required) for number, row in repeatables().items() if row.required} == {
        "2.3.S": ["manufacturer", "substance"],
        "2.7.3": ["indication"],
        "3.2.S": ["manufacturer", "substance"],
        "5.3.5": ["indication"],
    }
    assert {number for number, row in repeatables().items() if not row.is_fixed} == {"3.2.A.1", "3.2.A.2"}


def test_a_further_substance_gets_every_section_behind_the_first_and_its_own_folders(
    browser, contributor, dossier, substance
):
    before = _numbers(dossier)
    response = browser(contributor).post(_url("section_repeat", substance), VECTOR)
    made = dossier.sections.get(number="3.2.S-2")
    assert response.headers["Location"] == made.get_absolute_url()
    assert str(made) == "3.2.S-2 Drug substance: Lentiviral vector, Vexa"
    branch = [number for number in before if number == "3.2.S" or number.startswith("3.2.S.")]
    end = before.index(branch[-1]) + 1
    copies = [f"3.2.S-2{number.removeprefix('3.2.S')}" for number in branch]
    assert _numbers(dossier) == [*before[:end], *copies, *before[end:]]
    inner = dossier.sections.get(number="3.2.S-2.2.3")
    assert (inner.parent.number, inner.printed_number, inner.depth, inner.requirements.count()) == (
        "3.2.S-2.2", "3.2.S.2.3", 4, 0,
    )  # fmt: skip
    assert inner.folder == "m3/32-body-data/32s-drug-sub/lentiviral-vector-vexa/32s2-manuf"
    assert dossier.sections.get(number="3.2.S.2.3").folder == (
        "m3/32-body-data/32s-drug-sub/chondrocytes-norvia/32s2-manuf"
    )
    event = Event.objects.get(code="dossiers.section_repeated")
    assert (event.data, event.audience) == (VECTOR, "sponsor")
    assert browser(contributor).get(inner.get_absolute_url()).status_code == 200
    assert (
        browser(contributor).get(_url("section", dossier.sections.get(number="3.2.S.2.3"))).status_code == 200
    )


def test_an_empty_repetition_stops_filing_until_it_is_filled_or_taken_out(lead, dossier, substance):
    made = sections.repeat(substance, attributes=VECTOR, by=lead)
    points = [point.text for point in readiness.stoppers(dossier)]
    assert f"{made.number} {made.title} holds no document." in points
    make.document(dossier, "3.2.S-2.2.3")
    assert f"{made.number} {made.title} holds no document." not in [
        point.text for point in readiness.stoppers(dossier)
    ]


def test_a_branch_without_its_obligatory_attributes_warns(dossier, substance):
    unnamed = [point.text for point in readiness.warnings(dossier) if "does not say its" in point.text]
    assert unnamed == [
        "2.3.S Drug substance does not say its active substance and manufacturer.",
        "2.7.3 Summary of clinical efficacy does not say its indication.",
        "5.3.5 Reports of efficacy and safety studies does not say its indication.",
    ]


def test_the_first_is_named_before_there_is_a_second(browser, lead, dossier):
    first = dossier.sections.get(number="3.2.S")
    response = browser(lead).get(_url("section_repeat", first))
    assert response.status_code == 409
    assert b"Name the active substance and manufacturer of 3.2.S first" in response.content


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"substance": ""}, {
            "substance": ["This field is required."],
            "manufacturer": ["This field is required."],
        }),
        ({"substance": "Vector", "manufacturer": "  "}, {"manufacturer": ["This field is required."]}),
        ({"substance": "x" * 121, "manufacturer": "Y"}, {
            "substance": ["Ensure this value has at most 120 characters (it has 121)."],
        }),
    ],
)  # fmt: skip
def test_obligatory_attributes_are_asked_for(browser, lead, substance, given, errors):
    response = browser(lead).post(_url("section_repeat", substance), given)
    assert (response.status_code, response.context["form"].errors) == (422, errors)


def test_one_optional_attribute_is_enough_and_none_is_not(browser, lead, dossier):
    product = dossier.sections.get(number="3.2.P")
    response = browser(lead).post(_url("section_repeat", product), {"dosageform": " "})
    assert response.context["form"].errors == {
        "__all__": ["Say what it is of: product, dosage form or manufacturer."]
    }
    browser(lead).post(_url("section_repeat", product), {"dosageform": "Suspension"})
    assert dossier.sections.get(number="3.2.P-2").attributes == {"dosageform": "Suspension"}


def test_two_of_the_same_are_refused_however_they_are_written(lead, substance):
    with pytest.raises(Refused, match="is of the same active substance and manufacturer"):
        sections.repeat(
            substance, attributes={"substance": " chondrocytes", "manufacturer": "NORVIA"}, by=lead
        )


def test_folder_words_that_would_be_the_same_are_told_apart(lead, dossier):
    first = dossier.sections.get(number="5.3.5")
    first = sections.name_repetition(first, attributes={"indication": "Knee, right"}, by=lead)
    made = sections.repeat(first, attributes={"indication": "Knee: right"}, by=lead)
    ends = [section.folder.rpartition("/")[2] for section in (first, made)]
    assert ends == ["knee-right", "knee-right-2"]


def test_a_name_can_be_changed_until_a_document_was_filed(browser, lead, dossier, substance):
    named = sections.name_repetition(substance, attributes={**CELLS, "manufacturer": "Vexa"}, by=lead)
    event = Event.objects.filter(code="dossiers.repetition_named").latest("seq")
    assert event.data == {"manufacturer": {"old": "Norvia", "new": "Vexa"}}
    facilities = dossier.sections.get(number="3.2.A.1")
    facilities = sections.name_repetition(facilities, attributes={"manufacturer": "Vexa"}, by=lead)
    make.document(dossier, "3.2.A.1")
    make.make_ready(dossier)
    make.file(dossier)
    Dossier.objects.filter(pk=dossier.pk).update(status="returned")
    response = browser(lead).post(_url("section_name", named), CELLS)
    assert (response.status_code, b"EU criterion 11.10" in response.content) == (409, True)
    named.refresh_from_db()
    assert named.attributes == {"substance": "Chondrocytes", "manufacturer": "Vexa"}
    browser(lead).post(_url("section_name", facilities), {"manufacturer": "Norvia"})
    facilities.refresh_from_db()
    assert (facilities.attributes, facilities.folder) == (
        {"manufacturer": "Norvia"},
        "m3/32-body-data/32a-app/32a1-fac-equip/norvia",
    )


def test_an_empty_repetition_is_taken_out_and_its_number_not_given_again(browser, lead, dossier, substance):
    made = sections.repeat(substance, attributes=VECTOR, by=lead)
    for _ in range(2):
        response = browser(lead).post(_url("section_take_out", made))
        assert response.headers["Location"] == substance.get_absolute_url()
    assert Event.objects.filter(code="dossiers.repetition_taken_out").count() == 1
    assert [number for number in _numbers(dossier) if number.startswith("3.2.S-")] == []
    assert b"This repetition was taken out" in browser(lead).get(made.get_absolute_url()).content
    assert sections.repeat(substance, attributes=VECTOR, by=lead).number == "3.2.S-3"


def test_the_first_and_what_holds_documents_are_not_taken_out(lead, dossier, substance):
    made = sections.repeat(substance, attributes=VECTOR, by=lead)
    make.document(dossier, "3.2.S-2.2.3")
    for section, reason in ((substance, "follows from the class"), (made, "holds documents")):
        with pytest.raises(Refused, match=reason):
            sections.take_out(section, by=lead)


def test_a_section_that_does_not_repeat_is_refused(lead, dossier):
    inner = dossier.sections.get(number="3.2.S.2.3")
    for act in (sections.repeat, sections.name_repetition):
        with pytest.raises(Refused, match=r"3\.2\.S\.2\.3 stands in a dossier once"):
            act(inner, attributes=CELLS, by=lead)


def test_those_who_read_and_those_elsewhere_change_no_tree(browser, reader, other_lead, substance):
    codes = {
        who.full_name: [
            browser(who).post(_url(name, substance), VECTOR).status_code
            for name in ("section_repeat", "section_name", "section_take_out")
        ]
        for who in (reader, other_lead)
    }
    assert codes == {"Jun Sato": [409, 409, 409], "Petra Svobodová": [404, 404, 404]}


def test_another_class_leaves_repetitions_in_the_tree(lead):
    product = make.product(lead.organisation, outcome="TEP")
    dossier = make.dossier(product)
    first = sections.name_repetition(dossier.sections.get(number="3.2.S"), attributes=CELLS, by=lead)
    sections.repeat(first, attributes=VECTOR, by=lead)
    make.reclassified(product, "combined-TEP")
    dossier = make.dossiers.restructure(dossier, by=lead)
    made = dossier.sections.get(number="3.2.S-2")
    assert (made.is_left_out, made.is_expected, made.attributes) == (False, True, VECTOR)
    assert dossier.sections.filter(number="3.2.R.MD").exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_add_the_same_substance_add_it_once(lead, contributor, tmp_path):
    with database_on_disk(tmp_path):
        dossier = make.dossier(organisation=lead.organisation)
        first = sections.name_repetition(dossier.sections.get(number="3.2.S"), attributes=CELLS, by=lead)
        outcomes = race(
            lambda: sections.repeat(first, attributes=VECTOR, by=lead),
            lambda: sections.repeat(first, attributes=VECTOR, by=contributor),
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "Section"]
        assert dossier.sections.filter(depth=first.depth, number__startswith="3.2.S-").count() == 1


def test_the_authority_learns_of_a_repetition_once_something_in_it_is_filed(
    browser, lead, in_review, reviewer
):
    """A new manufacturer is the sponsor's own affair until it is filed."""
    sequences.open_next(in_review, by=lead)
    first = in_review.sections.get(number="3.2.S")
    first = sections.name_repetition(first, attributes=CELLS, by=lead)
    made = sections.repeat(first, attributes=VECTOR, by=lead)
    inside = in_review.sections.get(number="3.2.S-2.2.3")
    filed = make.document(in_review, "3.2.S-2.3.1", by=lead)
    looks = [
        first.get_absolute_url(),
        reverse("dossiers:question_new", args=[in_review.pk]),
        reverse("dossiers:requirement_matrix", args=[in_review.pk]),
    ]
    for url in looks:
        assert "Vexa" not in browser(reviewer).get(url).content.decode()
    addresses = [
        ("section", browser(reviewer).get),
        ("section_name", browser(reviewer).get),
        ("section_owner", browser(reviewer).get),
        ("section_repeat", browser(reviewer).post),
        ("section_take_out", browser(reviewer).post),
        ("document_add", browser(reviewer).get),
    ]
    assert [ask(_url(name, made)).status_code for name, ask in addresses] == [404] * len(addresses)
    place = {"section": inside.number}
    comment = reverse("dossiers:thread_new", args=[in_review.pk])
    assert browser(reviewer).get(comment, place).status_code == 404
    filing = in_review.filings.get()
    Document.objects.filter(pk=filed.pk).update(filed_in=filing)
    assert "Vexa" in browser(reviewer).get(first.get_absolute_url()).content.decode()
    assert browser(reviewer).get(inside.get_absolute_url()).status_code == 200


def test_a_repetition_of_another_branch_does_not_show_one_that_was_not_filed(lead, in_review, reviewer):
    sequences.open_next(in_review, by=lead)
    made = sections.repeat(in_review.sections.get(number="3.2.A.1"), attributes=VECTOR, by=lead)
    name = sections.name_repetition(in_review.sections.get(number="3.2.S"), attributes=CELLS, by=lead)
    sections.repeat(name, attributes=VECTOR, by=lead)
    filed = make.document(in_review, "3.2.S-2.3.1", by=lead)
    Document.objects.filter(pk=filed.pk).update(filed_in=in_review.filings.get())
    seen = set(in_review.sections.visible_to(reviewer).filter(repetition=2).values_list("number", flat=True))
    assert made.number not in seen
    assert {"3.2.S-2", "3.2.S-2.3.1"} <= seen
    assert made in in_review.sections.visible_to(lead)


def test_what_a_branch_is_of_is_frozen_with_the_filing(dossier, lead):
    facility = dossier.sections.get(number="3.2.A.1")
    sections.name_repetition(facility, attributes={"manufacturer": "Norvia"}, by=lead)
    filing = make.file(make.make_ready(dossier, by=lead), by=lead)
    sequences.open_next(dossier, by=lead)
    sections.name_repetition(facility, attributes={"manufacturer": "Vexa"}, by=lead)
    filing.refresh_from_db()
    titles = {row["number"]: row["title"] for row in filing.content["sections"]}
    assert titles["3.2.A.1"] == "Facilities and equipment: Norvia"
    assert [check.wrong for check in evidence.checks_of(filing)] == ["", "", ""]
