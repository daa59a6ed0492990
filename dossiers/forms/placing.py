"""Input for placing checked files: which of them, into which section, under which name."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from dossiers import findings, uploads
from dossiers.findings import Finding
from dossiers.forms.additions import AdditionFields
from dossiers.forms.documents import FilesField
from dossiers.models import Document, Upload
from dossiers.queries.placing import Shelf
from dossiers.uploads import LONGEST_NAME

FIT_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.pdf")
SKIP, COPY, VERSION = "skip", "copy", "version"


class ManyFilesForm(forms.Form):
    """Files for the dossier, as a browser without JavaScript sends them."""

    documents = FilesField(
        label="Files",
        help_text="PDF 1.4 to 1.7, without password. Choose as many as you like, or drop them here; "
        "each is checked, and you say afterwards where it goes.",
    )


class PlacingForm(AdditionFields):
    """Where one checked file goes; `problem` says why it could not, `twin` has the same bytes."""

    problem = twin = ""

    take = forms.BooleanField(label="Add it", required=False, initial=True)
    section = forms.CharField(
        label="Section",
        max_length=20,
        error_messages={"required": "Choose the section."},
        widget=forms.TextInput(attrs={"list": "sections", "autocomplete": "off", "data-draft": ""}),
    )
    file_name = forms.CharField(
        label="File name", max_length=LONGEST_NAME, error_messages={"required": "Give it a file name."}
    )
    title = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-draft": ""}),
    )
    treat = forms.ChoiceField(label="The same is here already", required=False, widget=forms.RadioSelect)

    def __init__(self, upload: Upload, shelf: Shelf, data: Any = None) -> None:
        self.upload, self.shelf = upload, shelf
        place = {"section": upload.section, "file_name": upload.file_name, "take": True}
        place["title"] = uploads.title_from(upload.name)
        super().__init__(data, prefix=f"u{upload.pk.hex}", initial=place | upload.typed)
        self.offer(shelf.filed.get(self._number(self._now("section")), []))
        for name, field in self.fields.items():
            if name != "treat":
                field.widget.attrs["aria-label"] = f"{field.label or name.title()}: {upload.name}"
            field.help_text = ""  # a row of a table has no room for it
        self.copy = shelf.copies.get(upload.sha256)
        self.conflict = shelf.taken.get((self._now("section"), self._now("file_name")))
        choices = self._choices()
        if choices:
            treat: Any = self.fields["treat"]
            treat.choices = choices
        else:
            del self.fields["treat"]

    def _now(self, name: str) -> str:
        return str(self[name].value() or "").strip()

    def _choices(self) -> list[tuple[str, str]]:
        if self.copy:
            return [(SKIP, "Skip it"), (COPY, "Use it here too")]
        if self.conflict:
            return [(VERSION, f"A new version of {self.conflict.document.file_name}")]
        return []

    @staticmethod
    def _number(section: str) -> str:
        """Return the number of a section that came alone or with its title."""
        return (section.split() or [""])[0].rstrip(",:")

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the row now, as it was typed."""
        return {name: self[name].value() for name in self.fields}

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return int(self.upload.facts.get("pages", 0))

    @property
    def findings(self) -> list[Finding]:
        """What the checks found, for the section suggested."""
        return findings.judge(self.upload.facts, self.upload.section, self.upload.size)

    @property
    def is_taken(self) -> bool:
        """Whether the person wants it added."""
        return bool(self._now("take")) and self.cleaned_data.get("treat") != SKIP

    @property
    def follows(self) -> Document | None:
        """The document of which it becomes a new version."""
        return self.conflict.document if self.conflict and self.cleaned_data.get("treat") == VERSION else None

    def clean_section(self) -> str:
        """Take a section of this dossier that holds documents; the number alone or with its title."""
        number = self._number(self.cleaned_data["section"])
        if number not in self.shelf.sections:
            raise forms.ValidationError(f"{number} is no section of this dossier that holds documents.")
        return number

    def clean_file_name(self) -> str:
        """Take a name that fits the folder of a sequence: EU validation criteria v8.2, 15.4 and 15.6."""
        name: str = self.cleaned_data["file_name"]
        if not FIT_NAME.fullmatch(name):
            raise forms.ValidationError(
                "Use a-z, 0-9 and hyphens, and end it with .pdf: batch-analyses.pdf. Criterion 15.6."
            )
        return name

    def clean(self) -> dict[str, Any]:
        """Ask for a choice where the same bytes or the same name are in the dossier."""
        treat = self.cleaned_data.get("treat", "")
        if treat != VERSION:
            self.ask_why()
        if self.copy and not treat:
            self.add_error("treat", "The same file is here already. Skip it, or use it here too.")
        elif self.conflict and not treat:
            self.add_error(
                "file_name",
                f"{self.cleaned_data.get('section', '')} has {self.conflict.document.file_name} already. "
                "Make it a new version, or change the name.",
            )
        return self.cleaned_data


def placing_forms(
    fit: Iterable[Upload],
    here: Shelf,
    data: Mapping[str, Any] | None = None,
    problems: Mapping[UUID, str] | None = None,
) -> list[PlacingForm]:
    """Make the form of each checked file; one that came in another tab since was not asked about."""
    first: dict[str, str] = {}
    made = []
    for upload in fit:
        typed = data if data and f"u{upload.pk.hex}-section" in data else None
        form = PlacingForm(upload, here, typed)
        form.problem = (problems or {}).get(upload.pk, "")
        form.twin = first.get(upload.sha256, "")
        first.setdefault(upload.sha256, upload.name)
        made.append(form)
    return made
