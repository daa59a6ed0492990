"""How long the pages take on the server, and how many queries, for people who may do the least.

Run it as `python -m benchmarks.pages` on a database that `seed_load` has filled, after `collectstatic`. Every
page is asked for once to warm up, then RUNS times. Exits 1 when a list takes longer than its goal.
On a machine that does other things too, the seconds of this process alone (CPU) say more than those of the
clock; the work of PostgreSQL is not among them.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atmp_portal.settings")
os.environ.setdefault("DEMO_MODE", "1")
django.setup()

from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from dossiers.models import Assignment, Dossier, Section

RUNS, GOAL = int(os.environ.get("RUNS", "20")), 100.0
LIST = "dossiers:dossier_list"


@dataclass(frozen=True)
class Asked:
    """A page as one person asks for it; a list has to keep the goal."""

    name: str
    url: str
    is_list: bool = True


@dataclass(frozen=True)
class Taken:
    """What a page took: milliseconds by the clock and of this process, and queries."""

    asked: Asked
    middle: float
    most: float
    own: float
    queries: int
    size: int

    @property
    def is_late(self) -> bool:
        """Whether a list misses its goal."""
        return self.asked.is_list and self.most > GOAL


def big_dossier() -> Dossier:
    """The first dossier of the load; with --big it holds the most documents."""
    return Dossier.objects.order_by("number").select_related("organisation")[0]


def people(dossier: Dossier) -> Iterator[tuple[str, User]]:
    """One person of every role that reads lists, as far as the load has them."""
    ours = User.objects.filter(memberships__organisation=dossier.organisation_id, memberships__ended_at=None)
    for role in (Role.CONTRIBUTOR, Role.READER):
        yield str(role.label), ours.get(memberships__role=role)
    team = Assignment.objects.in_force().filter(dossier=dossier).select_related("reviewer")
    anyone = Assignment.objects.in_force().select_related("reviewer")
    yield str(Role.REVIEWER.label), (team.first() or anyone.first()).reviewer  # type: ignore[union-attr]  # a load has one
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        held = User.objects.filter(memberships__role=role, memberships__ended_at=None)
        yield str(role.label), held.order_by("email")[0]


def lists() -> Iterator[Asked]:
    """The lists that know every dossier."""
    page = reverse(LIST)
    for name, asked in {
        "": "",
        ", words": "?q=chondra+stromal",
        ", state word": "?q=state:in-review",
        ", lead word": "?q=lead:horvat",
        ", sorted by product": "?sort=product",
        ", sorted by state": "?sort=-state",
        ", page 100": "?page=100",
    }.items():
        yield Asked(f"Dossiers{name}", page + asked)
    yield Asked("Home", reverse("home"))
    yield Asked("Search, common word", reverse("search") + "?q=stability")
    yield Asked("Search, rare word", reverse("search") + "?q=zzyx")
    yield Asked("Search, number", reverse("search") + "?q=H0006500")
    yield Asked("Inbox", reverse("accounts:inbox"))
    yield Asked("Products", reverse("dossiers:product_list"))
    yield Asked("Reports", reverse("report_list"))


def of_a_dossier(dossier: Dossier) -> Iterator[Asked]:
    """The pages of one dossier."""
    section = Section.objects.filter(dossier=dossier, holds_documents=True).order_by("position")[20]
    yield Asked("Overview", dossier.get_absolute_url())
    yield Asked("Section page with the tree", section.get_absolute_url())
    yield Asked("Tree, searched", section.get_absolute_url() + "?q=stability")
    for name in ("document_list", "requirement_list", "thread_list", "people", "trail"):
        asked = reverse(f"dossiers:{name}", args=[dossier.pk])
        yield Asked(name.replace("_", " ").capitalize(), asked, is_list=name != "document_list")


def of_the_administration() -> Iterator[Asked]:
    """Every change list of the Django admin, its first page and a search."""
    for model in admin.site._registry:
        page = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        yield Asked(f"Admin, {model._meta.verbose_name_plural}", page)
        yield Asked(f"Admin, {model._meta.verbose_name_plural}, searched", page + "?q=H0006500")


def pages_for(role: str, dossier: Dossier) -> Iterator[Asked]:
    """What a role is measured on."""
    if role == Role.ADMINISTRATOR.label:
        yield Asked("Home", reverse("home"))
        yield from of_the_administration()
        return
    yield from lists()
    if role in {Role.REVIEWER.label, Role.COORDINATOR.label}:
        yield Asked("Reviews", reverse("dossiers:review_list"))
    yield from of_a_dossier(dossier)


def measure(client: Client, asked: Asked) -> Taken:
    """Ask for a page until its times mean something."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(asked.url)
        number = len(queries)
    if answer.status_code != 200:
        sys.exit(f"{asked.url} answered {answer.status_code}.")
    times, owns = [], []
    for _ in range(RUNS):
        start, own = time.perf_counter(), time.process_time()
        client.get(asked.url)
        times.append((time.perf_counter() - start) * 1000)
        owns.append((time.process_time() - own) * 1000)
    return Taken(asked, median(times), quantiles(times, n=20)[-1], median(owns), number, len(answer.content))


def main() -> None:
    """Print what every page takes; words given on the command line choose pages."""
    words = [word.lower() for word in sys.argv[1:]]
    dossier = big_dossier()
    late = 0
    print(f"{connection.vendor}: {Dossier.objects.count():,} dossiers, the one measured is {dossier.number}")
    print(f"{'':13} {'page':44} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'queries':>8} {'KB':>6}")
    for role, person in people(dossier):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(person, backend="accounts.backends.MembershipBackend")
        for asked in pages_for(role, dossier):
            if all(word in f"{role} {asked.name}".lower() for word in words):
                taken = measure(client, asked)
                late += taken.is_late
                mark = " over the goal" if taken.is_late else ""
                print(
                    f"{role:13} {asked.name:44} {taken.middle:8.1f} {taken.most:8.1f}"
                    f" {taken.own:8.1f} {taken.queries:8} {taken.size / 1024:6.0f}{mark}",
                    flush=True,
                )
    sys.exit(1 if late else 0)


if __name__ == "__main__":
    main()
