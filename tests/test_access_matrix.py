"""Every address × every role: who is answered how, who reads what, and no address is left out.

Each row of `access_matrix.txt` is an address with a method that it takes and the answer that each person
gets: 200 a page, 302 done or sent on, login sent to log in, 404 not theirs to see, 409 refused with a reason,
422 the form with its errors. POST rows send the form as the page gives it, with nothing typed. A method
without a row is answered 405. Nothing that a request changes stays.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from accounts.roles import Role
from tests.factories import people
from tests.factories.world import World

TABLE = Path(__file__).parent / "access_matrix.txt"
OF_THE_HELPER = Path(__file__).parent / "access_helper.txt"
OF_NORVIA = ("lead", "contributor", "reader", "analyst", "quality", "qp")
OF_THE_REVIEW = ("coordinator", "assigned")
VISITORS = (
    "nobody", *OF_NORVIA, "other_lead", "other_qp", *OF_THE_REVIEW, "unassigned", "administrator",
)  # fmt: skip
METHODS = ("GET", "POST")
NOT_OURS = ("admin",)

READERS = {
    "Chondrafix": {*OF_NORVIA, "helper", *OF_THE_REVIEW},
    "Page 1 is blank.": {*OF_NORVIA, "helper", *OF_THE_REVIEW},  # a comment that both sides read
    "NV-207": {*OF_NORVIA},  # a candidate
    "NV-SPEC-01": {*OF_NORVIA},
    "NTG-26-0417": {*OF_NORVIA},  # a lot
    "not-yet-filed.pdf": {*OF_NORVIA},
    "Table 4 is corrected.": {*OF_NORVIA},  # the note of a version that is not filed
    "The solvent is not used any more.": {*OF_NORVIA},  # an answer to a requirement, not filed
    "The lysate still has a password.": {*OF_NORVIA},  # working notes on a section
    "The vendor is late.": {*OF_NORVIA, "helper"},  # a comment among colleagues
    "We test again in May.": {*OF_NORVIA},  # an answer that is not sent
    "Justify the pooling of donors.": {*OF_THE_REVIEW},  # a question that is not sent
    "The batches are too few.": {*OF_THE_REVIEW},  # a comment in the review team
    "The data bear the claim.": {*OF_THE_REVIEW},  # a part in assessment
    "The membrane has a secret lamination.": {*OF_NORVIA},  # a field of the device part, not filed
    "The cultures bear it.": {*OF_THE_REVIEW},  # what the authority says of a device requirement
    "Eva Rossi": {*OF_THE_REVIEW},  # an assessor; the sponsor knows who leads
    "Your report is ready": {"lead"},  # a notice
}


@contextmanager
def without_closing_the_database() -> Iterator[None]:
    """Close a streamed file as a server does, and keep the connection that the test is on."""
    request_finished.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_finished.connect(close_old_connections)


def rows() -> list[tuple[str, str, dict[str, str]]]:
    """Read the table: address name, method, and the expected answer of each visitor.

    An outside helper has a table of their own: what it does not name is answered 404.
    """
    helped = {(name, method): answer for name, method, answer in lines(OF_THE_HELPER)}
    return [
        (
            name,
            method,
            {
                **dict(zip(VISITORS, answers, strict=True)),
                "helper": helped.get((name, method), "404"),
            },
        )
        for name, method, *answers in lines(TABLE)
    ]


def lines(table: Path) -> list[list[str]]:
    """Return the lines of a table, cut into words."""
    return [line.split() for line in table.read_text().splitlines() if line and not line.startswith("#")]


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> dict[str, set[str]]:
    """Return every address of the site by name, with its keys; Django's own admin apart."""
    found: dict[str, set[str]] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            if entry.namespace not in NOT_OURS:
                found |= addresses(entry, space)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            assert prefix + entry.name not in found, f"{prefix + entry.name} names two addresses"
            found[prefix + entry.name] = set(entry.pattern.regex.groupindex)
    return found


