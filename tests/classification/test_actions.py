import pytest

from accounts.models import Notice
from audit import signing, trail
from audit.models import Audience, Event, Signature
from audit.refusals import Refused, Stale
from audit.signing import Proof
from classification import actions, queries
from classification.engine import BadAnswer
from classification.engine.questions import QUESTION_OF
from classification.models import Assessment, AssessmentStatus
from tests.factories import classification as cases
from tests.factories.races import database_on_disk, race

pytestmark = pytest.mark.django_db
at_the_same_moment = pytest.mark.django_db(transaction=True)


def names_of(outcomes: list[object]) -> list[str]:
    return sorted(type(outcome).__name__ for outcome in outcomes)


def events(assessment: Assessment) -> list[tuple[str, str, str]]:
    return [
        (event.code, event.sentence, event.actor_name)
        for event in Event.objects.filter(object_id=assessment.pk).order_by("seq")
    ]


@pytest.fixture
def draft(lead) -> Assessment:
    return cases.assessment(lead, code="NV-410")


class TestStart:
    def test_it_keeps_what_was_said_and_leaves_an_event(self, lead, norvia):
        candidate = actions.start(
            by=lead, code="NV-410", name="Stromal cells", indication="heart failure", description="In a bag."
        )
        candidate.refresh_from_db()
        assert (candidate.organisation, candidate.created_by, candidate.status) == (norvia, lead, "draft")
        assert (candidate.code, candidate.name, candidate.indication, candidate.description) == (
            "NV-410", "Stromal cells", "heart failure", "In a bag.",
        )  # fmt: skip
        assert candidate.answers == {}
        assert events(candidate) == [
            ("classification.started", "Candidate NV-410 brought in", "Ines Halvorsen")
        ]

    @pytest.mark.parametrize("code", ["NV-410", "nv-410"])
    def test_a_code_names_one_candidate_of_the_organisation(self, draft, lead, code):
        with pytest.raises(actions.CodeTaken, match=f"Your organisation already has a candidate {code}"):
            actions.start(by=lead, code=code, name="x", indication="y")
        assert Assessment.objects.count() == 1

    def test_another_organisation_may_use_the_same_code(self, draft, other_lead):
        assert cases.assessment(other_lead, code="NV-410").pk != draft.pk

    def test_a_code_taken_at_the_same_moment_is_refused_by_the_database(self, draft, lead, monkeypatch):
        monkeypatch.setattr(type(Assessment.objects.all()), "with_code", lambda all_, *_: all_.none())
        with pytest.raises(actions.CodeTaken):
            actions.start(by=lead, code="NV-410", name="x", indication="y")
        assert Assessment.objects.count() == 1

    def test_a_reader_is_refused(self, reader):
        with pytest.raises(Refused, match="Only a sponsor's regulatory lead or contributor"):
            actions.start(by=reader, code="NV-1", name="x", indication="y")


class TestDescribe:
    def test_it_keeps_old_and_new_text(self, draft, lead):
        actions.describe(draft, by=lead, edition=1, name="Other cells", indication=draft.indication)
        draft.refresh_from_db()
        assert (draft.name, draft.edition) == ("Other cells", 2)
        event = Event.objects.get(code="classification.described")
        assert event.sentence == "Changed: name"
        assert event.audience == Audience.SPONSOR
        assert event.data == {
            "name": {"old": "Expanded allogeneic bone marrow stromal cells", "new": "Other cells"}
        }

    def test_nothing_changed_leaves_no_event(self, draft, lead):
        actions.describe(draft, by=lead, edition=1, name=draft.name)
        draft.refresh_from_db()
        assert draft.edition == 1
        assert [code for code, *_ in events(draft)] == ["classification.started"]

    def test_a_change_to_another_field_is_no_conflict(self, draft, lead, contributor):
        actions.describe(draft, by=contributor, edition=1, indication="stroke")
        actions.describe(draft, by=lead, edition=1, name="Other cells")
        draft.refresh_from_db()
        assert (draft.name, draft.indication) == ("Other cells", "stroke")

    def test_a_change_to_the_same_field_is_not_overwritten(self, draft, lead, contributor):
        actions.describe(draft, by=contributor, edition=1, name="Their cells")
        with pytest.raises(actions.Overtaken) as overtaken:
            actions.describe(draft, by=lead, edition=1, name="My cells", indication="stroke")
        assert overtaken.value.fields == ["name"]
        draft.refresh_from_db()
        assert (draft.name, draft.indication) == ("Their cells", "ischaemic heart failure")

    def test_a_code_of_another_candidate_is_refused(self, draft, lead):
        cases.assessment(lead, code="NV-411")
        with pytest.raises(actions.CodeTaken):
            actions.describe(draft, by=lead, edition=1, code="nv-411")

    def test_a_code_may_change_its_case(self, draft, lead):
        assert actions.describe(draft, by=lead, edition=1, code="Nv-410").code == "Nv-410"

    def test_what_is_signed_stays(self, lead):
        signed = cases.finalised(cases.CAR_T, lead)
        with pytest.raises(Refused, match="what was signed stays"):
            actions.describe(signed, by=lead, edition=signed.edition, name="Other")


