"""How long a search in 5,000 pages of documents takes, with counts, snippets and what the person may see.

Run it as `python -m benchmarks.text_search` on SQLite, and with DATABASE_URL=postgres://... on a PostgreSQL
server; it makes a database of its own there and drops it at the end.
"""

import os
import random
import time
from importlib import import_module
from statistics import median, quantiles
from typing import Any

import django

os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.update(DJANGO_SETTINGS_MODULE="atmp_portal.settings", DEBUG="1")
django.setup()

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from accounts.models import User
from accounts.roles import Role
from dossiers.models import Document, DocumentVersion, Dossier, PageText, TextReading
from dossiers.queries import texts
from dossiers.wording import plain_words

make: Any = import_module("tests.factories.dossiers")
people: Any = import_module("tests.factories.people")

DOCUMENTS, PAGES, WORDS_ON_A_PAGE, VOCABULARY, RUNS = 200, 25, 420, 20_000, 20
GOAL = 0.2
COMMON = ["cells", "the", "potency", "batch", "viability", "section"]
ASKED = ("potency", "the cells", "w777", "w12 w13", '"the potency"', "3.2.P.8", "viab", "absent", "c")


def page_words(chance: random.Random) -> str:
    """A page as pages are: some words on every one, most on few."""
    rare = (f"w{int(chance.paretovariate(0.6)) % VOCABULARY}" for _ in range(WORDS_ON_A_PAGE - 60))
    words = [*rare, *(chance.choice(COMMON) for _ in range(57)), "3.2.P.8", "the", "potency"]
    chance.shuffle(words)
    return " ".join(words)


def written(of: Dossier, by: User) -> int:
    """Write the documents of a dossier with their pages; returns how many pages it has."""
    chance = random.Random(7)  # noqa: S311  # a measure wants the same words every time
    section = of.sections.get(number="3.2.S.2.3")
    for number in range(DOCUMENTS):
        document = Document.objects.create(
            dossier=of, section=section, file_name=f"report-{number}.pdf", title=f"Report {number}"
        )
        version = DocumentVersion.objects.create(
            document=document, number=1, file="none.pdf", original_name="none.pdf", sha256=f"{number:064}",
            md5=f"{number:032}", size=1, pages=PAGES, pdf_version="1.7", uploaded_by=by,
        )  # fmt: skip
        TextReading.objects.create(version=version, read_at=version.uploaded_at, pages_with_words=PAGES)
        pages = [page_words(chance) for _ in range(PAGES)]
        PageText.objects.bulk_create(
            PageText(version=version, page=page, text=text, words=plain_words(text))
            for page, text in enumerate(pages, start=1)
        )
    return DOCUMENTS * PAGES


def seconds(user: User, asked: str, of: Dossier | None) -> float:
    """How long one search takes with its counts and its first page of hits."""
    start = time.perf_counter()
    matches = texts.pages_with(user, asked, of)
    _ = len(matches), matches.documents, matches[: texts.HITS_PER_PAGE]
    return time.perf_counter() - start


def main() -> None:
    """Print median and 95th percentile of every question, beside the goal."""
    made = setup_databases(verbosity=0, interactive=False)
    try:
        sponsor = people.sponsor("Norvia Therapeutics")
        lead = people.person("Ines Halvorsen", sponsor, Role.REGULATORY_LEAD)
        dossier = make.dossier(organisation=sponsor)
        pages = written(dossier, lead)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        print(f"{pages:,} pages on {connection.vendor}, goal {GOAL * 1000:.0f} ms")
        for asked in ASKED:
            found = len(texts.pages_with(lead, asked))
            site = [seconds(lead, asked, None) for _ in range(RUNS)]
            alone = [seconds(lead, asked, dossier) for _ in range(RUNS)]
            for where, times in (("site", site), ("dossier", alone)):
                high = quantiles(times, n=20)[-1]
                print(
                    f"  {asked!r:18} {found:5} pages, {where:8}"
                    f" p50 {median(times) * 1000:5.1f} ms, p95 {high * 1000:5.1f} ms"
                )
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
