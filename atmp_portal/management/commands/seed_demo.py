"""Writes the demo story into an empty database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from atmp_portal.demo import story
from atmp_portal.demo.story.stage import Stage


class Command(BaseCommand):
    help = "Writes the demo story: fictitious sponsors, products, dossiers, lots and an open review."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("The database has people in it already; the story needs an empty one.")
        with transaction.atomic():
            story.tell(Stage.with_its_people())
        self.stdout.write("The demo story is written.")
