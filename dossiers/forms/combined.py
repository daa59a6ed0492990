"""Input for the parts of a combined product."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from audit.trail import canonical
from dossiers.actions.combined import Written
from dossiers.combined_tables import CONDITIONAL, FieldRow
from dossiers.forms.dossiers import DAYS
from dossiers.models import CombinedField, Document, Dossier

YES_NO = (("", "Not answered"), ("yes", "Yes"), ("no", "No"))
SHOWN_DAY = "%d %b %Y"
PAGE = {"inputmode": "numeric", "size": 6}
MOST_PAGES = 100_000
LONGEST_NUMBER = 9


def documents_of(dossier: Dossier) -> Any:
    """Return the documents that can be named as evidence."""
    return (
        Document.objects.to_stay()
        .filter(dossier=dossier)
        .select_related("section")
        .order_by("section__position", "file_name")
    )


def _document_field(choices: list[tuple[str, str]], label: str = "Document") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "Choose a document"), *choices], required=False)


def page_field() -> forms.IntegerField:
    """Return the field of a page in a document."""
    return forms.IntegerField(
        label="Page",
        required=False,
        min_value=1,
        max_value=MOST_PAGES,
        widget=forms.TextInput(attrs=PAGE),
    )


@dataclass(frozen=True)
class Question:
    """A field as the page asks for it: its inputs, and what somebody else saved meanwhile."""

    row: FieldRow
    inputs: list[forms.BoundField]
    seen: forms.BoundField
    saved: str
    saved_by: str


class BlockForm(forms.Form):
    """The fields of a block. Each carries a mark of what its page showed, so that touched ones are known."""

    def __init__(
        self,
        dossier: Dossier,
        rows: Iterable[FieldRow],
        there: Mapping[str, CombinedField],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows if row.kind != "gspr"]
        self.there = there
        self.overtaken: list[str] = []
        self.documents = {str(document.pk): document for document in documents_of(dossier)}
        self.choices = [
            (key, f"{each.section.number} {each.file_name}") for key, each in self.documents.items()
        ]
        for row in self.rows:
            self._add(row)

    def _add(self, row: FieldRow) -> None:
        stands = stands_in(self.there.get(row.name))
        asked = f"{row.hint} {row.citation}." if row.hint else f"{row.citation}."
        main = self._input(row)
        main.label, main.help_text, main.required = row.label, asked, False
        main.is_asked = row.is_asked  # type: ignore[attr-defined]  # read by the label: not "optional", yet may wait
        self.fields[row.name] = main
        self.initial[row.name] = _shown(row, stands)
        if row.kind == "file":
            self.fields[f"{row.name}__page"] = page_field()
            self.initial[f"{row.name}__page"] = stands.page
            self.fields[f"{row.name}__more"] = forms.CharField(
                label="Further documents and pages", required=False, max_length=1000
            )
            self.initial[f"{row.name}__more"] = stands.value
        if row.required == CONDITIONAL:
            self.fields[f"{row.name}__reason"] = forms.CharField(
                label="Or why it does not apply", required=False, max_length=500
            )
            self.initial[f"{row.name}__reason"] = stands.reason
        seen = forms.HiddenInput(attrs={"data-draft": row.name})
        self.fields[f"{row.name}__seen"] = forms.CharField(widget=seen, required=False)
        self.initial[f"{row.name}__seen"] = seen_mark(stands)

    def _input(self, row: FieldRow) -> forms.Field:
        match row.kind:
            case "file":
                return _document_field(self.choices)
            case "choice" | "conditions":
                return forms.ChoiceField(choices=[("", "Not answered"), *row.choices])
            case "yesno":
                return forms.ChoiceField(choices=YES_NO)
            case "date":
                return forms.DateField(
                    input_formats=DAYS, error_messages={"invalid": "Write the day as in 14 Aug 2026."}
                )
            case "digits4":
                return forms.RegexField(
                    r"^\d{4}$", error_messages={"invalid": "Write the four digits, as in 0123."}
                )
            case "longtext" | "list" | "table":
                lines = 3 if row.kind == "longtext" else 4
                return forms.CharField(max_length=20_000, widget=forms.Textarea(attrs={"rows": lines}))
        return forms.CharField(max_length=500)

    def clean(self) -> dict[str, Any]:
        """Hold each field to its kind: two columns in a table, a document before its page."""
        for row in self.rows:
            value = self.cleaned_data.get(row.name)
            if row.kind == "table" and value:
                bad = [line for line in str(value).splitlines() if line.strip() and "|" not in line]
                if bad:
                    self.add_error(row.name, f"Put a bar between {' and '.join(row.columns)}: {bad[0]}")
            if row.kind == "file" and not value and self.cleaned_data.get(f"{row.name}__page"):
                self.add_error(row.name, "Choose the document of this page.")
            if value and self.cleaned_data.get(f"{row.name}__reason"):
                self.add_error(f"{row.name}__reason", "The field is filled in: leave this empty.")
        self._check_days()
        return self.cleaned_data

    def _check_days(self) -> None:
        issued, expires = self.cleaned_data.get("issue_date"), self.cleaned_data.get("expiry_date")
        if issued and expires and expires <= issued:
            self.add_error("expiry_date", "It ends before it was issued.")

    @property
    def touched(self) -> dict[str, Written]:
        """What was changed on the page and can be saved, with the edition that the page showed."""
        found = {}
        for row in self.rows:
            is_sent = f"{row.name}__seen" in self.data
            if not is_sent or any(name in self.errors for name in self._names(row)):
                continue
            mark, _, edition = str(self.data.get(f"{row.name}__seen", "")).partition(":")
            entry = self._entry(
                row, int(edition) if edition.isdecimal() and len(edition) <= LONGEST_NUMBER else 0
            )
            if mark != _mark(entry):
                found[row.name] = entry
        return found

    def _names(self, row: FieldRow) -> tuple[str, ...]:
        return (row.name, f"{row.name}__page", f"{row.name}__more", f"{row.name}__reason")

    def _entry(self, row: FieldRow, edition: int) -> Written:
        value, more = self.cleaned_data.get(row.name) or "", self.cleaned_data.get(f"{row.name}__more", "")
        reason = self.cleaned_data.get(f"{row.name}__reason", "")
        if row.kind == "file":
            document = self.documents.get(str(value))
            page = self.cleaned_data.get(f"{row.name}__page")
            return Written(more, document, page if document else None, reason, edition)
        if isinstance(value, date):
            value = value.isoformat()
        return Written(str(value).replace("\r\n", "\n"), None, None, reason, edition)

    def offer_again(self, overtaken: Iterable[str], there: Mapping[str, CombinedField]) -> None:
        """Take in what was saved meanwhile; sent once more, beside that, this form goes through."""
        self.overtaken, self.there = list(overtaken), there
        data = self.data.copy()  # type: ignore[attr-defined]  # posted
        for name in self.overtaken:
            data[f"{name}__seen"] = seen_mark(stands_in(there.get(name)))
        self.data = data

    @property
    def questions(self) -> list[Question]:
        """The fields in order, as the template writes them."""
        return [
            Question(
                row,
                [self[name] for name in self._names(row) if name in self.fields],
                self[f"{row.name}__seen"],
                _said(row, self.there.get(row.name)) if row.name in self.overtaken else "",
                self.there[row.name].changed_by.full_name if row.name in self.overtaken else "",
            )
            for row in self.rows
        ]

    @property
    def status(self) -> int:
        """How a page with this form answers: 409 beside a changed field, 422 with errors."""
        if self.errors:
            return 422
        return 409 if self.overtaken else 200


def stands_in(row: CombinedField | None) -> Written:
    """Return what stands in a field."""
    return Written(row.value, row.document, row.page, row.reason, row.edition) if row else Written()


def seen_mark(stands: Written) -> str:
    """Return what a page remembers of a field that it shows: a mark of its content, and its edition."""
    return f"{_mark(stands)}:{stands.edition}"


def _mark(entry: Written) -> str:
    document = str(entry.document.pk) if entry.document else ""
    content = [entry.value, document, entry.page if document else None, entry.reason]
    return hashlib.sha256(canonical(content).encode()).hexdigest()[:16]


def _shown(row: FieldRow, stands: Written) -> Any:
    if row.kind == "file":
        return str(stands.document.pk) if stands.document else ""
    if row.kind == "date" and stands.value:
        return date.fromisoformat(stands.value).strftime(SHOWN_DAY)
    return stands.value


def _said(row: FieldRow, written: CombinedField | None) -> str:
    stands = stands_in(written)
    if row.kind == "file" and stands.document:
        page = f", page {stands.page}" if stands.page else ""
        return f"{stands.document}{page}"
    return row.word(str(_shown(row, stands))) or (
        f"does not apply: {stands.reason}" if stands.reason else "empty"
    )
