"""A published list as an administrator uploads it: read, shown, and sealed until it is brought in."""

from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from classification.published.listing import Entry, Listing, SkippedRow, listing_in
from classification.published.workbook import UnreadableFile

SEAL = "classification.published.upload"


class PublishedListForm(forms.Form):
    """A published list to look at before it is brought in: the file, and what the list is called."""

    list_name = forms.CharField(
        label="Name of the list",
        max_length=120,
        help_text="It becomes the source of each row. For example: EMA/140033/2021, from January 2021",
    )
    file = forms.FileField(
        label="File",
        max_length=200,
        help_text="CSV (UTF-8) or .xlsx with the columns product, outcome and date. Nothing is stored yet.",
    )

    listing: Listing

    def clean_file(self) -> "UploadedFile[Any]":
        """Read the rows; a file that cannot be read says why."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            self.listing = listing_in(cast("BinaryIO", file))
        except UnreadableFile as refusal:
            raise forms.ValidationError(f"{refusal}") from None
        return file

    @property
    def sealed(self) -> str:
        """What was read, to be brought in exactly as it was shown; nobody can change it on the way."""
        return signing.dumps(
            {
                "list_name": self.cleaned_data["list_name"],
                "file_name": self.cleaned_data["file"].name,
                "entries": [astuple(entry) for entry in self.listing.entries],
                "skipped": [astuple(skipped) for skipped in self.listing.skipped],
            },
            salt=SEAL,
            compress=True,
        )


@dataclass(frozen=True)
class SealedList:
    """A list that was looked at and is to be brought in."""

    list_name: str
    file_name: str
    listing: Listing


def unsealed(seal: str) -> SealedList | None:
    """Open what was shown; None when it is not ours or older than an hour."""
    try:
        shown = signing.loads(seal, salt=SEAL, max_age=timedelta(hours=1))
    except signing.BadSignature:
        return None
    listing = Listing(
        [Entry(*entry) for entry in shown["entries"]],
        [SkippedRow(*skipped) for skipped in shown["skipped"]],
    )
    return SealedList(shown["list_name"], shown["file_name"], listing)