class TestAnswer:
    def test_it_keeps_old_and_new_answer(self, draft, contributor):
        draft = actions.answer(draft, "claimed_action", "pim", by=contributor, edition=1)
        actions.answer(draft, "claimed_action", "both", by=contributor, edition=2)
        draft.refresh_from_db()
        assert draft.answers == {"claimed_action": "both"}
        assert draft.changed_in == {"claimed_action": 3}
        first, second = Event.objects.filter(code="classification.answered").order_by("seq")
        assert first.data == {"claimed_action": {"old": None, "new": "pim"}}
        assert second.data == {"claimed_action": {"old": "pim", "new": "both"}}
        assert second.sentence == (
            "Q13 answered: What do the cells do in the patient? Both of these, and both are claimed"
        )
        assert second.audience == Audience.SPONSOR

    def test_a_list_is_kept_in_the_order_of_the_questionnaire(self, draft, lead):
        answered = actions.answer(draft, "process_steps", ["expansion", "cutting"], by=lead, edition=1)
        assert answered.answers == {"process_steps": ["cutting", "expansion"]}

    def test_a_long_answer_does_not_break_its_event(self, draft, lead):
        steps = [choice.value for choice in QUESTION_OF["process_steps"].choices]
        actions.answer(draft, "process_steps", steps, by=lead, edition=1)
        assert len(Event.objects.get(code="classification.answered").sentence) == 300

    def test_none_of_these_and_unknown_are_kept_apart(self, draft, lead):
        draft = actions.answer(draft, "process_steps", [], by=lead, edition=1)
        draft = actions.answer(draft, "active_part", "unknown", by=lead, edition=2)
        assert draft.answers == {"process_steps": [], "active_part": "unknown"}

    def test_the_same_answer_again_leaves_no_event(self, draft, lead):
        draft = actions.answer(draft, "sme", "yes", by=lead, edition=1)
        again = actions.answer(draft, "sme", "yes", by=lead, edition=1)
        assert again.edition == 2
        assert Event.objects.filter(code="classification.answered").count() == 1

    def test_two_people_answering_different_questions_lose_nothing(self, draft, lead, contributor):
        actions.answer(draft, "sme", "yes", by=contributor, edition=1)
        actions.answer(draft, "is_medicine", "yes", by=lead, edition=1)
        draft.refresh_from_db()
        assert draft.answers == {"sme": "yes", "is_medicine": "yes"}

    def test_two_people_answering_one_question_differently_do_not_overwrite(self, draft, lead, contributor):
        actions.answer(draft, "sme", "yes", by=contributor, edition=1)
        with pytest.raises(actions.Overtaken) as overtaken:
            actions.answer(draft, "sme", "no", by=lead, edition=1)
        assert overtaken.value.assessment.answers == {"sme": "yes"}
        assert isinstance(overtaken.value, Stale)
        draft.refresh_from_db()
        assert draft.answers == {"sme": "yes"}

    def test_an_answer_nobody_offered_is_refused(self, draft, lead):
        with pytest.raises(BadAnswer):
            actions.answer(draft, "sme", "perhaps", by=lead, edition=1)

    @pytest.mark.parametrize("who", ["reader", "analyst", "quality", "qualified_person"])
    def test_only_leads_and_contributors_answer(self, draft, who, request):
        with pytest.raises(Refused, match="Only your regulatory lead or a contributor"):
            actions.answer(draft, "sme", "yes", by=request.getfixturevalue(who), edition=1)

    def test_what_is_signed_stays(self, lead):
        signed = cases.finalised(cases.CAR_T, lead)
        with pytest.raises(Refused, match="what was signed stays"):
            actions.answer(signed, "sme", "no", by=lead, edition=signed.edition)


