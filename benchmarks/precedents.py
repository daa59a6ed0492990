"""How long it takes to bring a published list in, and to rank a library for one candidate.

Run it as `python -m benchmarks.precedents`; it works in a database of its own in memory.
"""

import csv
import os
import time
from collections.abc import Callable
from io import BytesIO, StringIO
from statistics import median

import django

os.environ.update(DJANGO_SETTINGS_MODULE="atmp_portal.settings", DEBUG="1", DATABASE_URL="sqlite://:memory:")
django.setup()

from django.core.management import call_command

from classification import importing
from classification.engine import ProductFacts
from classification.engine.precedents import Library
from classification.models import Precedent
from classification.published.listing import listing_in

ROWS, CASES = 1_000, 3_000
IMPORT_GOAL, RANKING_GOAL = 5.0, 0.015
HEADINGS = ("Product description", "Therapeutic area", "Outcome", "Date of adoption")
OUTCOMES = (
    "Tissue engineered product",
    "Gene therapy medicinal product",
    "Somatic cell therapy",
    "Not an ATMP",
)
TEXT = "Expanded allogeneic bone marrow stromal cells, ischaemic heart failure"
FACTS = ProductFacts.from_exchange(
    {
        "is_medicine": "yes",
        "active_part": ["viable_cells_or_tissue"],
        "viable_cells": "yes",
        "process_steps": ["expansion"],
        "same_location": "no",
        "same_function": "no",
        "claimed_action": "regenerate",
        "integral_device": "no",
        "source": "allogeneic",
    }
)


def list_file(rows: int, first: int = 0) -> BytesIO:
    """A list in words that the shipped library has, so that ranking has something to weigh."""
    known = list(Precedent.objects.filter(imported_in=None))
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for number in range(first, first + rows):
        one, other = known[number % len(known)], known[number * 7 % len(known)]
        product = f"{one.product} {other.product.split()[0]} {number}"
        writer.writerow((product, other.indication, OUTCOMES[number % 4], f"{number % 27 + 1}/03/2022"))
    return BytesIO(text.getvalue().encode())


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bring_in(file: BytesIO) -> None:
    """Read a list and import it."""
    importing.import_list(listing_in(file), list_name="Measured", file_name="measured.csv", by=None)


def main() -> None:
    """Print the figures beside their goals."""
    call_command("migrate", verbosity=0)
    first = seconds(lambda: bring_in(list_file(ROWS)))
    again = seconds(lambda: bring_in(list_file(ROWS)))
    print(f"import of {ROWS:,} rows: {first:.2f} s, once more {again:.2f} s (goal {IMPORT_GOAL} s)")
    bring_in(list_file(CASES - Precedent.objects.count(), first=ROWS))
    library = Library(precedent.case for precedent in Precedent.objects.all())
    cold = seconds(lambda: library.nearest(FACTS, TEXT, 4))
    warm = median(seconds(lambda: library.nearest(FACTS, TEXT, 4)) for _ in range(50))
    print(
        f"ranking of {len(library.cases):,} cases: cold {cold * 1000:.0f} ms, warm {warm * 1000:.1f} ms"
        f" (goal {RANKING_GOAL * 1000:.0f} ms warm)"
    )


if __name__ == "__main__":
    main()
