"""Input for comments and replies."""

import json
from typing import Any

from django import forms

from accounts.models import User
from dossiers.models import DocumentVersion, Dossier, Section
from dossiers.statuses import ThreadAudience

MOST_QUADS = 200
CORNERS = 4


class QuadsField(forms.CharField):
    """Boxes of the words on the page, in PDF points, as the reader sends them."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> list[list[float]]:
        """Take at most so many boxes of four numbers, and nothing else."""
        try:
            quads = json.loads(value or "[]")
        except (ValueError, RecursionError):
            quads = None
        if not isinstance(quads, list) or len(quads) > MOST_QUADS or not all(map(_is_quad, quads)):
            raise forms.ValidationError("The place on the page could not be read. Select the words again.")
        return quads


def _is_quad(quad: object) -> bool:
    return (
        isinstance(quad, list)
        and len(quad) == CORNERS
        and all(isinstance(number, int | float) and not isinstance(number, bool) for number in quad)
        and all(abs(number) < 1e6 for number in quad)
    )


class ReplyForm(forms.Form):
    """A further comment in a thread."""

    text = forms.CharField(max_length=10_000)
    form_key = forms.UUIDField()


class CommentForm(forms.Form):
    """A comment on a section, and who will read it."""

    text = forms.CharField(label="Comment", max_length=10_000)
    audience = forms.ChoiceField(label="Who reads it", choices=ThreadAudience)
    form_key = forms.UUIDField(widget=forms.HiddenInput)


class PlacedCommentForm(CommentForm):
    """A comment on a page of a document version, or on words of it."""

    page = forms.IntegerField(min_value=1, required=False)
    quote = forms.CharField(label="Words it is about", required=False, max_length=5000)
    prefix = forms.CharField(  # type: ignore[assignment]  # the form keeps its fields apart from its attributes
        required=False, strip=False, max_length=200, widget=forms.HiddenInput
    )
    suffix = forms.CharField(required=False, strip=False, max_length=200, widget=forms.HiddenInput)
    quads = QuadsField(required=False)

    def __init__(self, version: DocumentVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version

    def clean_page(self) -> int | None:
        """Refuse a page that the document does not have."""
        page: int | None = self.cleaned_data["page"]
        if page and page > self.version.pages:
            raise forms.ValidationError(f"The document ends with page {self.version.pages}.")
        return page


class PlaceForm(forms.Form):
    """Where a comment stands: on a document version, or on a section."""

    version = forms.ModelChoiceField(DocumentVersion.objects.none(), required=False)
    section = forms.ModelChoiceField(Section.objects.none(), required=False, to_field_name="number")

    def __init__(self, dossier: Dossier, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = DocumentVersion.objects.visible_to(user).filter(document__dossier=dossier)
        fields: dict[str, Any] = self.fields
        fields["version"].queryset = versions.select_related(
            "document__section", "document__dossier__product__assessment", "document__dossier__organisation"
        )
        fields["section"].queryset = dossier.sections.visible_to(user).in_tree()

    def clean(self) -> dict[str, Any]:
        """Ask for a place."""
        if not self.cleaned_data.get("version") and not self.cleaned_data.get("section"):
            raise forms.ValidationError("Say where the comment stands.")
        return self.cleaned_data
