"""Every address × every role: who is answered how, and no address is left out.

Each row of `access_matrix.txt` is an address with the method that belongs to it and the answer that each
person gets: 200 a page, 302 done or sent on, 404 not theirs to see, 405 wrong method, 409 refused with a
reason, 422 the form with its errors. POST rows send an empty form. Nothing that a request changes stays.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.roles import Role
from tests.factories import people
from tests.factories.world import World

TABLE = Path(__file__).parent / "access_matrix.txt"
VISITORS = (
    "nobody", "lead", "contributor", "reader", "analyst", "quality", "qp",
    "other_lead", "other_qp", "coordinator", "assigned", "unassigned", "administrator",
)  # fmt: skip
NOT_OURS = ("admin",)


def rows() -> list[tuple[str, str, dict[str, str]]]:
    """Read the table: address name, method, and the expected answer of each visitor."""
    read = []
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            name, method, *answers = line.split()
            read.append((name, method, dict(zip(VISITORS, answers, strict=True))))
    return read


def names(resolver: URLResolver | None = None, prefix: str = "") -> set[str]:
    """Return the name of every address of the site, Django's own admin apart."""
    found: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            if entry.namespace not in NOT_OURS:
                found |= names(entry, space)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            found.add(prefix + entry.name)
    return found


def answer(client: Client, method: str, url: str) -> str:
    """Send one request, undo what it did, and return how it was answered."""
    with transaction.atomic():
        point = transaction.savepoint()
        response = getattr(client, method.lower())(url)
        if hasattr(response, "close"):
            response.close()
        transaction.savepoint_rollback(point)
    return str(response.status_code)


def test_no_address_is_missing_from_the_table():
    assert {name for name, _, _ in rows()} == names()


@pytest.mark.django_db
def test_everybody_is_answered_as_the_table_says(browser):
    world = World.made()
    visitors = {
        "nobody": None,
        "lead": world.lead,
        "contributor": world.contributor,
        "reader": world.reader,
        "analyst": world.analyst,
        "quality": world.quality,
        "qp": world.qualified_person,
        "other_lead": people.person("Petra Svobodová", world.other_sponsor, Role.REGULATORY_LEAD),
        "other_qp": people.person("Radka Malá", world.other_sponsor, Role.QUALIFIED_PERSON),
        "coordinator": world.coordinator,
        "assigned": world.reviewer,
        "unassigned": people.person("Piet van Aalst", world.authority, Role.REVIEWER),
        "administrator": people.administrator(),
    }
    clients = {}
    for name, visitor in visitors.items():
        clients[name] = browser(visitor) if visitor else Client()
    found, expected = {}, {}
    for name, method, answers in rows():
        url = reverse(name, kwargs=world.keys(name))
        for visitor, code in answers.items():
            expected[name, method, visitor] = code
            found[name, method, visitor] = answer(clients[visitor], method, url)
    differing = {key: (code, found[key]) for key, code in expected.items() if found[key] != code}
    assert differing == {}
