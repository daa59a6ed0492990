"""Input for the answers to requirements."""

from typing import Any

from django import forms

from dossiers.models import Document, Requirement
from dossiers.statuses import RequirementState


class RequirementForm(forms.Form):
    """How a requirement is answered: by a document and page, by a reason, or not yet.

    `over` is the newer edition that this answer may replace, where the person chose so.
    """

    state = forms.ChoiceField(
        label="Answer",
        widget=forms.RadioSelect,
        choices=[
            (RequirementState.MET, "A document answers it"),
            (RequirementState.NOT_APPLICABLE, "It does not apply to this product"),
            (RequirementState.OPEN, "It is still open"),
        ],
    )
    document = forms.ModelChoiceField(
        Document.objects.none(),
        required=False,
        empty_label="Choose a document",
        help_text="Where the answer is given.",
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )
    reason = forms.CharField(
        label="Why it does not apply", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}))
    over = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, requirement: Requirement, *args: Any, **kwargs: Any) -> None:
        # Several of these forms can be open on one page.
        kwargs.setdefault("auto_id", f"{requirement.code}-%s")
        super().__init__(*args, **kwargs)
        self.requirement = requirement
        self.is_stale = False
        documents = (
            Document.objects.to_stay()
            .filter(dossier=requirement.dossier_id)
            .select_related("section")
            .order_by("section__position", "file_name")
        )
        choice: Any = self.fields["document"]
        choice.queryset = documents
        choice.label_from_instance = lambda document: f"{document.section.number} {document.file_name}"
        self.initial = {
            "state": requirement.state,
            "document": requirement.document_id,
            "page": requirement.page,
            "reason": requirement.reason,
            "edition": requirement.edition,
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the ground of an answer: the document, or the reason."""
        state = self.cleaned_data.get("state")
        if state == RequirementState.MET and not self.cleaned_data.get("document"):
            self._ask("document", "Choose the document that answers it.")
        if state == RequirementState.NOT_APPLICABLE and not self.cleaned_data.get("reason"):
            self._ask("reason", "Say why it does not apply.")
        return self.cleaned_data

    @property
    def asked(self) -> dict[str, Any]:
        """What is to be saved, over the edition that the person saw last."""
        given = dict(self.cleaned_data)
        over = given.pop("over")
        return given if over is None else {**given, "edition": over}

    def offer_again(self) -> None:
        """Take in the answer saved meanwhile; sent once more, beside that one, this form goes through."""
        self.requirement.refresh_from_db(fields=["state", "document", "page", "reason", "edition"])
        self.is_stale = True
        typed = self.data.dict()  # type: ignore[attr-defined]  # posted
        self.data = {**typed, "edition": self.requirement.edition, "over": ""}

    def _ask(self, field: str, message: str) -> None:
        if field not in self.errors:
            self.add_error(field, message)

    @property
    def status(self) -> int:
        """How a page with this form answers: 409 beside a changed answer, 422 with errors."""
        if self.errors:
            return 422
        return 409 if self.is_stale else 200
