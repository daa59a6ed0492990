"""Checks the evidence: the trail and its chain, the signatures on it, the reports and their files."""

import sys
from collections.abc import Generator
from contextlib import closing
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
        reports = self.counted(issuing.breaks_in_reports())
        further = [f"{words}: {self.counted(breaks())} verified." for words, breaks in trail.FURTHER_CHECKS]
        self.stdout.write(
            f"The trail holds: {found.events} events, {found.signatures} signatures "
            f"and {reports} reports verified."
        )
        for line in further:
            self.stdout.write(line)

    def counted(self, breaks: Generator[Break | None]) -> int:
        """Run through evidence and say how much of it there was; an end at a break leaves no cursor open."""
        with closing(breaks):
            count = 0
            for broken in breaks:
                self.stop_at(broken)
                count += 1
        return count

    def stop_at(self, broken: Break | None) -> None:
        """End the check where the evidence does not hold."""
        if broken:
            self.stderr.write(f"Broken at {broken.where}: {broken.what}.")
            sys.exit(1)
