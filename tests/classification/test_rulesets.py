"""The page of the rule sets: versions, and what was signed that they would decide otherwise today."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from classification import queries
from classification.engine import RULESETS
from classification.models import Assessment
from classification.queries.rulesets import ruleset_page
from tests.classification.test_views import text_of
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db
ADDRESS = reverse("classification:ruleset_list")
VERSION = RULESETS["EU-2009"].version


def signed_as(outcome, final):
    """As if an earlier version of the rules had led elsewhere."""
    Assessment.objects.filter(pk=final.pk).update(outcome=outcome, ruleset_version="2025.1")
    return final


def test_the_signature_keeps_the_version_that_decided(lead):
    draft = cases.answered(cases.CAR_T, lead)
    assert draft.ruleset_version == ""
    final = cases.signed(draft, lead)
    assert final.ruleset_version == final.verdict["ruleset_version"] == VERSION


def test_the_verdict_names_the_version_and_leads_here(browser, lead):
    final = cases.finalised(cases.CAR_T, lead)
    page = browser(lead).get(final.get_absolute_url())
    assert f"Rules EU-2009, version {VERSION}, in force" in text_of(page)
    assert f'href="{ADDRESS}"' in page.content.decode()


def test_what_was_signed_before_versions_were_named_says_none(lead):
    final = cases.finalised(cases.CAR_T, lead)
    verdict = json.loads(json.dumps(final.verdict))
    del verdict["ruleset_version"]
    assert queries.ruleset_words(verdict) == "EU-2009, in force"


def test_every_rule_set_stands_there_with_state_version_and_changes(browser, lead):
    text = text_of(browser(lead).get(ADDRESS))
    for ruleset in RULESETS.values():
        state = "In force" if ruleset.is_law else "Draft, not yet law"
        assert f"Code {ruleset.code} State {state} Version {ruleset.version} Dated" in text
        assert ruleset.changes[0].what in text


def test_only_what_would_be_decided_otherwise_is_listed(lead, other_lead):
    cases.finalised(cases.CAR_T, lead, code="NV-1")
    changed = signed_as("sCTMP", cases.finalised(cases.CAR_T, lead, code="NV-2"))
    signed_as("sCTMP", cases.finalised(cases.CAR_T, other_lead, code="OC-1"))
    cases.answered(cases.CAR_T, lead, code="NV-3")
    page = ruleset_page(lead)
    assert page.checked == 2
    assert [(row.assessment, row.signed, row.now) for row in page.deviations] == [(changed, "sCTMP", "GTMP")]


def test_what_is_superseded_is_not_compared(lead):
    first = signed_as("sCTMP", cases.finalised(cases.CAR_T, lead))
    cases.signed(cases.revised(first, lead), lead)
    assert (ruleset_page(lead).checked, list(ruleset_page(lead).deviations)) == (1, [])


def test_the_list_says_then_and_today(browser, lead):
    signed_as("sCTMP", cases.finalised(cases.CAR_T, lead, code="NV-2"))
    text = text_of(browser(lead).get(ADDRESS))
    assert "1 of 1 signed classifications." in text
    assert "NV-2 Expanded allogeneic bone marrow stromal cells sCTMP EU-2009, version 2025.1 GTMP" in text


def test_what_answers_no_longer_settle_is_listed_with_every_class(lead):
    final = cases.finalised(cases.MSC_GVHD, lead)
    without = {key: answer for key, answer in final.answers.items() if key != "integral_device"}
    Assessment.objects.filter(pk=final.pk).update(answers=without)
    assert [row.now for row in ruleset_page(lead).deviations] == ["sCTMP or Combined sCTMP"]


def test_a_long_list_is_cut_into_pages(browser, lead):
    first = signed_as("sCTMP", cases.finalised(cases.CAR_T, lead, code="NV-00"))
    first.refresh_from_db()
    for number in range(1, 27):
        first.pk, first.code = uuid4(), f"NV-{number:02}"
        first.save(force_insert=True)
    assert "1 to 25 of 27" in text_of(browser(lead).get(ADDRESS))
    assert "NV-26" in text_of(browser(lead).get(ADDRESS, {"page": "2"}))


def test_without_deviation_it_says_so(browser, lead, other_lead):
    cases.finalised(cases.CAR_T, lead)
    assert "None. 1 signed classification leads to the same class" in text_of(browser(lead).get(ADDRESS))
    assert "No signed classification to compare." in text_of(browser(other_lead).get(ADDRESS))


@pytest.mark.parametrize("signed", [1, 3])
def test_queries_do_not_grow_with_the_rows(browser, lead, signed, django_assert_num_queries):
    for _ in range(signed):
        signed_as("sCTMP", cases.finalised(cases.CAR_T, lead))
    client = browser(lead)
    with django_assert_num_queries(5):
        client.get(ADDRESS)
