import pytest
from django.utils import timezone

from accounts.roles import Role
from audit import moves, trail
from audit.models import Audience, Event
from audit.moves import Move
from audit.refusals import Refused
from classification.models import Assessment, AssessmentStatus
from tests.factories import people
from tests.factories.races import database_on_disk, race


def assessment(person, code="NV-001"):
    return Assessment.objects.create(
        organisation=person.organisation, code=code, name="Stromal cells", created_by=person
    )


def only_with_a_name(thing, user):
    return None if thing.name else "Give the candidate a name first."


SIGN = Move(
    verb="sign_off",
    label="Sign off",
    roles=frozenset({Role.REGULATORY_LEAD}),
    source=frozenset({AssessmentStatus.DRAFT}),
    target=AssessmentStatus.FINALISED,
    guard=only_with_a_name,
    event="classification.finalised",
)


def sign(draft, by, **details):
    return moves.make(
        SIGN, draft, by=by, also={"finalised_by": by, "finalised_at": timezone.now()}, **details
    )


def test_a_move_changes_the_status_with_its_fields_and_leaves_one_event(lead):
    signed = sign(assessment(lead), lead, why="Checked", data={"answers": 3})
    assert (signed.status, signed.finalised_by) == ("finalised", lead)
    assert Assessment.objects.get().status == "finalised"
    event = Event.objects.get()
    assert (event.code, event.sentence, event.why, event.data, event.audience) == (
        "classification.finalised",
        "Finalised",
        "Checked",
        {"from": "draft", "to": "finalised", "answers": 3},
        Audience.EVERYONE,
    )
    assert (event.actor_name, event.actor_role) == ("Ines Halvorsen", "Norvia Therapeutics, regulatory lead")


def test_the_role_is_asked_first(contributor):
    with pytest.raises(Refused, match=r"^Your role does not allow you to sign off this\.$"):
        sign(assessment(contributor), contributor)
    assert Event.objects.count() == 0


def test_then_the_state(lead):
    draft = assessment(lead)
    sign(draft, lead)
    with pytest.raises(Refused, match=r"^NV-001 is signed; this cannot be done now\.$"):
        sign(draft, lead)
    assert Event.objects.count() == 1


def test_then_the_guard_on_the_row_as_it_is_now(lead):
    draft = assessment(lead)
    Assessment.objects.update(name="")
    assert SIGN.why_not(draft, lead) is None
    with pytest.raises(Refused, match=r"^Give the candidate a name first\.$"):
        sign(draft, lead)
    assert Assessment.objects.get().status == "draft"


def test_offers_name_the_moves_of_this_role_and_state_with_the_reason(lead, contributor):
    nameless = Assessment(organisation=lead.organisation, code="NV-002", created_by=lead)
    assert moves.offers([SIGN], nameless, lead) == [moves.Offer(SIGN, "Give the candidate a name first.")]
    assert moves.offers([SIGN], nameless, contributor) == []
    nameless.status = AssessmentStatus.SUPERSEDED
    assert moves.offers([SIGN], nameless, lead) == []


def test_a_move_that_cannot_be_recorded_is_not_made(lead):
    draft = assessment(lead)
    with pytest.raises(TypeError):
        sign(draft, lead, data={"unspeakable": object()})
    assert Assessment.objects.get().status == "draft"


@pytest.mark.django_db(transaction=True)
def test_two_people_at_the_same_moment_make_one_move(norvia, tmp_path):
    with database_on_disk(tmp_path):
        ines = people.person("Ines Halvorsen", norvia, Role.REGULATORY_LEAD)
        jun = people.person("Jun Sato", norvia, Role.REGULATORY_LEAD)
        draft = assessment(ines)
        outcomes = race(lambda: sign(draft, ines), lambda: sign(draft, jun))
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Assessment", "Refused"]
        assert Event.objects.count() == 1
        assert trail.verify().broken is None
