from copy import deepcopy

import pytest

from classification import actions, queries
from classification.engine import FlagCode, Outcome, classify
from classification.engine.questions import QUESTION_OF
from classification.models import Assessment
from classification.queries import words
from classification.queries.candidates import Standing
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db


def listed(user, state="", text=""):
    return queries.assessment_list(user, state=state, text=text, page=None)


class TestStanding:
    def test_from_the_first_question_to_the_signature(self, lead):
        draft = cases.assessment(lead)
        assert queries.standing(draft) == Standing("", "open", "0 of about 19 questions")
        draft = actions.answer(draft, "is_medicine", "yes", by=lead, edition=1)
        assert queries.standing(draft) == Standing("", "go", "1 of about 19 questions")
        draft = cases.answered(cases.CHONDROCYTES_ON_MEMBRANE, lead, draft)
        assert queries.standing(draft) == Standing("Combined TEP", "go", "Verdict Combined TEP, not signed")
        final = cases.signed(draft, lead)
        assert queries.standing(final) == Standing("Combined TEP", "none", "Signed")
        cases.signed(cases.revised(final, lead), lead)
        final.refresh_from_db()
        assert queries.standing(final) == Standing("Combined TEP", "none", "Superseded")

    def test_a_way_out_names_the_regime(self, lead):
        draft = cases.answered(cases.FAT_GRAFT, lead)
        outcome = "Not an ATMP: tissues and cells"
        assert queries.standing(draft) == Standing(outcome, "go", "Not an ATMP, not signed")

    def test_more_than_one_class_asks_for_attention(self, lead):
        draft = cases.answered({**cases.MSC_GVHD, "integral_device": "unknown"}, lead)
        assert queries.standing(draft) == Standing("Undetermined", "warn", "2 classes possible, not signed")


class TestList:
    def test_newest_change_first_with_counts_by_state(self, lead, other_lead):
        cases.assessment(other_lead, code="OC-1")
        first = cases.assessment(lead, code="NV-1")
        final = cases.finalised(cases.CAR_T, lead, code="NV-2")
        actions.answer(first, "sme", "yes", by=lead, edition=1)
        found = listed(lead)
        assert [str(assessment) for assessment, _ in found.rows] == ["NV-1", "NV-2"]
        assert [(tab.label, tab.count) for tab in found.tabs] == [
            ("All", 2), ("Not signed", 1), ("Signed", 1), ("Superseded", 0),
        ]  # fmt: skip
        assert [assessment for assessment, _ in listed(lead, state="finalised").rows] == [final]

    def test_every_word_is_looked_for_in_code_name_and_indication(self, lead):
        wanted = cases.assessment(lead, code="NV-1", name="Fat cells", indication="scar")
        cases.assessment(lead, code="NV-2", name="Fat cells", indication="joint")
        assert [assessment for assessment, _ in listed(lead, text="FAT scar").rows] == [wanted]
        assert [assessment for assessment, _ in listed(lead, text="nv-1").rows] == [wanted]
        nothing = listed(lead, text="islets")
        assert (nothing.rows, nothing.is_empty) == ([], False)

    def test_a_state_that_does_not_exist_shows_all(self, lead):
        cases.assessment(lead)
        assert len(listed(lead, state="lost").rows) == 1

    def test_nothing_at_all_is_empty(self, lead):
        assert listed(lead).is_empty


class TestWords:
    def test_an_answer_in_words(self):
        steps = QUESTION_OF["process_steps"]
        assert queries.words_of(steps, ["cutting", "freezing"]) == "Cutting; Freezing"
        assert queries.words_of(steps, []) == "None of these"
        assert queries.words_of(steps, "unknown") == "I do not know"
        assert queries.words_of(steps, None) == "Not answered"

    def test_many_classes_are_counted(self):
        name = words.classes_in_words
        assert name([Outcome.TEP]) == "TEP"
        assert name([Outcome.TEP, Outcome.DEVICE]) == "TEP or device"
        assert name(list(Outcome)[:5]) == "GTMP, sCTMP, TEP or 2 more"

    def test_every_flag_has_a_title(self):
        assert set(words.FLAG_TITLES) == set(FlagCode)


