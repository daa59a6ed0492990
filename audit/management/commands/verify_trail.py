"""Checks the evidence: the trail and its chain, the signatures on it, the reports and their files."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from audit import issuing, trail
from audit.trail import Break


class Command(BaseCommand):
    help = (
        "Checks every event of the trail, every signature and every report; exits 1 naming the first break."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = trail.verify()
        self.stop_at(found.broken)
        reports = 0
        for broken in issuing.breaks_in_reports():
            self.stop_at(broken)
            reports += 1
        self.stdout.write(
            f"The trail holds: {found.events} events, {found.signatures} signatures "
            f"and {reports} reports verified."
        )

    def stop_at(self, broken: Break | None) -> None:
        """End the check where the evidence does not hold."""
        if broken:
            self.stderr.write(f"Broken at {broken.where}: {broken.what}.")
            sys.exit(1)
