import pytest
from django.http import QueryDict

from classification import actions
from classification.engine.questions import QUESTION_OF
from classification.forms import CandidateForm, DescribeForm, QuestionForm
from tests.factories import classification as cases

NOTHING_MORE = {"mechanism": "", "mechanism_text": "", "description": ""}


def typed(**fields: str) -> dict[str, str]:
    return {"code": "NV-410", "name": "Stromal cells", "indication": "heart failure", **fields}


def chosen(*answers: str, edition: str = "1") -> QueryDict:
    return QueryDict("&".join([f"edition={edition}", *(f"answer={answer}" for answer in answers)]))


@pytest.mark.django_db
class TestCandidateForm:
    def test_the_description_is_optional(self, norvia):
        form = CandidateForm(norvia, typed())
        assert form.errors == {}
        assert form.cleaned_data == {**typed(), **NOTHING_MORE}

    def test_the_rest_is_not(self, norvia):
        assert CandidateForm(norvia, {}).errors == {
            "code": ["This field is required."],
            "name": ["This field is required."],
            "indication": ["This field is required."],
        }

    def test_a_mechanism_that_the_list_lacks_is_said_in_words(self, norvia):
        assert CandidateForm(norvia, typed(mechanism="other")).errors == {
            "mechanism_text": ["Say in your words what it does."]
        }
        assert CandidateForm(norvia, typed(mechanism="other", mechanism_text="Seals a leak")).errors == {}

    def test_a_mechanism_is_one_of_the_list(self, norvia):
        assert CandidateForm(norvia, typed(mechanism="cures")).errors == {
            "mechanism": ["Select a valid choice. cures is not one of the available choices."]
        }

    @pytest.mark.parametrize("code", ["-410", "NV<410>", "NV\n410"])
    def test_a_code_is_plain(self, norvia, code):
        assert CandidateForm(norvia, typed(code=code)).errors == {
            "code": ["Use letters, digits, spaces, dots, slashes and hyphens."]
        }

    def test_a_code_of_another_candidate_is_refused(self, norvia, lead):
        cases.assessment(lead, code="NV-410")
        assert CandidateForm(norvia, typed(code="nv-410")).errors == {
            "code": ["Your organisation already has a candidate nv-410."]
        }

    def test_the_code_of_another_sponsor_is_free(self, norvia, other_lead):
        cases.assessment(other_lead, code="NV-410")
        assert CandidateForm(norvia, typed()).errors == {}


@pytest.mark.django_db
class TestDescribeForm:
    def test_it_shows_what_is_saved_with_the_edition(self, lead):
        draft = cases.assessment(lead, code="NV-410")
        assert DescribeForm(draft).initial == {
            "code": "NV-410",
            "name": draft.name,
            "indication": draft.indication,
            **NOTHING_MORE,
            "edition": 1,
        }

    def test_the_own_code_is_not_taken(self, lead):
        draft = cases.assessment(lead, code="NV-410")
        form = DescribeForm(draft, typed(edition="1"))
        assert form.errors == {}
        assert form.described_as == {**typed(), **NOTHING_MORE}

    def test_a_later_version_keeps_the_code(self, lead):
        second = cases.revised(cases.finalised(cases.CAR_T, lead), lead)
        form = DescribeForm(second, typed(code="NV-999", edition="1"))
        assert form.errors == {}
        assert "code" not in form.described_as


class TestQuestionForm:
    def test_a_choice_is_its_exchange_value(self):
        form = QuestionForm(QUESTION_OF["claimed_action"], chosen("both"))
        assert form.is_valid()
        assert form.cleaned_data == {"edition": 1, "answer": "both"}

    @pytest.mark.parametrize(
        ("ticks", "answer"),
        [
            (["cutting", "expansion"], ["cutting", "expansion"]),
            (["none"], []),
            (["unknown"], "unknown"),
        ],
    )
    def test_ticks_are_a_list_an_empty_list_or_unknown(self, ticks, answer):
        form = QuestionForm(QUESTION_OF["process_steps"], chosen(*ticks))
        assert form.is_valid()
        assert form.cleaned_data["answer"] == answer

    @pytest.mark.parametrize(("alone", "label"), [("none", "None of these"), ("unknown", "I do not know")])
    def test_none_and_unknown_stand_alone(self, alone, label):
        form = QuestionForm(QUESTION_OF["process_steps"], chosen("cutting", alone))
        assert form.errors == {"answer": [f"Tick “{label}” alone, or take it away."]}

    @pytest.mark.parametrize("key", ["process_steps", "sme"])
    def test_silence_is_not_an_answer(self, key):
        form = QuestionForm(QUESTION_OF[key], chosen())
        assert form.is_left_open
        assert form.errors == {"answer": ["Choose an answer, or say that you do not know."]}

    def test_an_answer_nobody_offered_is_refused(self):
        assert QuestionForm(QUESTION_OF["sme"], chosen("perhaps")).errors == {
            "answer": ["Select a valid choice. perhaps is not one of the available choices."]
        }

    def test_a_form_without_its_edition_is_refused(self):
        assert QuestionForm(QUESTION_OF["sme"], chosen("yes", edition="")).errors == {
            "edition": ["The page was sent in part. Load it again."]
        }

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("answer", "checked"),
        [(["cutting"], ["cutting"]), ([], ["none"]), ("unknown", ["unknown"])],
    )
    def test_the_saved_answer_is_ticked(self, lead, answer, checked):
        draft = actions.answer(cases.assessment(lead), "process_steps", answer, by=lead, edition=1)
        form = QuestionForm(QUESTION_OF["process_steps"], assessment=draft)
        options = [option for group in form.groups for option in group.options] + form.ways_out
        assert [option.value for option in options if option.is_checked] == checked

    def test_the_thirteen_steps_of_annex_i_stand_apart(self):
        annex_i, others = QuestionForm(QUESTION_OF["process_steps"]).groups
        assert (annex_i.title, len(annex_i.options)) == ("On the list of Annex I: not substantial", 13)
        assert (others.title, len(others.options)) == ("Not on that list", 9)

    def test_other_questions_have_one_group_and_unknown(self):
        form = QuestionForm(QUESTION_OF["sme"])
        (group,) = form.groups
        assert [option.label for option in group.options] == ["Yes", "No"]
        assert [option.label for option in form.ways_out] == ["I do not know"]
