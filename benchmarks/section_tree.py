"""How long the page of a section takes beside a tree of more than 260 sections with 2,000 documents.

Run it as `python -m benchmarks.section_tree`; it works in a test database of its own, on SQLite in memory or
on the server that DATABASE_URL names.
"""

import os
import time
from http import HTTPStatus
from importlib import import_module
from itertools import cycle, islice
from statistics import median
from typing import Any

import django

os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.update(DJANGO_SETTINGS_MODULE="atmp_portal.settings", DEBUG="1")
django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, get_runner
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from dossiers.actions import sections
from dossiers.models import Document, DocumentVersion, Dossier

make: Any = import_module("tests.factories.dossiers")
people: Any = import_module("tests.factories.people")
DOCUMENTS, ROUNDS, GOAL = 2_000, 40, 0.100
HOME = "3.2.S.2.3"


def filled(documents: int) -> tuple[Dossier, User]:
    """A combined product's dossier with a second substance, and documents in every section that takes any."""
    sponsor = people.sponsor(f"Sponsor of {documents}")
    by = people.person(f"Writer of {documents}", sponsor, Role.CONTRIBUTOR)
    dossier = make.dossier(organisation=sponsor, outcome="combined-TEP")
    substance = dossier.sections.get(number="3.2.S")
    for name in ("Chondrocytes", "Fibroblasts", "Keratinocytes"):
        attributes = {"substance": name, "manufacturer": "Norvia"}
        act = sections.repeat if substance.attributes else sections.name_repetition
        substance = act(substance, attributes=attributes, by=by)
    places = dossier.sections.filter(holds_documents=True)
    made = Document.objects.bulk_create(
        Document(dossier=dossier, section=place, file_name=f"report-{number}.pdf", title=f"Report {number}")
        for number, place in enumerate(islice(cycle(places), documents))
    )
    DocumentVersion.objects.bulk_create(
        DocumentVersion(
            document=document,
            number=1,
            file="documents/none.pdf",
            original_name=document.file_name,
            sha256=f"{number:064}",
            md5=f"{number:032}",
            size=1,
            pages=1,
            pdf_version="1.7",
            findings=[],
            uploaded_by=by,
        )
        for number, document in enumerate(made)
    )
    return dossier, by


def measure(client: Client, url: str) -> tuple[float, float, int]:
    """Ask for a page again and again; return the shortest time, the work of the processor, and the queries.

    The work leaves out what else the machine was doing, and what a database server does on its own.
    """
    client.get(url)
    times = []
    for _ in range(ROUNDS):
        start, worked = time.perf_counter(), time.process_time()
        response = client.get(url)
        times.append((time.perf_counter() - start, time.process_time() - worked))
        if response.status_code != HTTPStatus.OK:
            raise SystemExit(f"{url} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return min(took for took, _ in times), median(worked for _, worked in times), len(queries)


def main() -> None:
    """Print the times of the page with 20 documents and with 2,000."""
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        for documents in (20, DOCUMENTS):
            dossier, by = filled(documents)
            client = Client()
            client.force_login(by, backend="accounts.backends.MembershipBackend")
            for asked in ("", "?missing=1", "?q=control"):
                url = reverse("dossiers:section", args=[dossier.pk, HOME]) + asked
                shortest, worked, queries = measure(client, url)
                verdict = "within" if shortest <= GOAL else "over"
                print(
                    f"{connection.vendor}, {dossier.sections.count()} sections, {documents} documents, "
                    f"{asked or 'the whole tree'}: {shortest * 1000:.0f} ms, "
                    f"processor {worked * 1000:.0f} ms, {queries} queries, {verdict} {GOAL * 1000:.0f} ms"
                )
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
