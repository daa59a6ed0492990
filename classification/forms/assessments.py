"""What people type about a candidate, and how they answer a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.models import Organisation
from classification import queries
from classification.engine.facts import ANNEX_I_STEPS
from classification.engine.questions import UNKNOWN, Choice, Kind, Question
from classification.models import Assessment, Mechanism

NONE = Choice("none", "None of these")
"""Says that a list is known to be empty; in the exchange form it is the empty list."""

ANNEX_I_TITLE = "On the list of Annex I: not substantial"


class CandidateForm(forms.Form):
    """The candidate: how it is called, what it is for, what it is."""

    code = forms.RegexField(
        r"^[\w][\w ./-]*$",
        label="Code",
        max_length=40,
        help_text="The name inside your organisation. For example NV-410.",
        error_messages={"invalid": "Use letters, digits, spaces, dots, slashes and hyphens."},
    )
    name = forms.CharField(
        label="Short name of the active substance",
        max_length=200,
        help_text="Gene, vector, cells or tissue. For example expanded allogeneic bone marrow stromal cells.",
    )
    indication = forms.CharField(
        label="Proposed indication",
        max_length=300,
        help_text="For example ischaemic heart failure.",
    )
    mechanism = forms.ChoiceField(
        label="Claimed mechanism",
        required=False,
        choices=[("", "Not said yet"), *Mechanism.choices],
        help_text="What it does in the body. Potency is later shown by a functional test of exactly this.",
    )
    mechanism_text = forms.CharField(
        label="The claim in your words",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example kills cells that carry CD19, measured by lysis in co-culture.",
    )
    description = forms.CharField(
        label="Description of the finished product",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Composition, how it is made and given, any device or scaffold that belongs to it.",
    )

    def __init__(
        self,
        organisation: Organisation | None,
        data: Mapping[str, Any] | None = None,
        *,
        described: Assessment | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.organisation = organisation
        self.described = described

    def clean(self) -> dict[str, Any]:
        """Ask for words where the list has none."""
        data = super().clean() or {}
        if data.get("mechanism") == Mechanism.OTHER and not data.get("mechanism_text"):
            self.add_error("mechanism_text", "Say in your words what it does.")
        return data

    def clean_code(self) -> str:
        """Refuse a code that the organisation has given to another candidate."""
        code: str = self.cleaned_data["code"]
        others = Assessment.objects.with_code(self.organisation, code)
        if self.described:
            others = others.exclude(pk=self.described.pk)
        if others.exists():
            raise forms.ValidationError(f"Your organisation already has a candidate {code}.")
        return code


WORDS = ("name", "indication", "mechanism", "mechanism_text", "description")


def words_of(assessment: Assessment) -> dict[str, str]:
    """Return how a candidate is described, but for its code."""
    return {name: getattr(assessment, name) for name in WORDS}


class DescribeForm(CandidateForm):
    """The same for a candidate that exists; later versions keep the code."""

    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}))

    def __init__(self, assessment: Assessment, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.saved: list[tuple[str, str]] = []
        initial = {**words_of(assessment), "code": assessment.code, "edition": assessment.edition}
        super().__init__(assessment.organisation, data, described=assessment, initial=initial, **kwargs)
        if assessment.version > 1:
            del self.fields["code"]

    @property
    def described_as(self) -> dict[str, str]:
        """The described fields of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "edition"}

    def show_saved(self, assessment: Assessment, names: list[str]) -> None:
        """Put what was saved meanwhile beside what was typed; sending the form again takes the typed text."""
        self.saved = [
            (str(self.fields[name].label), queries.described(name, getattr(assessment, name)))
            for name in names
        ]
        self.data = {name: self.data.get(name) for name in self.fields} | {"edition": assessment.edition}


@dataclass(frozen=True)
class Option:
    """One answer as the page offers it."""

    id: str
    value: str
    label: str
    hint: str
    example: str
    is_checked: bool


@dataclass(frozen=True)
class Group:
    """Answers under one heading."""

    title: str
    options: list[Option]
    is_annex_i: bool = False


