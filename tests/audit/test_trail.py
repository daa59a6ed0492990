import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.events import AccountsEvent
from accounts.roles import Role
from audit import signing, trail
from audit.models import Audience, Event, IssuedReport, MediaType, Signature, TrailHead
from audit.signing import Proof, shown_hash
from tests.factories import people
from tests.factories.evidence import triggers_lifted
from tests.factories.races import database_on_disk, race
from tests.factories.reports import report

SHOWN = {"lot": "NTG-26-0417"}


def tell(person, why="", audience=Audience.EVERYONE):
    with transaction.atomic():
        return trail.record(AccountsEvent.USER_CHANGED, person, by=person, why=why, audience=audience)


def tell_twice(person):
    return tell(person, "first"), tell(person, "second")


def sign(person):
    with transaction.atomic():
        return signing.sign(
            person,
            meaning="Approved",
            statement="I approve.",
            shown=SHOWN,
            by=person,
            proof=Proof(person.pk, shown_hash(SHOWN)),
        )


def test_events_follow_each_other_without_a_gap(lead):
    first, second = tell_twice(lead)
    assert (first.seq, second.seq) == (1, 2)
    assert (first.previous_hash, second.previous_hash) == (trail.GENESIS, first.hash)
    assert trail.verify() == trail.Verification(events=2, signatures=0, broken=None)


def test_an_event_keeps_who_it_was_then(lead):
    tell(lead)
    lead.full_name = "Ines Berg"
    lead.save()
    event = Event.objects.get()
    assert (event.actor, event.actor_name, event.actor_role, event.sentence) == (
        lead,
        "Ines Halvorsen",
        "Norvia Therapeutics, regulatory lead",
        "User changed",
    )


def test_a_sentence_fits_the_trail(lead):
    with transaction.atomic():
        told = trail.record("accounts.told", lead, by=lead, sentence="x" * 500)
    assert len(Event.objects.get(pk=told.pk).sentence) == trail.LONGEST_SENTENCE


def test_the_portal_acts_by_itself(lead):
    with transaction.atomic():
        event = trail.record("qc.late_result", lead, by=None)
    assert (event.actor, event.actor_name, event.actor_role) == (None, "ATMP Portal", "by itself")


def test_an_event_of_a_part_stands_on_the_page_of_its_whole(lead):
    with transaction.atomic():
        event = trail.record("accounts.membership_started", lead.membership, by=lead)
    assert (event.object_type, event.root_type, event.root_id) == (
        "accounts.membership",
        "accounts.user",
        lead.pk,
    )
    assert list(trail.events_about(lead, lead)) == [event]


def test_the_trail_of_a_record_is_read_by_the_audience_of_each_event(lead, contributor, reviewer):
    for audience in Audience:
        tell(lead, why=audience, audience=audience)

    def read_by(user):
        return [event.why for event in trail.events_about(lead, user)]

    assert read_by(lead) == ["actor", "sponsor", "everyone"]
    assert read_by(contributor) == ["sponsor", "everyone"]
    assert read_by(reviewer) == ["authority", "everyone"]


def test_an_edit_keeps_old_and_new_of_what_differs():
    before = {"name": "Nortagen", "dose": Decimal("2.0"), "until": None}
    after = {"name": "Nortagen", "dose": Decimal("2.5"), "until": date(2027, 1, 1)}
    changes = trail.changes(before, after)
    assert changes == {
        "dose": {"old": Decimal("2.0"), "new": Decimal("2.5")},
        "until": {"old": None, "new": date(2027, 1, 1)},
    }
    assert trail.in_words({**changes, "is_sme": {"old": False, "new": True}, "note": "new"}) == [
        "dose: 2.0 → 2.5",
        "until: none → 2027-01-01",
        "is_sme: no → yes",
        "note: new",
    ]


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(plain)
def test_canonical_json_comes_back_as_it_was_written(content):
    assert json.loads(trail.canonical(content)) == content


@given(st.dictionaries(st.text(), plain))
def test_canonical_json_does_not_know_the_order_of_keys(content):
    backwards = dict(reversed(content.items()))
    assert trail.canonical(backwards) == trail.canonical(content)
    assert trail.digest(backwards) == trail.digest(content)


@given(plain, plain)
def test_different_content_is_written_differently(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (trail.canonical(one) == trail.canonical(other)) == same


def test_canonical_json_is_this():
    content = {
        "µ": Decimal("1.50"),
        "at": datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        "day": date(2026, 11, 23),
        "id": UUID(int=1),
        "a": [1, True, None],
    }
    assert trail.canonical(content) == (
        '{"a":[1,true,null],"at":"2026-11-23T09:30:00Z","day":"2026-11-23",'
        '"id":"00000000-0000-0000-0000-000000000001","µ":"1.50"}'
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET why = 'x'",
        "DELETE FROM audit_event",
    ],
)
def test_the_database_refuses_to_change_evidence(lead, change):
    tell_twice(lead)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Event.objects.count() == 2


CUT_OFF = "events are missing at the end of the trail"
CHANGED = "its content was changed after it was written"


def forge(**changes):
    return lambda: Event.objects.filter(seq=2).update(**changes)


def renumber():
    Event.objects.filter(seq=3).update(seq=4)


def chain_anew():
    """Change an event and put a fitting hash to it, as someone could who knows the code."""
    event = Event.objects.get(seq=2)
    event.why = "forged"
    Event.objects.filter(seq=2).update(why="forged", hash=trail.hash_of(event))


