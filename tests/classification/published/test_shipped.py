import csv

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from classification.engine.precedents import Fact
from classification.models import Precedent, PublishedOutcome, RowKind, TrustMark
from classification.published import shipped
from tests.factories.evidence import triggers_lifted

ROWS = shipped.shipped_rows()
DATES = {"dated": 40, "product": 1000, "indication": 600, "note": 300, "source": 300, "source_url": 300}


@pytest.mark.django_db
def test_the_library_is_in_every_database():
    kept = Precedent.objects.in_bulk(field_name="reference")
    assert kept.keys() == {row["reference"] for row in ROWS}
    heart = kept["CAT-008"]
    assert (heart.outcome, heart.year, heart.dated, str(heart.decided_on)) == (
        "TEP",
        2016,
        "2016-10",
        "2016-10-01",
    )
    assert heart.facts["intended_action"] == "regenerate_repair_replace"


def test_the_table_holds_only_what_the_model_knows():
    assert len(ROWS) == 65
    assert {row["outcome"] for row in ROWS} <= set(PublishedOutcome)
    assert {row["row_kind"] for row in ROWS} <= set(RowKind)
    assert {row["verification"] for row in ROWS} <= set(TrustMark)
    assert all(list(row["facts"]) == [str(fact) for fact in Fact] for row in ROWS)
    assert all(len(row[name]) <= longest for row in ROWS for name, longest in DATES.items())
    assert all(row["source_url"].startswith("https://") for row in ROWS if row["source_url"])
    assert len({row["fingerprint"] for row in ROWS}) == 65


def test_each_row_names_its_source_and_no_file_of_ours():
    with (shipped.DATA / "precedents.csv").open(encoding="utf-8", newline="") as file:
        sources = [row["source"] for row in csv.DictReader(file)]
    assert all(sources)
    assert not any("github" in source or "pdfkul" in source for source in sources)


@pytest.mark.django_db
def test_a_second_time_nothing_is_written(django_assert_num_queries):
    with django_assert_num_queries(1):
        shipped.fill(apps)


@pytest.mark.django_db
def test_a_corrected_row_is_written_and_keeps_its_key():
    before = Precedent.objects.get(reference="CAT-008")
    Precedent.objects.filter(pk=before.pk).update(outcome="GTMP", note="wrong")
    Precedent.objects.filter(reference="CAT-005").delete()
    shipped.fill(apps)
    after = Precedent.objects.get(reference="CAT-008")
    assert (after.pk, after.outcome, after.note) == (before.pk, "TEP", "")
    assert after.imported_at > before.imported_at
    assert Precedent.objects.count() == 65


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_has_the_library_again_with_the_same_keys():
    before = set(Precedent.objects.values_list("pk", "reference"))
    with triggers_lifted():
        call_command("flush", interactive=False, verbosity=0)
    assert set(Precedent.objects.values_list("pk", "reference")) == before


@pytest.mark.django_db(transaction=True)
def test_the_library_goes_and_comes_with_its_tables():
    try:
        call_command("migrate", "classification", "0001", verbosity=0)
        assert "classification_precedent" not in connection.introspection.table_names()
    finally:
        call_command("migrate", verbosity=0)
    assert Precedent.objects.count() == 65
    assert (
        MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
        == []
    )
