"""Holds the rules against every published classification of the library."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from classification.engine.precedents import Agreement, Reading, reading_of
from classification.models import Precedent
from classification.published.shipped import undecided
from classification.queries.words import classes_in_words


class Command(BaseCommand):
    help = (
        "Classifies every published case that can be trusted by its published facts; exits 1 when the rules"
        " contradict one. Cases from memory are shown apart and not counted."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        read = [(found, reading_of(found.case)) for found in Precedent.objects.order_by("reference")]
        with_facts = [pair for pair in read if pair[1].agreement is not Agreement.NO_FACTS]
        trusted = [pair for pair in with_facts if pair[0].case.is_trusted]
        contradicted = [pair for pair in trusted if pair[1].agreement is Agreement.CONTRADICTED]
        left_open = [pair for pair in trusted if pair[1].agreement is Agreement.OPEN]
        self.say_contradicted(contradicted, len(trusted))
        agreed = len(trusted) - len(contradicted) - len(left_open)
        self.stdout.write(f"The facts of {agreed} of {len(trusted)} lead to the published outcome alone.")
        for precedent, reading in left_open:
            self.say_open(precedent, reading)
        self.say_apart([pair for pair in with_facts if pair not in trusted])
        if bare := len(read) - len(with_facts):
            self.stdout.write(f"{bare} imported without facts cannot be checked.")
        if contradicted:
            sys.exit(1)

    def say_contradicted(self, contradicted: list[tuple[Precedent, Reading]], trusted: int) -> None:
        """Name the cases in which the rules are wrong, or say that there is none."""
        if not contradicted:
            self.stdout.write(f"None of {trusted} trusted cases is contradicted.")
        for precedent, reading in contradicted:
            self.stdout.write(
                f"{precedent} is contradicted: published {precedent.get_outcome_display()},"
                f" the rules say {classes_in_words(reading.outcomes)}."
            )

    def say_open(self, precedent: Precedent, reading: Reading) -> None:
        """Say which question a case leaves open, and why the published facts do not decide it."""
        question = reading.open_question
        asked = f"{question.id}, {question.wording}" if question else "none"
        why = undecided().get(precedent.reference, "No reason is recorded.")
        self.stdout.write(f"  {precedent} ({precedent.get_outcome_display()}) open: {asked} {why}")

    def say_apart(self, others: list[tuple[Precedent, Reading]]) -> None:
        """Show what is kept from memory and proves nothing."""
        if others:
            self.stdout.write(f"From memory, not counted: {len(others)}.")
        for precedent, reading in others:
            found = classes_in_words(reading.outcomes)
            published = precedent.get_outcome_display()
            self.stdout.write(f"  {precedent} ({published}): the rules say {found}, {reading.agreement}.")
