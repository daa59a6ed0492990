from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from classification.models import Precedent, PrecedentImport
from tests.factories.lists import CARDIAC, HEADINGS, VECTOR, csv_file, many, with_part, xlsx_file

pytestmark = pytest.mark.django_db
BAD = ("Cells", "Heart", "pending", "2021")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "classifications-2021.csv"
    path.write_bytes(csv_file(CARDIAC, BAD, VECTOR))
    return path


def run(*arguments):
    out = StringIO()
    call_command("import_precedents", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_counts_and_skipped_rows_are_printed(file):
    skipped = "Row 3 skipped: the outcome names no class.\n"
    assert run(file) == f"3 rows read: 2 added, 0 already here, 1 skipped.\n{skipped}"
    assert run(file) == f"3 rows read: 0 added, 2 already here, 1 skipped.\n{skipped}"
    assert set(Precedent.objects.filter(verification="imported").values_list("list_name", flat=True)) == {
        "classifications-2021"
    }


def test_a_list_has_the_name_that_it_is_given(file):
    run(file, "--list", "EMA/140033/2021")
    imported = PrecedentImport.objects.get()
    assert (imported.list_name, imported.file_name) == ("EMA/140033/2021", "classifications-2021.csv")


def test_a_dry_run_stores_nothing(file):
    expected = "3 rows read: 2 would be added, 0 already here, 1 skipped."
    assert run(file, "--dry-run").splitlines()[0] == expected
    assert (Precedent.objects.count(), PrecedentImport.objects.count()) == (65, 0)


def test_a_thousand_rows_of_a_spreadsheet(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(xlsx_file([HEADINGS, *many(1000)]))
    assert run(path) == "1000 rows read: 1000 added, 0 already here, 0 skipped.\n"
    assert run(path) == "1000 rows read: 0 added, 1000 already here, 0 skipped.\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"nothing", "No row names the columns product, outcome and date."),
        (b"\xff\xfe", "It is not UTF-8. Save it as “CSV UTF-8” or as .xlsx."),
        (b" " * 21_000_000, "The file is larger than 20 MB; published lists are a hundred times smaller."),
        (
            with_part(xlsx_file([HEADINGS]), "xl/worksheets/sheet1.xml", b" " * 60_000_000),
            "Unpacked, the spreadsheet is larger than 30 MB.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2_and_stores_nothing(tmp_path, content, reason):
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        run(path)
    assert (str(caught.value), caught.value.returncode) == (f"{path} cannot be read. {reason}", 2)
    assert PrecedentImport.objects.count() == 0


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("/nowhere", "/nowhere cannot be read: No such file or directory."),
        ("/", "/ cannot be read: Is a directory."),
    ],
)
def test_a_file_that_is_not_there(file, reason):
    with pytest.raises(CommandError) as caught:
        run(file)
    assert (str(caught.value), caught.value.returncode) == (reason, 2)


@pytest.mark.parametrize("name", [" ", "x" * 121, "two\nlines"])
def test_a_list_has_a_name_of_one_line(file, name):
    with pytest.raises(CommandError) as caught:
        run(file, "--list", name)
    assert (str(caught.value), caught.value.returncode) == ("A list has a name of at most 120 letters.", 2)
