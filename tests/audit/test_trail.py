import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.events import AccountsEvent
from audit import trail
from audit.models import Event
from tests.factories.evidence import triggers_lifted


def _tell_twice(lead):
    with transaction.atomic():
        trail.record(AccountsEvent.USER_CHANGED, lead, by=lead, why="first")
        trail.record(AccountsEvent.USER_CHANGED, lead, by=lead, why="second")


def test_events_follow_each_other_without_a_gap(lead):
    _tell_twice(lead)
    first, second = Event.objects.order_by("seq")
    assert (first.seq, second.seq) == (1, 2)
    assert second.previous_hash == first.hash
    assert trail.verify() == trail.Verification(events=2, signatures=0, broken=None)


@pytest.mark.parametrize("change", ["UPDATE audit_event SET why = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_evidence(lead, change):
    _tell_twice(lead)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Event.objects.count() == 2


def test_verify_trail_names_the_first_broken_row(lead, capsys):
    _tell_twice(lead)
    with triggers_lifted():
        Event.objects.filter(seq=2).update(why="forged")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_trail")
    assert stopped.value.code == 1
    assert capsys.readouterr().err == (
        "Broken at event 2, accounts.user_changed: its content was changed after it was written.\n"
    )
