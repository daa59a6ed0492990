"""Checks the trail, every row and the chain, and the signatures on it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from audit import trail


class Command(BaseCommand):
    help = "Checks every event of the trail, the chain and the signatures; exits 1 naming the first break."

    def handle(self, *args: Any, **options: Any) -> None:
        found = trail.verify()
        if found.broken:
            self.stderr.write(f"Broken at {found.broken.where}: {found.broken.what}.")
            sys.exit(1)
        self.stdout.write(
            f"The trail holds: {found.events} events and {found.signatures} signatures verified."
        )
