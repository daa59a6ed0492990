"""Input for questions, answers and their judgement."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import OuterRef, Subquery

from accounts.models import User
from dossiers import clock
from dossiers.models import Answer, DocumentVersion, Dossier, Question, Section, Thread
from dossiers.statuses import Discipline, QuestionKind

DAY_FORMATS = ["%d %b %Y", "%d %B %Y", "%Y-%m-%d"]


class WordingForm(forms.Form):
    """What a question asks."""

    kind = forms.ChoiceField(choices=QuestionKind, widget=forms.RadioSelect)
    discipline = forms.ChoiceField(choices=Discipline)
    text = forms.CharField(
        label="Question to the sponsor",
        help_text="The first sentence is its heading in lists.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
    )


class RewordForm(WordingForm):
    """A new wording of a draft."""

    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}))

    def on_top_of(self, saved: Question) -> "RewordForm":
        """Return the form with what was typed, to be saved over what somebody else saved meanwhile."""
        return RewordForm({**self.cleaned_data, "edition": saved.edition})


class FollowUpForm(WordingForm):
    """The question that follows an answer."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class QuestionForm(FollowUpForm):
    """A new question on a section of the dossier; a thread that becomes one brings its section."""

    field_order = ("section", "kind", "discipline", "text")

    section = forms.ModelChoiceField(Section.objects.none(), empty_label="Choose a section")

    def __init__(
        self, dossier: Dossier, user: User, thread: Thread | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if thread:
            del fields["section"]
        else:
            fields["section"].queryset = dossier.sections.visible_to(user).in_tree()


class OriginForm(forms.Form):
    """What a new question starts from: a thread, or a section."""

    thread = forms.ModelChoiceField(Thread.objects.none(), required=False)
    section = forms.ModelChoiceField(Section.objects.none(), required=False, to_field_name="number")

    def __init__(self, dossier: Dossier, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["thread"].queryset = (
            Thread.objects.visible_to(user)
            .filter(dossier=dossier)
            .select_related("section", "version__document")
        )
        fields["section"].queryset = dossier.sections.visible_to(user).in_tree()


class SendQuestionsForm(forms.Form):
    """When the answers are due."""

    due_on = forms.DateField(
        label="Answers are due on",
        help_text="For example 10 Mar 2027.",
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d %b %Y", attrs={"autocomplete": "off"}),
    )

    def __init__(self, latest: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest

    def clean_due_on(self) -> date:
        """Refuse a day that is over, or later than answers may take."""
        due_on: date = self.cleaned_data["due_on"]
        if due_on <= clock.site_date():
            raise forms.ValidationError("This day is not ahead.")
        if due_on > self.latest:
            raise forms.ValidationError(f"Answers may take {clock.MOST_ANSWER_MONTHS} months at most.")
        return due_on


class WhatIfForm(forms.Form):
    """A day on which the responses might arrive."""

    responses_on = forms.DateField(
        label="Responses arrive on",
        help_text="For example 10 Mar 2027. Nothing is saved or sent.",
        input_formats=DAY_FORMATS,
        widget=forms.DateInput(format="%d %b %Y", attrs={"autocomplete": "off"}),
    )


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice among the newest versions of a dossier's documents."""

    def label_from_instance(self, version: DocumentVersion) -> str:
        """Name section, file and version."""
        return f"{version.document.section.number} {version}"


class AnswerForm(forms.Form):
    """The draft of an answer, with the document that shows it."""

    text = forms.CharField(label="Answer", widget=forms.Textarea(attrs={"rows": 10}), max_length=20_000)
    version = VersionField(
        DocumentVersion.objects.none(),
        label="Document that shows it",
        required=False,
        empty_label="None",
    )
    page = forms.IntegerField(
        required=False, min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4})
    )
    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}))

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        answer = Answer.objects.filter(question=question).first() or Answer(edition=0)
        names = ("text", "version_id", "page", "edition")
        kept = {name.removesuffix("_id"): getattr(answer, name) for name in names}
        self.initial = {**kept, **self.initial}
        newest = (
            DocumentVersion.objects.filter(document=OuterRef("document")).order_by("-number").values("pk")
        )
        self.fields["version"].queryset = (  # type: ignore[attr-defined]  # a model choice has one
            DocumentVersion.objects.filter(
                document__dossier=question.dossier_id, document__removed_at=None, pk=Subquery(newest[:1])
            )
            .select_related("document__section")
            .order_by("document__section__position", "document__file_name")
        )

    def on_top_of_saved(self) -> "AnswerForm":
        """Return the form with what was typed, to be saved over what a colleague saved meanwhile."""
        saved = self.initial["edition"]
        version = self.cleaned_data["version"]
        typed = {**self.cleaned_data, "version": version and version.pk, "edition": saved}
        return AnswerForm(self.question, typed)

    def clean(self) -> dict[str, Any]:
        """Refuse a page without a document, or that the document does not have."""
        version, page = self.cleaned_data.get("version"), self.cleaned_data.get("page")
        if page and not version:
            self.add_error("page", "Choose the document that this page is in.")
        elif page and version and page > version.pages:
            self.add_error("page", f"The document ends with page {version.pages}.")
        return self.cleaned_data


class RejectForm(forms.Form):
    """Why an answer is not accepted."""

    why = forms.CharField(
        label="Why it is not sufficient", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