class TestFinalise:
    def test_it_freezes_answers_verdict_and_rules(self, lead):
        draft = cases.answered(cases.CHONDROCYTES_ON_MEMBRANE, lead)
        shown = queries.content_to_sign(draft)
        final = cases.signed(draft, lead)
        final.refresh_from_db()
        assert (final.status, final.outcome, final.ruleset) == ("finalised", "combined-TEP", "EU-2009")
        assert final.verdict == shown["verdict"]
        assert final.finalised_by == lead
        signature = Signature.objects.get(object_id=final.pk)
        assert signature.shown == shown
        assert signature.statement == (
            "I have read the answers, the findings and the flags, and adopt this classification for"
            " Norvia Therapeutics."
        )
        assert [row[:2] for row in events(final)][-2:] == [
            ("classification.finalised", "Classification adopted: Combined ATMP (tissue engineered)"),
            ("audit.signed", "Signed: classification adopted"),
        ]
        assert trail.verify().broken is None

    def test_colleagues_who_write_are_told_and_the_signer_is_not(
        self, lead, contributor, reader, analyst, other_lead, django_capture_on_commit_callbacks
    ):
        final = cases.finalised(cases.CAR_T, lead, code="NV-300", name="CAR-T cells")
        notice = Notice.objects.get()
        assert (notice.person, notice.subject, notice.text, notice.path) == (
            contributor,
            "NV-300 is classified: Gene therapy medicinal product",
            "Ines Halvorsen signed the classification of NV-300, CAR-T cells.",
            final.get_absolute_url(),
        )

    def test_a_colleague_who_left_is_not_told(self, lead, contributor):
        contributor.memberships.update(ended_at=contributor.joined_at)
        cases.finalised(cases.CAR_T, lead)
        assert not Notice.objects.exists()

    def test_a_page_that_is_out_of_date_is_not_signed(self, lead, contributor):
        draft = cases.answered(cases.CAR_T, lead)
        proof = Proof(user_id=lead.pk, shown_hash=signing.shown_hash(queries.content_to_sign(draft)))
        actions.answer(draft, "source", "allogeneic", by=contributor, edition=draft.edition)
        with pytest.raises(Stale, match="Nothing was signed"):
            actions.finalise(draft, by=lead, proof=proof)
        draft.refresh_from_db()
        assert (draft.status, draft.outcome, draft.verdict) == ("draft", "", None)
        assert not Signature.objects.exists()

    def test_the_description_is_part_of_what_is_signed(self, lead, contributor):
        draft = cases.answered(cases.CAR_T, lead)
        proof = Proof(user_id=lead.pk, shown_hash=signing.shown_hash(queries.content_to_sign(draft)))
        actions.describe(draft, by=contributor, edition=draft.edition, indication="something else")
        with pytest.raises(Stale):
            actions.finalise(draft, by=lead, proof=proof)

    def test_an_undetermined_verdict_is_refused(self, lead):
        draft = cases.answered({**cases.CHONDROCYTES_ON_MEMBRANE, "integral_device": "unknown"}, lead)
        with pytest.raises(Refused, match="only one class can be adopted"):
            cases.signed(draft, lead)

    def test_a_contributor_is_refused(self, lead, contributor):
        with pytest.raises(Refused, match="Your role does not allow you to finalise this"):
            cases.signed(cases.answered(cases.CAR_T, lead), contributor)

    def test_it_is_signed_once(self, lead):
        final = cases.finalised(cases.CAR_T, lead)
        with pytest.raises(Refused, match="is signed; this cannot be done now"):
            cases.signed(final, lead)
        assert Signature.objects.count() == 1


