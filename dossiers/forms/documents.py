"""Input for documents: files, checked one by one, with what was typed beside them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dossiers import contexts, uploads
from dossiers.findings import BadFile
from dossiers.forms.additions import AdditionFields
from dossiers.models import Document, DocumentVersion, Dossier, Requirement, Section
from dossiers.queries.documents import same_file
from dossiers.statuses import RequirementState
from dossiers.uploads import Checked, Upload


class SeveralFilesInput(forms.ClearableFileInput):
    """A file control that takes several files, by button or by dropping them on it."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; what is wrong with each is found later, by name."""

    widget = SeveralFilesInput(attrs={"accept": ".pdf,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Take what was sent, empty files and long names included, so that each can be answered for."""
        if not data:
            raise forms.ValidationError("Choose at least one PDF file.")
        return list(data)


class Checking(forms.Form):
    """Files that are checked for a section of a dossier; the good ones are kept apart from the bad."""

    dossier: Dossier
    section_number: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.good: list[Checked] = []
        self.copies: list[DocumentVersion] = []

    def sort_out(self, field: str, files: Iterable[Upload]) -> None:
        """Check every file; each bad one gets its own message at the field."""
        known: set[str] = set()
        for file in files:
            try:
                checked = uploads.check(file, self.section_number)
                self._refuse_copy(checked, known)
            except BadFile as bad:
                self.add_error(field, f"{uploads.original_name(file)}: {bad}")
            else:
                known.add(checked.sha256)
                self.good.append(checked)

    def _refuse_copy(self, checked: Checked, known: set[str]) -> None:
        if checked.sha256 in known:
            raise BadFile("The same file was sent twice.", "One of them was kept.")
        copy = same_file(self.dossier, checked.sha256)
        if copy:
            self.copies.append(copy)
            place = f"{copy.document.section.number}, {copy.document.file_name}, version {copy.number}"
            raise BadFile(f"Already here: {place}.", "It was not stored again.")


class DocumentsForm(AdditionFields, Checking):
    """New documents for a section, what they add to, and the requirements that they answer."""

    field_order = ("documents", "title", "adds_to", "adds_why", "note", "answers")

    documents = FilesField(
        label="Files",
        help_text="PDF 1.4 to 1.7, without password. Choose one or more, or drop them on the button. "
        "A copy that is already in the dossier is recognised.",
    )
    title = forms.CharField(
        max_length=200,
        required=False,
        help_text="For one file. Left empty, and for several files, the title comes from the file name.",
    )
    note = forms.CharField(max_length=300, required=False, help_text="What a colleague should know of it.")
    answers = forms.MultipleChoiceField(
        label="Requirements that it answers",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Of several files the first one answers them.",
        error_messages={"invalid_choice": "One of them was answered meanwhile. Tick again what is left."},
    )

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section, self.dossier, self.section_number = section, section.dossier, section.number
        self.offer(contexts.to_add_to(section.dossier, section))
        self.offer_open_requirements()

    def offer_open_requirements(self) -> None:
        """Offer what is open now; a good file among bad ones may just have answered some of it."""
        open_here = self.section.requirements.filter(state=RequirementState.OPEN)
        self.open_here = {str(requirement.pk): requirement for requirement in open_here}
        answers: Any = self.fields.get("answers")
        if answers and self.open_here:
            answers.choices = [
                (key, f"{requirement.code}: {requirement.text}")
                for key, requirement in self.open_here.items()
            ]
        else:
            self.fields.pop("answers", None)

    def clean(self) -> dict[str, Any]:
        """Check the files once the words beside them are right; otherwise nothing is kept at all."""
        self.ask_why()
        if not self.errors:
            self.sort_out("documents", self.cleaned_data["documents"])
        return self.cleaned_data

    @property
    def title_given(self) -> str:
        """The title typed, where there is one file that it can be of."""
        files = self.files.getlist(self.add_prefix("documents"))
        return self.cleaned_data.get("title", "") if len(files) == 1 else ""

    @property
    def ticked(self) -> list[Requirement]:
        """The requirements ticked."""
        return [self.open_here[key] for key in self.cleaned_data.get("answers", [])]


class VersionForm(Checking):
    """A newer version of a document."""

    file = forms.FileField(
        label="New version",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text="PDF 1.4 to 1.7, without password. The earlier versions stay readable.",
        error_messages={"required": "Choose a PDF file."},
    )
    note = forms.CharField(
        label="What changed", max_length=300, help_text="One sentence; readers of the dossier see it."
    )

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier, self.section_number = document.dossier, document.section.number

    def clean(self) -> dict[str, Any]:
        """Check the file."""
        if not self.errors:
            self.sort_out("file", [self.cleaned_data["file"]])
        return self.cleaned_data


class RemovalForm(forms.Form):
    """Why a document is taken out."""

    why = forms.CharField(label="Why it is removed", max_length=300)