class TestDoubt:
    """What "I do not know" would do, worked out by the rules from the other answers."""

    def of(self, lead, case, key, **other):
        draft = cases.answered({**case, **other}, lead)
        return queries.consequence_of_doubt(draft, QUESTION_OF[key])

    def test_an_answer_can_decide_between_few_classes(self, lead):
        assert self.of(lead, cases.MSC_GVHD, "integral_device") == (
            "Leaves sCTMP and Combined sCTMP possible; an answer decides between them."
        )

    def test_an_answer_that_the_others_make_idle_changes_nothing(self, lead):
        assert self.of(lead, cases.MSC_GVHD, "same_location") == (
            "Changes nothing with your other answers: sCTMP all the same."
            " The verdict will advise to ask the CAT."
        )

    def test_it_is_the_same_whatever_was_answered_before(self, lead):
        known = self.of(lead, cases.MSC_GVHD, "claimed_action")
        assert known == self.of(lead, cases.MSC_GVHD, "claimed_action", claimed_action="unknown")
        assert known == "Leaves sCTMP, TEP and not a medicine possible; an answer decides between them."

    def test_many_classes_are_counted_at_the_start(self, lead):
        draft = cases.assessment(lead)
        assert queries.consequence_of_doubt(draft, QUESTION_OF["active_part"]) == (
            "Leaves 14 classes possible; an answer would leave 6 to 11 of them."
        )

    def test_a_question_beside_the_class_names_the_flags_that_wait(self, lead):
        assert self.of(lead, cases.MSC_GVHD, "sme") == (
            "Changes nothing for the class. What cannot be said until it is known: “Certification possible”."
        )
        assert self.of(lead, cases.MSC_GVHD, "source") == (
            "Changes nothing for the class. What cannot be said until it is known:"
            " “Autologous”, “Allogeneic” and “Xenogeneic”."
        )

    def test_the_check_page_says_it_of_what_is_unknown(self, lead):
        draft = cases.answered({**cases.MSC_GVHD, "integral_device": "unknown"}, lead)
        rows = [row for _, of_topic in queries.check_page(draft, lead).topics for row in of_topic]
        assert {row.question.key: row.doubt for row in rows if row.doubt} == {
            "integral_device": "Leaves sCTMP and Combined sCTMP possible; an answer decides between them."
        }


class TestRationale:
    def test_the_way_says_where_other_answers_lead(self, lead):
        draft = cases.answered(cases.MSC_GVHD, lead)
        way = [(step["question"], step["off"]) for step in queries.rationale_of(draft)["path"]]
        assert way == [
            ("Q01", "No: not a medicine"),
            ("Q02", "Otherwise: GTMP, sCTMP or vaccine"),
            ("Q07", "No: sCTMP, device or tissues and cells"),
            ("Q09", "No other answer changes it"),
            ("Q12", "No other answer changes it"),
            ("Q12", "No other answer changes it"),
            ("Q13", "Otherwise: TEP or not a medicine"),
            ("Q14", "Yes: Combined sCTMP"),
        ]

    def test_what_would_change_it_cites_the_difference(self, lead):
        changes = queries.rationale_of(cases.answered(cases.MSC_GVHD, lead))["changes"]
        by_claim = next(change for change in changes if change["question"] == "Q13")
        assert by_claim == {
            "question": "Q13",
            "wording": "What do the cells do in the patient?",
            "given": "They act by pharmacological, immunological or metabolic means",
            "answer": "They regenerate, repair or replace tissue / Both of these, and both are claimed",
            "verdict": "Tissue engineered product",
            "because": "Reg (EC) 1394/2007, Art 2(1)(b)",
        }
        assert changes[-1] == {
            "question": "",
            "wording": "The pharmaceutical reform were in force",
            "given": "",
            "answer": "",
            "verdict": "sCTMP, unchanged",
            "because": "rule set EU-REFORM, draft, not yet law",
        }

    def test_answers_that_change_nothing_stand_apart(self, lead):
        rationale = queries.rationale_of(cases.answered(cases.MSC_GVHD, lead))
        assert [(row["question"], row["given"], row["answer"]) for row in rationale["unchanged"]] == [
            (
                "Q09",
                queries.words_of(QUESTION_OF["process_steps"], cases.MSC_GVHD["process_steps"]),
                "Without: Culture that expands the cells",
            ),
            ("Q12", "No", "Yes"),
            ("Q12", "No", "Yes"),
        ]
        told = {row["question"] for row in [*rationale["changes"], *rationale["unchanged"]]} - {""}
        assert told == {step["question"] for step in rationale["path"]}

    def test_an_answer_that_opens_more_questions_names_the_one_that_decides(self, lead):
        changes = queries.rationale_of(cases.answered(cases.CAR_T, lead))["changes"]
        by_effect = next(change for change in changes if change["question"] == "Q05")
        assert by_effect["because"] == "Q07 would decide"

    def test_the_branches_not_taken_say_why_with_source_and_trust(self, lead):
        page = queries.verdict_page(cases.answered(cases.MSC_GVHD, lead), lead)
        told = {row.title: (row.rule, row.because, row.citation, row.trust) for row in page.not_taken}
        assert told["Why not a tissue engineered product?"] == (
            "SCT-1",
            "The claim is a pharmacological, immunological or metabolic action, not repair (Q13).",
            "Reg (EC) 1394/2007, Art 2(1)(b)",
            "checked against the text",
        )
        assert told["Why not a combined ATMP?"][0] == "DEV-2"
        assert "Why not tissues and cells (SoHO)?" in told
        assert "Why not a somatic cell therapy medicinal product?" not in told

    def test_a_branch_that_is_open_says_so(self, lead):
        draft = cases.answered({**cases.MSC_GVHD, "integral_device": "unknown"}, lead)
        titles = [row.title for row in queries.verdict_page(draft, lead).not_taken]
        assert "Combined ATMP: still possible." in titles

    def test_flags_say_what_they_oblige_to(self, lead):
        page = queries.verdict_page(cases.answered(cases.CHONDROCYTES_ON_MEMBRANE, lead), lead)
        duties = next(row.obliges for row in page.flags if row.title == "Evidence for the device part")
        assert duties[0] == (
            "Show in the dossier that the device part meets the safety and performance requirements."
        )

    def test_what_was_signed_before_they_were_kept_shows_none(self, lead):
        final = cases.finalised(cases.CAR_T, lead)
        final.verdict = deepcopy(final.verdict)
        for key in ("not_taken", "unchanged", "possible"):
            del final.verdict[key]
        for flag in final.verdict["flag_notes"]:
            del flag["obliges"]
        page = queries.verdict_page(final, lead)
        assert page.not_taken == []
        assert [row.obliges for row in page.flags] == [[]] * len(page.flags)

    def test_doubt_names_what_each_class_would_take(self, lead):
        draft = cases.answered({**cases.MSC_GVHD, "integral_device": "unknown"}, lead)
        possible = queries.rationale_of(draft)["possible"]
        taken = [
            (each["outcome"], [(step["question"], step["answer"]) for step in each["takes"]])
            for each in possible
        ]
        assert taken == [("sCTMP", [("Q14", "No")]), ("combined-sCTMP", [("Q14", "Yes")])]

    def test_no_question_is_said_to_be_answered_before_it_is(self, lead):
        draft = actions.answer(cases.assessment(lead), "is_medicine", "yes", by=lead, edition=1)
        rationale = queries.rationale_of(draft)
        assert [step["question"] for step in rationale["path"]] == ["Q01"]
        assert (rationale["answered"], rationale["asked"], rationale["changes"]) == (1, 19, [])

    def test_unknown_answers_are_counted(self, lead):
        draft = cases.answered({**cases.CAR_T, "source": "unknown"}, lead)
        rationale = queries.rationale_of(draft)
        assert (rationale["answered"], rationale["asked"], rationale["unknown"]) == (10, 10, 1)


