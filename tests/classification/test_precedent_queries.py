from dataclasses import replace
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from classification import importing
from classification.models import Precedent
from classification.published.listing import listing_in
from classification.queries import precedents
from tests.factories import classification as cases
from tests.factories.lists import CARDIAC, VECTOR, csv_file, many

pytestmark = pytest.mark.django_db
ANY = {"outcome": "", "year": "", "text": "", "order": "", "page": None}


def brought_in(*rows):
    return importing.import_list(
        listing_in(BytesIO(csv_file(*rows))), list_name="EMA/140033/2021", file_name="list.csv", by=None
    )


def listed(user, **given):
    found = precedents.precedent_list(user, **{**ANY, **given})
    return [precedent.reference for precedent, _ in found.rows]


def test_list_names_the_latest_first_and_the_oldest_when_asked(lead):
    assert listed(lead)[:2] == ["AUT-020", "MAA-008"]
    assert listed(lead, order="oldest")[:3] == ["MAA-002", "AUT-026", "CAT-001"]


def test_list_is_filtered_by_words_outcome_and_year(lead):
    assert listed(lead, text="islets") == ["CAT-026", "GEX-008"]
    assert listed(lead, text="cardiac autologous") == ["CAT-008"]
    assert listed(lead, text="cat-03", outcome="not-ATMP") == ["CAT-031", "CAT-032"]
    assert listed(lead, year="2009") == ["CAT-002", "AUT-026", "CAT-001"]
    assert listed(lead, text="%") == []


def test_a_filter_that_is_none_is_no_filter(lead):
    found = precedents.precedent_list(lead, **{**ANY, "outcome": "ABC", "year": "1066 or so"})
    assert (found.outcome, found.year, found.is_filtered, found.total) == ("", "", False, 65)


def test_list_says_how_many_there_are_in_all(lead):
    found = precedents.precedent_list(lead, **{**ANY, "outcome": "combined-TEP"})
    assert (found.page.paginator.count, found.total, found.is_filtered) == (3, 65, True)
    assert found.years[:2] == [2025, 2024]
    assert [dated for _, dated in found.rows] == ["2023", "Dec 2020", "2013"]


@pytest.mark.parametrize("more", [0, 200])
def test_list_costs_the_same_at_any_length(lead, more, django_assert_num_queries):
    if more:
        brought_in(*many(more))
    with django_assert_num_queries(3):
        precedents.precedent_list(lead, **ANY)


def test_everybody_who_is_logged_in_sees_the_library_and_nobody_else(lead, coordinator, administrator):
    for person in (lead, coordinator, administrator):
        assert Precedent.objects.visible_to(person).count() == 65
    assert Precedent.objects.visible_to(AnonymousUser()).count() == 0


def near(assessment, user, **given):
    return precedents.precedents_near(assessment, user, **given)


def test_near_a_candidate_stand_those_that_share_answers_and_words(lead):
    draft = cases.assessment(
        lead, name="Expanded allogeneic stromal cells", indication="Graft-versus-host disease"
    )
    found = near(cases.answered(cases.MSC_GVHD, lead, draft), lead)
    first = found.rows[0]
    assert (first.precedent.reference, first.dated, first.shared) == ("CAT-015", "Mar 2019", "6 of 6")
    assert first.why == (
        "Same: signals or immune effects, living cells, substantially manipulated, allogeneic, host, graft."
    )
    second = found.rows[1]
    assert (second.precedent.reference, second.shared) == ("AUT-024", "7 of 7")
    assert (len(found.rows), found.total, found.sharing, found.against) == (4, 65, 22, [])


def test_near_a_candidate_without_answers_the_words_count(lead):
    draft = cases.assessment(lead, name="AAV8 vector with RPGR", indication="retinitis pigmentosa")
    first = near(draft, lead).rows[0]
    assert (first.precedent.reference, first.why, first.shared) == (
        "CAT-014",
        "Same: pigmentosa, retinitis.",
        "",
    )


def test_what_speaks_against_a_verdict_is_named_once_all_is_answered(lead):
    draft = cases.assessment(lead, name="Keratinocytes and fibroblasts", indication="venous leg ulcers")
    given = cases.MSC_GVHD | {"claimed_action": "regenerate"}
    assert near(draft, lead).against == []
    (against,) = near(cases.answered(given, lead, draft), lead).against
    assert (against.precedent.reference, against.unpublished) == (
        "CAT-001",
        "the claimed action, the use, whether a device is part of it",
    )


def test_a_signed_verdict_is_compared_as_well(lead):
    signed = cases.finalised(cases.CHONDROCYTES_ON_MEMBRANE, lead, name="Chondrocytes on a membrane")
    assert near(signed, lead).rows[0].precedent.reference == "AUT-027"


def test_looking_costs_one_query_once_the_library_is_read(lead, django_assert_num_queries):
    draft = cases.answered(cases.MSC_GVHD, lead)
    near(draft, lead)
    with django_assert_num_queries(1):
        near(draft, lead)


def test_a_library_that_has_changed_is_read_anew(lead):
    draft = cases.assessment(lead, name="Cardiospheres", indication="heart")
    assert near(draft, lead, most=1).rows[0].precedent.reference == "CAT-008"
    brought_in(CARDIAC, VECTOR)
    found = near(draft, lead, most=1)
    assert (found.rows[0].precedent.product, found.total) == (CARDIAC[0], 67)
    Precedent.objects.filter(product=CARDIAC[0]).delete()
    assert near(draft, lead, most=1).total == 66


def test_a_person_who_sees_no_library_gets_none(lead):
    draft = cases.assessment(lead)
    assert near(draft, AnonymousUser()) == precedents.Near(rows=[], total=0, sharing=0, against=[])


def page(reference):
    return precedents.precedent_page(Precedent.objects.get(reference=reference))


def test_the_page_of_a_precedent_says_its_facts_and_what_the_rules_make_of_them():
    agreed = page("CAT-008")
    assert (agreed.agrees, agreed.classes, agreed.dated) == (True, "TEP", "Oct 2016")
    assert agreed.facts[3:6] == [
        ("Living cells or tissue", "Yes"),
        ("Source", "From the patient"),
        ("Substantial manipulation", "Yes"),
    ]
    left_open = page("CAT-030")
    assert (left_open.agrees, left_open.is_contradicted, left_open.classes) == (
        False,
        False,
        "TEP or Combined TEP",
    )
    assert left_open.reading.open_question.id == "Q14"
    assert left_open.why_open.startswith("Whether the dermal scaffold counts as a device")


def test_the_page_of_an_imported_precedent_has_no_facts():
    brought_in(CARDIAC)
    imported = page("EMA-2021-001")
    assert (imported.facts, imported.classes, imported.dated) == ([], "", "22 Apr 2021")


def test_a_date_that_is_not_understood_is_said_as_published():
    assert precedents.dated_in_words("about Easter") == "about Easter"


def test_equal_readings_are_equal(lead):
    assert replace(page("CAT-008")) == page("CAT-008")
    assert page("CAT-008").precedent.get_absolute_url() == reverse(
        "classification:precedent", args=[page("CAT-008").precedent.pk]
    )
