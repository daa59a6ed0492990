"""A classification against the one it came from, and copies of it as other candidates."""

import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from classification import actions, queries
from classification.models import Assessment
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db
REPAIR = "They regenerate, repair or replace tissue"
SIGNALS = "They act by pharmacological, immunological or metabolic means"


def url(name: str, assessment: Assessment) -> str:
    return reverse(f"classification:{name}", args=[assessment.pk])


def claimed_anew(final: Assessment, by, claim: str = "regenerate") -> Assessment:
    draft = cases.revised(final, by)
    draft = actions.answer(draft, "claimed_action", claim, by=by, edition=draft.edition)
    return Assessment.objects.select_related("supersedes").get(pk=draft.pk)


@pytest.fixture
def final(lead) -> Assessment:
    """Stromal cells that calm the immune system, signed."""
    draft = cases.assessment(lead, code="NV-410")
    actions.describe(draft, by=lead, edition=1, mechanism="calms_immunity")
    draft.refresh_from_db()
    return cases.finalised(cases.MSC_GVHD, lead, draft)


class TestChanges:
    def test_a_draft_is_compared_with_the_signed_version(self, final, lead):
        draft = claimed_anew(final, lead)
        actions.describe(draft, by=lead, edition=draft.edition, mechanism="forms_tissue")
        draft.refresh_from_db()
        changes = queries.changes_of(draft)
        assert (changes.base, changes.is_copy) == (final, False)
        assert (changes.old_class, changes.new_class) == ("sCTMP", "TEP")
        assert [(c.question.id, c.old, c.new) for c in changes.answers] == [("Q13", SIGNALS, REPAIR)]
        assert [(c.what, c.old, c.new) for c in changes.described] == [
            ("Claimed mechanism", "Calms the immune system", "Forms new tissue")
        ]
        assert [row.rule for row in changes.findings_gone] == ["SCT-1"]
        assert [row.rule for row in changes.findings_new] == ["TEP-1"]
        assert (changes.flags_gone, changes.flags_new) == ([], [])
        assert changes.summary == "1 answer, 1 text, 2 findings"

    def test_a_fresh_draft_changes_nothing(self, final, lead):
        changes = queries.changes_of(cases.revised(final, lead))
        assert changes.is_empty
        assert changes.summary == ""

    def test_what_was_signed_is_compared_as_it_was_signed(self, final, lead):
        draft = claimed_anew(final, lead)
        said = {
            "rule": "XX-1",
            "because": "The rules of that day.",
            "citations": ["Old law"],
            "trust": "V",
        }
        frozen = {**final.verdict, "outcomes": ["GTMP"], "findings": [said], "flag_notes": []}
        Assessment.objects.filter(pk=final.pk).update(verdict=frozen)
        second = cases.signed(draft, lead)
        changes = queries.changes_of(Assessment.objects.select_related("supersedes").get(pk=second.pk))
        assert (changes.old_class, changes.new_class) == ("GTMP", "TEP")
        assert [row.because for row in changes.findings_gone] == ["The rules of that day."]

    def test_a_draft_that_leaves_more_than_one_class_names_them(self, final, lead):
        draft = claimed_anew(final, lead, "unknown")
        assert queries.changes_of(draft).new_class == "sCTMP, TEP or not a medicine"

    def test_the_page_shows_everything_and_the_draft_a_part(self, browser, final, lead):
        draft = claimed_anew(final, lead)
        page = browser(lead).get(url("assessment_changes", draft)).content.decode()
        assert f"{SIGNALS}</del>" in page
        assert f"<strong>{REPAIR}</strong>" in page
        assert '<del class="was">sCTMP</del> <strong>TEP</strong>' in page
        shown = browser(lead).get(draft.get_absolute_url()).content.decode()
        assert url("assessment_changes", draft) in shown
        assert "What this version changes" in shown

    def test_a_first_version_has_nothing_to_be_compared_with(self, browser, final, lead):
        response = browser(lead).get(url("assessment_changes", final))
        assert response.context["changes"] is None
        assert "there is nothing to compare it with" in response.content.decode()

    @pytest.mark.parametrize("who", ["other_lead", "coordinator", "reviewer", "administrator"])
    def test_nobody_else_finds_it(self, browser, final, lead, who, request):
        draft = claimed_anew(final, lead)
        page = browser(request.getfixturevalue(who)).get(url("assessment_changes", draft))
        assert page.status_code == 404

    def test_the_queries_do_not_grow_with_the_changes(self, browser, final, lead, django_assert_num_queries):
        draft = claimed_anew(final, lead)
        client = browser(lead)
        for answers in ({}, {"source": "autologous", "sme": "no"}):
            for key, value in answers.items():
                draft = actions.answer(draft, key, value, by=lead, edition=draft.edition)
            with django_assert_num_queries(5):
                client.get(url("assessment_changes", draft))


