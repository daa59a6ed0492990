from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from audit import signing, trail
from audit.models import Event, Signature
from audit.refusals import Refused, Stale
from audit.signing import Proof, shown_hash

SHOWN = {"lot": "NTG-26-0417", "viability": Decimal("91.5"), "until": date(2026, 11, 25)}


def sign(person, *, proof=None, shown=SHOWN):
    with transaction.atomic():
        return signing.sign(
            person,
            meaning="Certified",
            statement="I certify that the lot meets its specification.",
            shown=shown,
            by=person,
            proof=proof or Proof(person.pk, shown_hash(SHOWN)),
        )


def test_a_signature_says_who_in_which_role_with_which_meaning_over_what(qualified_person):
    signature = Signature.objects.get(pk=sign(qualified_person).pk)
    assert (signature.actor_name, signature.actor_role, signature.meaning, signature.statement) == (
        "Aoife Brennan",
        "Norvia Therapeutics, Qualified Person",
        "Certified",
        "I certify that the lot meets its specification.",
    )
    assert signature.shown == {"lot": "NTG-26-0417", "viability": "91.5", "until": "2026-11-25"}
    assert signature.shown_hash == trail.digest(signature.shown) == shown_hash(SHOWN)
    assert signing.signatures_on(qualified_person) == [signature]


def test_the_trail_seals_the_signature(qualified_person):
    signature = sign(qualified_person)
    event = Event.objects.get()
    assert (event.code, event.sentence) == ("audit.signed", "Signed: Certified")
    assert event.data == trail.sealed(signature)
    assert trail.verify() == trail.Verification(events=1, signatures=1, broken=None)


def test_what_changed_after_it_was_shown_is_not_signed(qualified_person):
    with pytest.raises(Stale, match=r"The record changed after you opened it\. Nothing was signed"):
        sign(qualified_person, shown={**SHOWN, "viability": Decimal("79.0")})
    assert (Signature.objects.count(), Event.objects.count()) == (0, 0)


def test_nobody_signs_with_the_password_of_another(qualified_person, lead):
    with pytest.raises(Refused, match="made by the person whose password was entered"):
        sign(qualified_person, proof=Proof(lead.pk, shown_hash(SHOWN)))
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(
    "change", ["UPDATE audit_signature SET meaning = 'x'", "DELETE FROM audit_signature"]
)
def test_the_database_refuses_to_change_a_signature(qualified_person, change):
    sign(qualified_person)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Signature.objects.get().meaning == "Certified"


def test_evidence_is_written_only_inside_a_transaction(transactional_db):
    from tests.factories import people

    person = people.administrator()
    with pytest.raises(transaction.TransactionManagementError, match="in the transaction of its change"):
        trail.record("accounts.user_changed", person, by=person)
