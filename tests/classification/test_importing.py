from datetime import date
from io import BytesIO
from threading import Thread

import pytest
from django.db import connection

from audit import trail
from audit.models import Event
from audit.refusals import Refused
from classification import importing
from classification.models import Precedent, PrecedentImport
from classification.published.listing import listing_in
from tests.factories.lists import CARDIAC, VECTOR, csv_file

NAME = "EMA/140033/2021"


def import_rows(*rows, by=None, name=NAME):
    listing = listing_in(BytesIO(csv_file(*rows)))
    return importing.import_list(listing, list_name=name, file_name="list.csv", by=by)


def counts(imported):
    return imported.rows, imported.added, imported.known, imported.skipped


@pytest.mark.django_db
def test_import_adds_the_rows_with_the_list_as_their_source(administrator):
    imported = import_rows(CARDIAC, VECTOR, ("Cells", "", "TEP", "soon"), by=administrator)
    assert counts(imported) == (3, 2, 0, 1)
    added = Precedent.objects.get(reference="EMA-2021-001")
    kept = {
        "product": CARDIAC[0],
        "indication": CARDIAC[1],
        "outcome": "TEP",
        "outcome_words": CARDIAC[2],
        "dated": "22/04/2021",
        "year": 2021,
        "decided_on": date(2021, 4, 22),
        "source": NAME,
        "source_url": "",
        "facts": {},
        "row_kind": "cat_recommendation",
        "verification": "imported",
        "note": "",
        "list_name": NAME,
        "imported_in": imported,
    }
    assert {name: getattr(added, name) for name in kept} == kept
    assert Precedent.objects.get(product=VECTOR[0]).reference == "EMA-2021-002"


@pytest.mark.django_db
def test_import_twice_adds_nothing(administrator):
    import_rows(CARDIAC, VECTOR, by=administrator)
    before = set(Precedent.objects.values_list("pk", flat=True))
    assert counts(import_rows(CARDIAC, VECTOR, by=administrator)) == (2, 0, 2, 0)
    assert set(Precedent.objects.values_list("pk", flat=True)) == before


@pytest.mark.django_db
def test_import_takes_equal_rows_once_and_numbers_go_on(administrator):
    again = (CARDIAC[0].upper(), CARDIAC[1], "TEP", "1 April 2021")
    assert counts(import_rows(CARDIAC, again)) == (2, 1, 1, 0)
    assert counts(import_rows(VECTOR, name="Another list")) == (1, 1, 0, 0)
    assert set(Precedent.objects.filter(verification="imported").values_list("reference", "list_name")) == {
        ("EMA-2021-001", NAME),
        ("EMA-2021-002", "Another list"),
    }


@pytest.mark.django_db
def test_import_does_not_add_what_the_shipped_library_has():
    shipped = Precedent.objects.get(reference="CAT-005")
    row = (shipped.product, shipped.indication, "Gene therapy medicinal product", "7 October 2016")
    assert counts(import_rows(row)) == (1, 0, 1, 0)


@pytest.mark.django_db
def test_import_leaves_one_event_with_who_and_counts(administrator):
    imported = import_rows(CARDIAC, VECTOR, ("", "", "TEP", "2021"), by=administrator)
    (event,) = Event.objects.about(imported)
    assert (event.code, event.actor_name) == ("classification.precedents_imported", administrator.full_name)
    assert event.sentence == f"Published list brought in: {NAME}, 2 added"
    assert event.data == {"file": "list.csv", "rows": 3, "added": 2, "known": 0, "skipped": 1}
    assert trail.verify().broken is None


@pytest.mark.django_db
def test_import_at_the_command_line_is_an_act_of_the_portal():
    assert Event.objects.about(import_rows(CARDIAC)).get().actor_name == "ATMP Portal"


@pytest.mark.django_db
def test_import_is_refused_to_everybody_but_administrators(lead, coordinator):
    for person in (lead, coordinator):
        with pytest.raises(Refused, match="Only an administrator can bring published lists in"):
            import_rows(CARDIAC, by=person)
    assert PrecedentImport.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite writes one after the other anyway")
def test_import_of_the_same_list_at_the_same_moment_adds_it_once():
    answers = []

    def bring_in():
        try:
            answers.append(counts(import_rows(CARDIAC, VECTOR)))
        except Refused as refusal:
            answers.append(refusal.reason)
        finally:
            connection.close()

    threads = [Thread(target=bring_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Precedent.objects.filter(verification="imported").count() == 2
    assert answers.count((2, 2, 0, 0)) == 1
    others = {
        (2, 0, 2, 0),
        "Another list was brought in at this moment. Look at what is there, and try again.",
    }
    assert set(answers) - {(2, 2, 0, 0)} <= others