class TestCopy:
    typed = {
        "code": "NV-411",
        "name": "Stromal cells on a mesh",
        "indication": "Hernia",
        "mechanism": "forms_tissue",
    }

    def test_another_candidate_starts_with_the_answers(self, browser, final, contributor):
        response = browser(contributor).post(url("assessment_copy", final), self.typed)
        variant = Assessment.objects.get(code="NV-411")
        assert response.url == url("assessment_check", variant)
        assert (variant.version, variant.status, variant.supersedes) == (1, "draft", None)
        assert (variant.copied_from, variant.answers) == (final, final.answers)
        assert (variant.name, variant.indication, variant.mechanism) == (
            "Stromal cells on a mesh", "Hernia", "forms_tissue",
        )  # fmt: skip
        assert variant.created_by == contributor
        told = Event.objects.filter(actor_name="Tomasz Wierzba").order_by("seq")
        assert [(event.object_id, event.code, event.sentence) for event in told] == [
            (final.pk, "classification.copied", "Candidate NV-411 started with the answers of this one"),
            (variant.pk, "classification.started", "Candidate NV-411 brought in with the answers of NV-410"),
        ]
        assert told.last().data == {"copied_from": str(final.pk)}

    def test_the_form_brings_the_words_but_not_the_code(self, browser, final, lead):
        form = browser(lead).get(url("assessment_copy", final)).context["form"]
        assert form.initial == {
            "name": final.name,
            "indication": final.indication,
            "mechanism": "calms_immunity",
            "mechanism_text": "",
            "description": "",
        }

    def test_answers_of_the_copy_do_not_reach_the_source(self, final, lead):
        variant = actions.copy(final, by=lead, code="NV-411", name="x", indication="y")
        actions.answer(variant, "sme", "no", by=lead, edition=1)
        final.refresh_from_db()
        assert (final.answers["sme"], final.status) == ("yes", "finalised")

    def test_the_page_of_the_copy_names_its_source_and_what_differs(self, browser, final, lead):
        variant = actions.copy(final, by=lead, code="NV-411", name="x", indication="y")
        actions.answer(variant, "claimed_action", "regenerate", by=lead, edition=1)
        page = browser(lead).get(variant.get_absolute_url()).content.decode()
        assert f'Started with the answers of <a href="{final.get_absolute_url()}">NV-410</a>' in page
        assert "Against NV-410, whose answers it took" in page

    def test_a_draft_and_a_superseded_version_can_be_copied(self, final, lead):
        draft = claimed_anew(final, lead)
        assert actions.copy(draft, by=lead, code="V-1", name="x", indication="y").copied_from == draft
        cases.signed(draft, lead)
        assert actions.copy(final, by=lead, code="V-2", name="x", indication="y").copied_from == final

    def test_the_code_is_the_candidates_own(self, browser, final, lead):
        response = browser(lead).post(url("assessment_copy", final), {**self.typed, "code": "nv-410"})
        assert response.status_code == 422
        assert response.context["form"].errors == {
            "code": ["Your organisation already has a candidate nv-410."]
        }
        with pytest.raises(actions.CodeTaken):
            actions.copy(final, by=lead, code="NV-410", name="x", indication="y")
        assert Assessment.objects.count() == 1

    def test_a_reader_does_not_copy(self, browser, final, reader):
        assert browser(reader).get(url("assessment_copy", final)).status_code == 409
        assert browser(reader).post(url("assessment_copy", final), self.typed).status_code == 409
        assert Assessment.objects.count() == 1

    def test_another_sponsor_does_not_find_it(self, browser, final, other_lead):
        assert browser(other_lead).post(url("assessment_copy", final), self.typed).status_code == 404
        with pytest.raises(Refused, match="Only the sponsor of a candidate starts another one"):
            actions.copy(final, by=other_lead, code="NV-411", name="x", indication="y")
        assert Assessment.objects.count() == 1
