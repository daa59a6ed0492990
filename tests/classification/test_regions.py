"""One candidate under the law of every region: what is the same, what is open, and what is only tried."""

import pytest
from django.urls import reverse

from classification import actions
from classification.engine import RULESETS
from classification.queries.regions import region_page
from tests.classification.test_views import text_of
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db


def address(assessment):
    return reverse("classification:assessment_regions", args=[assessment.pk])


def rows(assessment, user):
    return {column.ruleset.code: column for column in region_page(assessment, user).columns}


def test_every_set_of_rules_has_its_row(lead):
    found = rows(cases.answered(cases.CAR_T, lead), lead)
    assert list(found) == list(RULESETS)
    home = found["EU-2009"]
    assert (home.outcome, home.is_open) == ("Gene therapy medicinal product", False)
    assert [reason.rule for reason in home.reasons] == ["GT-3", "DEV-2"]
    assert home.reasons[0].trust == "checked against the text"


def test_the_draft_of_the_reform_is_marked_and_may_need_an_answer_that_counts_only_there(browser, lead):
    editor = {**cases.CAR_T, "effect_from_sequence": "no", "viable_cells": "yes"}
    draft = cases.answered({**cases.MSC_GVHD, **editor}, lead)
    found = rows(draft, lead)
    assert found["EU-2009"].outcome == "Somatic cell therapy medicinal product"
    assert found["EU-REFORM"].outcome == "Still possible: GTMP and vaccine"
    assert found["EU-REFORM"].decides.key == "infection_claim"
    draft = actions.answer(draft, "infection_claim", "no", by=lead, edition=draft.edition)
    assert rows(draft, lead)["EU-2009"].outcome == "Somatic cell therapy medicinal product"
    text = text_of(browser(lead).get(address(draft)))
    assert "European Union: pharmaceutical reform, draft Draft, not yet law Gene therapy" in text


def test_what_is_open_names_its_question_and_leads_to_it(browser, lead):
    draft = cases.answered({**cases.MSC_GVHD, "integral_device": "unknown"}, lead)
    home = rows(draft, lead)["EU-2009"]
    assert home.outcome == "Still possible: sCTMP and Combined sCTMP"
    page = browser(lead).get(address(draft))
    question = reverse("classification:question", args=[draft.pk, "integral_device"])
    assert f'href="{question}?return=check"' in page.content.decode()


def test_a_reader_sees_the_question_without_a_link_to_answer(browser, reader, lead):
    draft = cases.answered({**cases.MSC_GVHD, "integral_device": "unknown"}, lead)
    page = browser(reader).get(address(draft))
    assert "Q14: Is a device fixed" in text_of(page)
    assert "?return=check" not in page.content.decode()


def test_the_verdict_leads_here(browser, lead):
    draft = cases.answered(cases.CAR_T, lead)
    assert f'href="{address(draft)}"' in browser(lead).get(draft.get_absolute_url()).content.decode()


def test_the_candidates_of_others_are_not_found(browser, lead, other_lead, reviewer):
    draft = cases.answered(cases.CAR_T, lead)
    for user in (other_lead, reviewer):
        assert browser(user).get(address(draft)).status_code == 404
        assert browser(user).post(address(draft)).status_code == 404


def test_the_queries_of_the_page_are_few(browser, lead, django_assert_num_queries):
    draft = cases.answered(cases.CAR_T, lead)
    client = browser(lead)
    with django_assert_num_queries(5):
        client.get(address(draft))