class TestSigned:
    def test_the_verdict_is_read_as_it_was_signed(self, lead):
        final = cases.finalised(cases.CAR_T, lead)
        signed_as = {**final.verdict, "label": "As it was called then", "explanation": "As it was said then"}
        Assessment.objects.filter(pk=final.pk).update(verdict=signed_as)
        final.refresh_from_db()
        page = queries.verdict_page(final, lead)
        assert page.title == "As it was called then"
        assert page.rationale == signed_as
        assert page.would_be_now == ""

    def test_a_rule_set_that_says_otherwise_today_is_named(self, lead):
        final = cases.finalised(cases.CAR_T, lead)
        signed_as = {**final.verdict, "outcome": "sCTMP", "outcomes": ["sCTMP"]}
        Assessment.objects.filter(pk=final.pk).update(verdict=signed_as, outcome="sCTMP")
        final.refresh_from_db()
        page = queries.verdict_page(final, lead)
        assert page.outcome == "sCTMP"
        assert page.would_be_now == classify(final.facts).outcome.label == "Gene therapy medicinal product"

    def test_of_what_is_superseded_nobody_asks_this(self, lead):
        final = cases.finalised(cases.CAR_T, lead)
        cases.signed(cases.revised(final, lead), lead)
        Assessment.objects.filter(pk=final.pk).update(verdict={**final.verdict, "outcomes": ["sCTMP"]})
        final.refresh_from_db()
        assert queries.verdict_page(final, lead).would_be_now == ""


class TestHistory:
    def test_replaced_values_are_kept_in_words(self, lead):
        draft = cases.assessment(lead, code="NV-410")
        draft = actions.answer(draft, "claimed_action", "pim", by=lead, edition=1)
        draft = actions.answer(draft, "claimed_action", "both", by=lead, edition=2)
        actions.describe(draft, by=lead, edition=3, indication="stroke")
        by_signals = "They act by pharmacological, immunological or metabolic means"
        told = [
            (event.sentence, [(change.what, change.old) for change in changes])
            for event, changes in queries.history(draft, lead)
        ]
        assert told == [
            ("Changed: indication", [("Indication", "ischaemic heart failure")]),
            (
                "Q13 answered: What do the cells do in the patient? Both of these, and both are claimed",
                [("Q13", by_signals)],
            ),
            (
                f"Q13 answered: What do the cells do in the patient? {by_signals}",
                [("Q13", "")],
            ),
            ("Candidate NV-410 brought in", []),
        ]
