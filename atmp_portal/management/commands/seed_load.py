"""Fills an empty database with a believable load, to see how the portal bears it."""

import secrets
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from atmp_portal.load.filling import Filling
from atmp_portal.load.sizes import Sizes

BIG = 100  # of so many documents one lies in the big dossier, unless --big says how many


class Command(BaseCommand):
    help = (
        "Fills an empty database with sponsors, dossiers, documents and comments; its trail verifies. "
        "Outside the demo it asks for --yes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sponsors", type=int, default=50)
        parser.add_argument("--dossiers", type=int, default=10_000)
        parser.add_argument("--documents", type=int, default=200_000)
        parser.add_argument("--comments", type=int, default=100_000)
        parser.add_argument("--lots", type=int, default=500)
        parser.add_argument(
            "--big", type=int, help="documents of the total that lie in one dossier; one in a hundred"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same spread")
        parser.add_argument("--yes", action="store_true", help="fill a database that is not a demo's")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["big"] is None:
            options["big"] = options["documents"] // BIG
        sizes = Sizes(*(options[name] for name in Sizes.__dataclass_fields__))
        refusal = sizes.why_not() or self.why_not(is_sure=options["yes"])
        if refusal:
            raise CommandError(refusal)
        start = time.perf_counter()
        filling = Filling(sizes, options["seed"], settings.DEMO_MODE, self.say)
        filling.run()
        self.say(f"The database is filled, in {time.perf_counter() - start:,.0f} s.")
        if settings.DEMO_MODE:
            self.introduce(filling.sponsors[0].contributor)

    def why_not(self, *, is_sure: bool) -> str | None:
        """Refuse a database that somebody uses, and one that may be meant for people."""
        if User.objects.exists():
            return (
                "The database has people in it already; the load needs an empty one, and starts from nothing."
            )
        if not (settings.DEMO_MODE or is_sure):
            return "This is not a demo. Say --yes to fill this database with invented records."
        return None

    def introduce(self, person: User) -> None:
        """Give one contributor a password, made up now and shown once; nobody else has any."""
        password = secrets.token_urlsafe(12)
        person.set_password(password)
        person.save(update_fields=["password"])
        self.say(f"Log in as {person.email} with {password} ({person.role_line}).")

    def say(self, text: str) -> None:
        """Tell the person at the terminal at once, also through a pipe."""
        self.stdout.write(text)
        self.stdout.flush()
