"""Reads the text of documents that are there already, so that their words are found."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dossiers import pagetexts
from dossiers.models import DocumentVersion


class Command(BaseCommand):
    help = "Reads the text of every document version that was not read yet; --again reads all of them anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="also what was read before")

    def handle(self, *, again: bool, **options: Any) -> None:
        waiting = DocumentVersion.objects.order_by("uploaded_at") if again else pagetexts.unread()
        read, pages = 0, 0
        for version_id in waiting.values_list("pk", flat=True).iterator():
            found = pagetexts.read(version_id, again=again)
            if found is not None:
                read, pages = read + 1, pages + found
        self.stdout.write(f"{read} versions read, {pages} pages with words.")