class TestRevise:
    def test_the_draft_has_the_answers_and_the_signed_version_stands(self, lead, contributor):
        final = cases.finalised(cases.CAR_T, lead, code="NV-300")
        draft = actions.revise(final, by=contributor)
        final.refresh_from_db()
        assert final.status == AssessmentStatus.FINALISED
        assert (draft.version, draft.supersedes, draft.status) == (2, final, AssessmentStatus.DRAFT)
        assert (draft.code, draft.name, draft.answers) == ("NV-300", final.name, cases.CAR_T)
        assert (draft.outcome, draft.verdict) == ("", None)
        assert events(final)[-1][:2] == ("classification.revised", "Version 2 started from this one")
        assert events(draft) == [
            (
                "classification.started",
                "Version 2 started with the answers of version 1",
                "Tomasz Wierzba",
            )
        ]

    def test_the_first_version_is_superseded_when_the_second_is_signed(self, lead):
        final = cases.finalised(cases.CAR_T, lead)
        draft = cases.revised(final, lead)
        draft = actions.answer(draft, "infection_claim", "yes", by=lead, edition=draft.edition)
        second = cases.finalised(cases.CAR_T, lead, draft)
        final.refresh_from_db()
        assert second.outcome == "vaccine"
        assert (final.status, final.outcome) == (AssessmentStatus.SUPERSEDED, "GTMP")
        assert events(final)[-1][:2] == ("classification.superseded", "Superseded by version 2")

    def test_answers_of_the_draft_do_not_reach_the_signed_version(self, lead):
        final = cases.finalised(cases.CAR_T, lead)
        draft = cases.revised(final, lead)
        actions.answer(draft, "sme", "no", by=lead, edition=draft.edition)
        final.refresh_from_db()
        assert final.answers["sme"] == "yes"

    def test_a_second_draft_is_refused(self, lead):
        final = cases.finalised(cases.CAR_T, lead)
        cases.revised(final, lead)
        with pytest.raises(Refused, match="Version 2 is already in work"):
            cases.revised(final, lead)


@at_the_same_moment
class TestAtTheSameMoment:
    def test_answers_to_different_questions_both_stay(self, lead, contributor, tmp_path):
        with database_on_disk(tmp_path):
            draft = cases.assessment(lead)
            race(
                lambda: actions.answer(draft, "sme", "yes", by=lead, edition=1),
                lambda: actions.answer(draft, "is_medicine", "yes", by=contributor, edition=1),
            )
            draft.refresh_from_db()
            assert draft.answers == {"sme": "yes", "is_medicine": "yes"}
            assert sorted(draft.changed_in.values()) == [2, 3]
            assert trail.verify().broken is None

    def test_of_two_answers_to_one_question_one_is_told(self, lead, contributor, tmp_path):
        with database_on_disk(tmp_path):
            draft = cases.assessment(lead)
            outcomes = race(
                lambda: actions.answer(draft, "sme", "yes", by=lead, edition=1),
                lambda: actions.answer(draft, "sme", "no", by=contributor, edition=1),
            )
            assert names_of(outcomes) == ["Assessment", "Overtaken"]

    def test_a_code_is_given_once(self, lead, contributor, tmp_path):
        with database_on_disk(tmp_path):
            outcomes = race(
                lambda: cases.assessment(lead, code="NV-1"),
                lambda: cases.assessment(contributor, code="nv-1"),
            )
            assert names_of(outcomes) == ["Assessment", "CodeTaken"]

    def test_it_is_signed_once(self, lead, tmp_path):
        with database_on_disk(tmp_path):
            draft = cases.answered(cases.FAT_GRAFT, lead)
            outcomes = race(lambda: cases.signed(draft, lead), lambda: cases.signed(draft, lead))
            assert names_of(outcomes) == ["Assessment", "Refused"]
            assert Signature.objects.count() == 1

    def test_a_new_version_is_started_once(self, lead, tmp_path):
        with database_on_disk(tmp_path):
            final = cases.finalised(cases.FAT_GRAFT, lead)
            outcomes = race(lambda: cases.revised(final, lead), lambda: cases.revised(final, lead))
            assert names_of(outcomes) == ["Assessment", "Refused"]
