"""Brings a published list of classifications into the library, from a CSV file or a spreadsheet."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.refusals import Refused
from classification import importing
from classification.models import PrecedentImport
from classification.published.listing import Listing, listing_in
from classification.published.workbook import UnreadableFile
from classification.queries import precedents

LONGEST_LIST_NAME = 120
LONGEST_FILE_NAME = 200


class Command(BaseCommand):
    help = (
        "Brings a published list of classifications into the library. FILE is CSV (UTF-8) or .xlsx with the"
        " columns product, outcome and date, and the indication if it is given. What is in the library"
        " already is not added twice. Exits 2 when the file cannot be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--list", dest="list_name", metavar="NAME", help="what the list is called")
        parser.add_argument("--dry-run", action="store_true", help="say what would be added, and add nothing")

    def handle(self, *, file: str, list_name: str | None, dry_run: bool, **options: object) -> None:
        name = (list_name or Path(file).stem[:LONGEST_LIST_NAME] or file).strip()
        if not 0 < len(name) <= LONGEST_LIST_NAME or not name.isprintable():
            raise CommandError(f"A list has a name of at most {LONGEST_LIST_NAME} letters.", returncode=2)
        listing = self.listing(file)
        if dry_run:
            added = len(precedents.not_in_library(listing.entries))
            known = len(listing.entries) - added
        else:
            imported = self.imported(listing, name, file)
            added, known = imported.added, imported.known
        self.stdout.write(
            f"{listing.rows} rows read: {added} {'would be ' if dry_run else ''}added,"
            f" {known} already here, {len(listing.skipped)} skipped."
        )
        for skipped in listing.skipped:
            self.stdout.write(f"Row {skipped.number} skipped: {skipped.reason}.")

    def listing(self, file: str) -> Listing:
        """Read the file, or end with the reason why it cannot be read."""
        try:
            with Path(file).open("rb") as stream:
                return listing_in(stream)
        except UnreadableFile as refusal:
            raise CommandError(f"{file} cannot be read. {refusal}", returncode=2) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise CommandError(f"{file} cannot be read: {reason}.", returncode=2) from None

    def imported(self, listing: Listing, name: str, file: str) -> PrecedentImport:
        """Import, or end with the reason why it was refused."""
        file_name = Path(file).name[-LONGEST_FILE_NAME:]
        try:
            return importing.import_list(listing, list_name=name, file_name=file_name, by=None)
        except Refused as refusal:
            raise CommandError(refusal.reason) from None