@pytest.mark.parametrize(
    ("forgery", "where", "what"),
    [
        (forge(why="forged"), "event 2, accounts.user_changed", CHANGED),
        (forge(actor_name="X"), "event 2, accounts.user_changed", CHANGED),
        (forge(data={"a": 1}), "event 2, accounts.user_changed", CHANGED),
        (forge(audience="actor"), "event 2, accounts.user_changed", CHANGED),
        (chain_anew, "event 3, accounts.user_changed", "it does not follow from the event before it"),
        (lambda: Event.objects.filter(seq=2).delete(), "event 2", "it is missing"),
        (renumber, "event 3", "it is missing"),
        (lambda: Event.objects.filter(seq=3).delete(), "event 3", CUT_OFF),
        (lambda: Event.objects.all().delete(), "event 1", CUT_OFF),
        (lambda: TrailHead.objects.update(seq=9), "event 4", CUT_OFF),
    ],
)  # fmt: skip
def test_every_forgery_of_the_chain_is_found_where_it_is(lead, forgery, where, what):
    tell_twice(lead)
    tell(lead, "third")
    with triggers_lifted():
        forgery()
    assert trail.verify().broken == trail.Break(where, what)


@pytest.mark.parametrize(
    ("forgery", "what"),
    [
        ({"shown": {"lot": "NTG-26-0409"}}, "what was shown was changed after it was signed"),
        ({"meaning": "Rejected"}, "it differs from the event that recorded it"),
        ({"actor_name": "Jun Sato"}, "it differs from the event that recorded it"),
        ({"actor_role": "Norvia, Qualified Person"}, "it differs from the event that recorded it"),
        ({"statement": "I do not approve."}, "it differs from the event that recorded it"),
        ({"object_id": UUID(int=7)}, "it differs from the event that recorded it"),
        ({"at": datetime(2020, 1, 1, tzinfo=UTC)}, "it differs from the event that recorded it"),
        ({"object_label": "NV-999"}, "it differs from the event that recorded it"),
    ],
)
def test_every_forgery_of_a_signature_is_found(lead, forgery, what):
    signature = sign(lead)
    with triggers_lifted():
        Signature.objects.update(**forgery)
    name = forgery.get("actor_name", "Ines Halvorsen")
    assert trail.verify() == trail.Verification(
        events=1, signatures=1, broken=trail.Break(f"signature {signature.pk} by {name}", what)
    )


def test_a_signature_given_to_somebody_else_is_found(lead, contributor):
    signature = sign(lead)
    with triggers_lifted():
        Signature.objects.update(actor=contributor)
    assert trail.verify().broken == trail.Break(
        f"signature {signature.pk} by Ines Halvorsen", "it differs from the event that recorded it"
    )


def test_a_signature_that_is_gone_is_missed(lead):
    sign(lead)
    with triggers_lifted():
        Signature.objects.all().delete()
    assert trail.verify().broken == trail.Break(
        "event 1, audit.signed", "the signature that it recorded is missing"
    )


def test_verify_trail_says_what_it_verified(lead, capsys):
    tell(lead)
    sign(lead)
    report(lead, lead)
    call_command("verify_trail")
    assert capsys.readouterr().out == (
        "The trail holds: 3 events, 1 signatures and 1 reports verified.\nFilings: 0 verified.\n"
    )


def test_verify_trail_names_the_first_broken_row(lead, capsys):
    tell_twice(lead)
    with triggers_lifted():
        Event.objects.filter(seq=2).update(why="forged")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_trail")
    assert stopped.value.code == 1
    assert capsys.readouterr().err == (
        "Broken at event 2, accounts.user_changed: its content was changed after it was written.\n"
    )


def lose_the_row(_issued):
    IssuedReport.objects.all().delete()


def change_the_row(issued):
    IssuedReport.objects.update(sha256="0" * 64)


def rename_the_kind_of_file(_issued):
    IssuedReport.objects.update(media_type=MediaType.WORD)


def give_it_to_the_other_side(_issued):
    IssuedReport.objects.update(audience=Audience.AUTHORITY)


def hang_it_on_another_record(_issued):
    IssuedReport.objects.update(object_id=uuid4())


def change_the_title(_issued):
    IssuedReport.objects.update(title="Another report")


def change_the_file(issued):
    Path(issued.file.path).write_bytes(b"forged")


def lose_the_file(issued):
    Path(issued.file.path).unlink()


@pytest.mark.parametrize(
    ("forgery", "what"),
    [
        (lose_the_row, "the trail tells of it, and it is missing"),
        (change_the_row, "it differs from the event that recorded it"),
        (rename_the_kind_of_file, "it differs from the event that recorded it"),
        (give_it_to_the_other_side, "it differs from the event that recorded it"),
        (hang_it_on_another_record, "it differs from the event that recorded it"),
        (change_the_title, "it differs from the event that recorded it"),
        (change_the_file, "its file is missing or was changed"),
        (lose_the_file, "its file is missing or was changed"),
    ],
)
def test_verify_trail_finds_a_report_that_is_not_as_registered(lead, capsys, forgery, what):
    issued = report(lead, lead)
    with triggers_lifted():
        forgery(issued)
    with pytest.raises(SystemExit):
        call_command("verify_trail")
    said = capsys.readouterr().err
    assert said.startswith(f"Broken at report {issued.pk}")
    assert said.endswith(f": {what}.\n")


def test_an_empty_trail_holds(db):
    assert trail.verify() == trail.Verification(events=0, signatures=0, broken=None)


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_leave_a_chain_without_a_gap(norvia, tmp_path):
    with database_on_disk(tmp_path):
        person = people.person("Ines Halvorsen", norvia, Role.REGULATORY_LEAD)
        race(*[lambda: [tell(person) for _ in range(5)]] * 4)
        assert trail.verify() == trail.Verification(events=20, signatures=0, broken=None)
