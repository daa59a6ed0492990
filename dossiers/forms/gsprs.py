"""Input for the safety and performance requirements of a device."""

from typing import Any

from django import forms

from dossiers.actions.gsprs import GsprAnswer
from dossiers.forms.combined import documents_of, page_field
from dossiers.models import Document, Gspr
from dossiers.statuses import Applicability, GsprJudgement


class GsprForm(forms.Form):
    """Whether a safety and performance requirement applies, and where its evidence is."""

    applicability = forms.ChoiceField(
        label="Does it apply?",
        widget=forms.RadioSelect,
        choices=[
            (Applicability.APPLIES, "It applies"),
            (Applicability.DOES_NOT_APPLY, "It does not apply"),
            (Applicability.NOT_DECIDED, "Not decided"),
        ],
    )
    reason = forms.CharField(
        label="Why it does not apply", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    standard = forms.CharField(label="Standard or solution", required=False, max_length=300)
    document = forms.ModelChoiceField(
        Document.objects.none(), label="Evidence", required=False, empty_label="Choose a document"
    )
    page = page_field()
    place = forms.ChoiceField(label="Place in the dossier", required=False)
    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}))

    def __init__(self, gspr: Gspr, suggested: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gspr, self.is_stale = gspr, False
        document: Any = self.fields["document"]
        document.queryset = documents_of(gspr.dossier)
        document.label_from_instance = lambda each: f"{each.section.number} {each.file_name}"
        sections = gspr.dossier.sections.in_tree().filter(holds_documents=True)
        place: Any = self.fields["place"]
        place.choices = [("", "Not said"), *((each.number, str(each)) for each in sections)]
        offered = {key for key, _ in place.choices}
        self.initial = {
            "applicability": gspr.applicability,
            "reason": gspr.reason,
            "standard": gspr.standard,
            "document": gspr.document_id,
            "page": gspr.page,
            "place": gspr.place or (suggested if suggested in offered else ""),
            "edition": gspr.edition,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where it does not apply, and for the document of a page."""
        asked = self.cleaned_data.get("applicability")
        if asked == Applicability.DOES_NOT_APPLY and not (self.cleaned_data.get("reason") or "").strip():
            self.add_error("reason", "Say why it does not apply.")
        lacks_document = not self.cleaned_data.get("document") and "document" not in self.errors
        if asked == Applicability.APPLIES and self.cleaned_data.get("page") and lacks_document:
            self.add_error("document", "Choose the document of this page.")
        return self.cleaned_data

    @property
    def answer(self) -> GsprAnswer:
        """What was answered."""
        return GsprAnswer(**self.cleaned_data)

    def offer_again(self) -> None:
        """Take in the edition saved meanwhile; sent once more, this form goes through."""
        self.gspr.refresh_from_db()
        self.is_stale = True
        self.data = {**self.data.dict(), "edition": self.gspr.edition}  # type: ignore[attr-defined]  # posted

    @property
    def status(self) -> int:
        """How a page with this form answers."""
        return 422 if self.errors else 409 if self.is_stale else 200


class JudgementForm(forms.Form):
    """What the authority says of a requirement."""

    judgement = forms.ChoiceField(choices=GsprJudgement, widget=forms.RadioSelect)
    remark = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    edition = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft": ""}))

    def __init__(self, gspr: Gspr, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gspr, self.is_stale = gspr, False
        self.initial = {
            "judgement": gspr.judgement,
            "remark": gspr.remark,
            "edition": gspr.judgement_edition,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for the remark where the device does not comply."""
        refused = self.cleaned_data.get("judgement") == GsprJudgement.DOES_NOT_COMPLY
        if refused and not (self.cleaned_data.get("remark") or "").strip():
            self.add_error("remark", "Say why it does not comply.")
        return self.cleaned_data

    def offer_again(self) -> None:
        """Take in the edition saved meanwhile."""
        self.gspr.refresh_from_db()
        self.is_stale = True
        self.data = {**self.data.dict(), "edition": self.gspr.judgement_edition}  # type: ignore[attr-defined]  # posted

    @property
    def status(self) -> int:
        """How a page with this form answers."""
        return 422 if self.errors else 409 if self.is_stale else 200