def _options(field: forms.BoundField, choices: Iterable[Choice]) -> list[Option]:
    widgets = {str(widget.data["value"]): widget for widget in field.subwidgets}
    return [
        Option(
            id=str(widgets[choice.value].id_for_label),
            value=choice.value,
            label=choice.label,
            hint=choice.hint,
            example=choice.example,
            is_checked=widgets[choice.value].data["selected"],
        )
        for choice in choices
    ]


class QuestionForm(forms.Form):
    """One question with its answers; "I do not know" is always among them, "None of these" in lists."""

    edition = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": "The page was sent in part. Load it again."},
    )

    def __init__(
        self,
        question: Question,
        data: Mapping[str, Any] | None = None,
        *,
        assessment: Assessment | None = None,
    ) -> None:
        super().__init__(data)
        self.question = question
        self.is_list = question.kind is Kind.MULTI
        self.fields["answer"] = self._field()
        if assessment is not None:
            self.initial = {
                "edition": assessment.edition,
                "answer": self._shown(assessment.answers.get(question.key)),
            }

    def _field(self) -> forms.ChoiceField:
        choices = [(choice.value, choice.label) for choice in self._choices()]
        missing = {"required": "Choose an answer, or say that you do not know."}
        if self.is_list:
            return forms.MultipleChoiceField(
                choices=choices,
                label=self.question.wording,
                widget=forms.CheckboxSelectMultiple,
                error_messages=missing,
            )
        return forms.ChoiceField(
            choices=choices, label=self.question.wording, widget=forms.RadioSelect, error_messages=missing
        )

    def _choices(self) -> tuple[Choice, ...]:
        return (*self.question.choices, *([NONE] if self.is_list else []), UNKNOWN)

    def _shown(self, answer: str | list[str] | None) -> str | list[str] | None:
        if not self.is_list or answer is None:
            return answer
        return [answer] if isinstance(answer, str) else answer or [NONE.value]

    def clean_answer(self) -> str | list[str]:
        """Turn the ticks into an answer in exchange form."""
        answer: str | list[str] = self.cleaned_data["answer"]
        if isinstance(answer, str):
            return answer
        for alone in (NONE, UNKNOWN):
            if alone.value in answer and len(answer) > 1:
                raise forms.ValidationError(f"Tick “{alone.label}” alone, or take it away.")
        if answer == [UNKNOWN.value]:
            return UNKNOWN.value
        return [] if answer == [NONE.value] else answer

    @property
    def is_left_open(self) -> bool:
        """Whether nothing was chosen at all."""
        return not self["answer"].data

    @property
    def groups(self) -> list[Group]:
        """The answers of the question itself; of the process steps, those of Annex I stand apart."""
        choices = self.question.choices
        listed = [choice for choice in choices if choice.value in ANNEX_I_STEPS]
        if not listed:
            return [Group("", _options(self["answer"], choices))]
        others = [choice for choice in choices if choice not in listed]
        return [
            Group(ANNEX_I_TITLE, _options(self["answer"], listed), is_annex_i=True),
            Group("Not on that list", _options(self["answer"], others)),
        ]

    @property
    def ways_out(self) -> list[Option]:
        """The answers that stand apart: none of these, and not known."""
        return _options(self["answer"], [NONE, UNKNOWN] if self.is_list else [UNKNOWN])


class RegionalForm(forms.Form):
    """The questions of other regions; each may be left open."""

    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}))

    def __init__(
        self,
        questions: tuple[Question, ...],
        data: Mapping[str, Any] | None = None,
        *,
        edition: int | None = None,
        answers: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"edition": edition, **(answers or {})})
        self.questions = questions
        for question in questions:
            self.fields[question.key] = forms.ChoiceField(
                choices=[(choice.value, choice.label) for choice in (*question.choices, UNKNOWN)],
                label=f"{question.wording} ({question.id})",
                help_text=question.help,
                widget=forms.RadioSelect,
                required=False,
            )

    @property
    def given(self) -> dict[str, str]:
        """The answers of a valid form in exchange form; what was left open is missing."""
        answers = {question.key: self.cleaned_data[question.key] for question in self.questions}
        return {key: answer for key, answer in answers.items() if answer}

    @property
    def rows(self) -> list[tuple[Question, list[Option]]]:
        """Each question with its answers as the page offers them."""
        return [
            (question, _options(self[question.key], (*question.choices, UNKNOWN)))
            for question in self.questions
        ]
