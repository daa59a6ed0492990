"""One candidate under the law of every region: what is the same, what is open, and what is only tried."""

import re

import pytest
from django.urls import reverse

from classification import actions, queries
from classification.engine import QUESTIONS, RULESETS
from classification.engine.questions import EVERY_QUESTION
from classification.queries.regions import region_page
from tests.classification.test_views import text_of
from tests.factories import classification as cases

SKIN_GRAFT = {**cases.FAT_GRAFT, "process_steps": ["cutting"]}
"""The patient's own skin, cut to size and put back: the other regions ask more about it than the EU."""

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


class TestRegionalQuestions:
    """What only other regions ask: kept with a draft, tried on what is signed, never part of the verdict."""

    keys = ("same_operation", "other_article", "systemic_effect", "relative_or_reproductive")

    def form(self, draft, **answers):
        return {"edition": draft.edition, **answers}

    def test_they_are_put_where_they_decide(self, browser, lead):
        graft = cases.answered(SKIN_GRAFT, lead)
        asked = [question.key for question in region_page(graft, lead).questions]
        assert asked == [
            "property_altered",
            "integral_device",
            "same_operation",
            "other_article",
            "systemic_effect",
        ]
        us = rows(graft, lead)["US-FDA"]
        assert (us.is_open, us.is_regional, us.decides.key) == (True, True, "property_altered")
        html = browser(lead).get(address(graft)).content.decode()
        assert 'href="#property_altered"' in html
        assert all(f'<fieldset class="mb-4" id="{key}"' in html for key in asked)
        assert "Nothing is certain yet" in html
        assert "What other regions ask besides" not in text_of(
            browser(lead).get(address(cases.answered(cases.CAR_T, lead)))
        )

    def test_each_has_its_examples_and_says_how_to_find_out(self):
        asked = [question for question in EVERY_QUESTION if question not in QUESTIONS]
        assert tuple(question.key for question in asked) == self.keys
        for question in asked:
            assert all(choice.example.endswith(".") for choice in question.choices)
            assert question.find_out.endswith(".")

    def test_a_draft_keeps_them_and_its_verdict_stays(self, browser, lead):
        graft = cases.answered(SKIN_GRAFT, lead)
        client = browser(lead)
        response = client.post(address(graft), self.form(graft, same_operation="yes"))
        assert response.url == address(graft)
        graft.refresh_from_db()
        assert graft.answers == {**SKIN_GRAFT, "same_operation": "yes"}
        assert rows(graft, lead)["US-FDA"].outcome == "Same surgical procedure, exempt (US)"
        assert rows(graft, lead)["EU-2009"].outcome == "Tissues and cells (SoHO)"
        assert graft.unanswered == ()
        told = queries.history(graft, lead)[0][0].sentence
        assert told.startswith("R01 answered: Is it taken from and put back into one patient")
        again = client.get(address(graft)).content.decode()
        assert re.search('name="same_operation"[^>]* value="yes"[^>]* checked', again)
        kept = queries.check_page(graft, lead).kept
        assert kept == []

    def test_several_are_kept_together_or_none(self, browser, lead, contributor):
        graft = cases.answered(SKIN_GRAFT, lead)
        graft = actions.answer(graft, "same_operation", "no", by=lead, edition=graft.edition)
        stale = self.form(graft, other_article="no", same_operation="yes")
        actions.answer(graft, "same_operation", "unknown", by=contributor, edition=graft.edition)
        assert browser(lead).post(address(graft), stale).status_code == 409
        graft.refresh_from_db()
        assert graft.answers == {**SKIN_GRAFT, "same_operation": "unknown"}

    def test_an_answer_nobody_offered_is_refused(self, browser, lead):
        graft = cases.answered(SKIN_GRAFT, lead)
        response = browser(lead).post(address(graft), self.form(graft, same_operation="perhaps"))
        assert response.status_code == 422
        graft.refresh_from_db()
        assert graft.answers == SKIN_GRAFT

    def test_of_what_is_signed_they_are_tried_and_not_stored(self, browser, lead):
        final = cases.finalised(SKIN_GRAFT, lead)
        client = browser(lead)
        assert "You can try answers here; they are not stored." in text_of(client.get(address(final)))
        tried = client.get(address(final), {"same_operation": "yes", "sme": "no", "shoe_size": "44"})
        text = text_of(tried)
        assert "Tried, not stored" in text
        assert "Same surgical procedure, exempt (US)" in text
        assert re.search('name="same_operation"[^>]* value="yes"[^>]* checked', tried.content.decode())
        assert client.post(address(final), self.form(final, same_operation="yes")).status_code == 409
        final.refresh_from_db()
        assert final.answers == SKIN_GRAFT

    def test_a_wrong_look_shows_what_stands(self, browser, lead):
        final = cases.finalised(SKIN_GRAFT, lead)
        text = text_of(browser(lead).get(address(final), {"same_operation": "perhaps"}))
        assert "Tried, not stored" not in text
        assert "Q11: Did any step alter a property" in text

    def test_a_reader_cannot_answer(self, browser, reader, lead):
        graft = cases.answered(SKIN_GRAFT, lead)
        client = browser(reader)
        assert "Save and compare" not in text_of(client.get(address(graft)))
        assert client.post(address(graft), self.form(graft, same_operation="yes")).status_code == 409


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