@contextmanager
def nothing_stays(client: Client) -> Iterator[None]:
    """Undo what a request does to the database and to the visitor's cookies."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def ask(client: Client, world: World, name: str, method: str, keys: Mapping | None = None) -> tuple[str, str]:
    """Send one request, undo what it did, and return how it was answered and what it said."""
    query = world.query(name)
    url = reverse(name, kwargs=keys or world.keys(name))
    with nothing_stays(client):
        if method == "GET":
            response = client.get(url, query)
        else:
            response = client.post(f"{url}?{urlencode(query)}", {"csrfmiddlewaretoken": "sent", **query})
        text = "" if response.streaming else response.content.decode()
        with without_closing_the_database():
            response.close()
    is_sent_to_login = response.headers.get("Location", "").startswith(reverse("accounts:login"))
    return "login" if is_sent_to_login else str(response.status_code), text


@pytest.fixture
def world(db, caplog, settings) -> Iterator[World]:
    """Make the world; it must know the keys of every address, and no request may store a file."""
    caplog.set_level("ERROR", logger="django.request")
    made = World.made()
    assert {name: set(made.keys(name)) for name in addresses()} == addresses()
    files = set(settings.MEDIA_ROOT.rglob("*"))
    yield made
    assert set(settings.MEDIA_ROOT.rglob("*")) == files


@pytest.fixture
def clients(world, browser) -> dict[str, Client]:
    visitors = {
        "lead": world.lead,
        "contributor": world.contributor,
        "reader": world.reader,
        "analyst": world.analyst,
        "quality": world.quality,
        "qp": world.qualified_person,
        "helper": world.helper,
        "other_lead": people.person("Petra Svobodová", world.other_sponsor, Role.REGULATORY_LEAD),
        "other_qp": people.person("Radka Malá", world.other_sponsor, Role.QUALIFIED_PERSON),
        "coordinator": world.coordinator,
        "assigned": world.reviewer,
        "unassigned": people.person("Piet van Aalst", world.authority, Role.REVIEWER),
        "administrator": world.administrator,
    }
    logged_in = {name: browser(visitor) for name, visitor in visitors.items()}
    for client in logged_in.values():
        client.raise_request_exception = False
    return {"nobody": Client(raise_request_exception=False), **logged_in}


def test_no_address_is_missing_from_the_table():
    assert {name for name, _, _ in rows()} == set(addresses())


def test_everybody_is_answered_as_the_table_says_and_reads_what_is_theirs(world, clients):
    differing, readers = {}, defaultdict(set)
    for name, method, expected in rows():
        for visitor, code in expected.items():
            found, text = ask(clients[visitor], world, name, method)
            if found != code:
                differing[name, method, visitor] = f"{found} instead of {code}"
            for words in READERS:
                if words in text:
                    readers[words].add(visitor)
    assert differing == {}
    assert readers == READERS


def test_an_address_takes_no_method_that_the_table_does_not_name(world, clients):
    named = {(name, method) for name, method, _ in rows()}
    unnamed = {(name, method) for name in addresses() for method in METHODS} - named
    answers = {(name, method): ask(clients["lead"], world, name, method)[0] for name, method in unnamed}
    assert answers == dict.fromkeys(unnamed, "405")


def test_nothing_is_reached_through_an_address_of_ones_own(world, browser):
    others = {
        "dossiers": people.person("Petra Svobodová", world.other_sponsor, Role.REGULATORY_LEAD),
        "qc": people.person("Jan Kučera", world.other_sponsor, Role.QC_ANALYST),
    }
    answers = {}
    for name, method, _ in rows():
        if keys := world.keys_elsewhere(name):
            client = browser(others[name.partition(":")[0]])
            answers[name, method] = ask(client, world, name, method, keys)[0]
    assert {name.partition(":")[0] for name, _ in answers} == set(others)
    assert answers == dict.fromkeys(answers, "404")


def test_no_form_is_taken_that_another_site_sent(world, browser):
    client = browser(world.lead)
    client.handler.enforce_csrf_checks = True
    posts = [name for name, method, _ in rows() if method == "POST"]
    assert {name: ask(client, world, name, "POST")[0] for name in posts} == dict.fromkeys(posts, "403")
