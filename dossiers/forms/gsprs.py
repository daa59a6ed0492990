"""Input for the safety and performance requirements of a device."""

from typing import Any

from django import forms
from django.http import QueryDict

from dossiers.actions.gsprs import GsprAnswer
from dossiers.combined_tables import gspr_numbered
from dossiers.forms.combined import documents_of, page_field
from dossiers.models import Document, Dossier, Gspr
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
        _offer_documents(self, gspr.dossier)
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


class GsprsForm(forms.Form):
    """One answer to several requirements that are open: the evidence of all, or why none of them applies."""

    row = forms.ModelMultipleChoiceField(
        Gspr.objects.none(), error_messages={"required": "Tick the open requirements that it answers."}
    )
    applicability = forms.ChoiceField(
        label="The ticked requirements",
        widget=forms.RadioSelect,
        initial=Applicability.APPLIES,
        choices=[
            (Applicability.APPLIES, "Apply, and the document shows it"),
            (Applicability.DOES_NOT_APPLY, "Do not apply"),
        ],
    )
    document = forms.ModelChoiceField(
        Document.objects.none(), label="Evidence", required=False, empty_label="Choose a document"
    )
    page = page_field()
    standard = forms.CharField(label="Standard or solution", required=False, max_length=300)
    reason = forms.CharField(
        label="Why they do not apply", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, dossier: Dossier, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.dossier = dossier
        rows: Any = self.fields["row"]
        rows.queryset = dossier.gsprs.select_related("document")
        for name in ("document", "reason"):
            self.fields[name].is_asked = True  # type: ignore[attr-defined]  # by the choice above it
        _offer_documents(self, dossier)

    def clean_row(self) -> list[Gspr]:
        """Leave alone what has its answer: somebody gave it after the list was opened."""
        rows = list(self.cleaned_data["row"])
        answered = [row.number for row in rows if not row.is_open]
        if answered:
            raise forms.ValidationError(
                f"Answered after you opened the list: {', '.join(answered)}. Nothing was changed."
            )
        return rows

    def clean(self) -> dict[str, Any]:
        """Ask for the ground of the answer: the document, or the reason."""
        applies = self.cleaned_data.get("applicability") == Applicability.APPLIES
        if applies and not self.cleaned_data.get("document") and "document" not in self.errors:
            self.add_error("document", "Choose the document that shows it.")
        if not applies and not (self.cleaned_data.get("reason") or "").strip():
            self.add_error("reason", "Say why they do not apply.")
        return self.cleaned_data

    @property
    def ticked(self) -> set[str]:
        """The keys of what was ticked, so that a refused list shows it again."""
        return set(self.data.getlist("row")) if isinstance(self.data, QueryDict) else set()

    @property
    def answers(self) -> dict[str, GsprAnswer]:
        """The answer by number; each keeps its own place and standard, or gets its usual place."""
        asked = {name: value for name, value in self.cleaned_data.items() if name != "row"}
        places = set(
            self.dossier.sections.in_tree().filter(holds_documents=True).values_list("number", flat=True)
        )
        found = {}
        for row in self.cleaned_data["row"]:
            usual = gspr_numbered()[row.number].place
            place = row.place or (usual if usual in places else "")
            standard = asked["standard"] or row.standard
            found[row.number] = GsprAnswer(
                **{**asked, "place": place, "standard": standard, "edition": row.edition}
            )
        return found


def _offer_documents(form: forms.Form, dossier: Dossier) -> None:
    document: Any = form.fields["document"]
    document.queryset = documents_of(dossier)
    document.label_from_instance = lambda each: f"{each.section.number} {each.file_name}"


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
