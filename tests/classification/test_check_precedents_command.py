from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from classification import importing
from classification.models import Precedent
from classification.published.listing import listing_in
from classification.published.shipped import undecided
from tests.factories.lists import CARDIAC, csv_file

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    status = 0
    try:
        call_command("check_precedents", stdout=out)
    except SystemExit as ended:
        status = ended.code
    return status, out.getvalue().splitlines()


def test_none_is_contradicted_and_what_is_left_open_says_why():
    status, lines = run()
    assert status == 0
    assert lines[:2] == [
        "None of 59 trusted cases is contradicted.",
        "The facts of 52 of 59 lead to the published outcome alone.",
    ]
    left_open = lines[2:9]
    assert [line.split()[0] for line in left_open] == sorted(undecided())
    assert left_open[4] == (
        "  CAT-030 (TEP) open: Q14, Is a device fixed to the product and still doing a device's job?"
        " Whether the dermal scaffold counts as a device is not published, so combined stays open."
    )


def test_what_is_from_memory_stands_apart():
    _, lines = run()
    apart = lines[9:]
    assert apart[0] == "From memory, not counted: 6."
    assert [line.split()[0] for line in apart[1:]] == [
        "CAT-039", "CAT-040", "GEX-010", "GEX-011", "MAA-005", "MAA-008",
    ]  # fmt: skip
    assert apart[2] == "  CAT-040 (TEP): the rules say TEP, same."


def test_a_contradicted_case_is_named_and_ends_with_1():
    Precedent.objects.filter(reference="CAT-008").update(outcome="GTMP")
    status, lines = run()
    assert status == 1
    assert lines[:2] == [
        "CAT-008 is contradicted: published GTMP, the rules say TEP.",
        "The facts of 51 of 59 lead to the published outcome alone.",
    ]


def test_a_wrong_case_from_memory_is_no_contradiction():
    Precedent.objects.filter(reference="CAT-040").update(outcome="GTMP")
    status, lines = run()
    assert status == 0
    assert "  CAT-040 (GTMP): the rules say TEP, contradicted." in lines


def test_imported_cases_without_facts_are_counted_apart():
    listing = listing_in(BytesIO(csv_file(CARDIAC)))
    importing.import_list(listing, list_name="List", file_name="list.csv", by=None)
    status, lines = run()
    assert (status, lines[-1]) == (0, "1 imported without facts cannot be checked.")
