from datetime import timedelta

import pytest

from dossiers import clock
from dossiers.models import ClockEntry, Dossier, Question
from dossiers.queries.plate import plate
from tests.factories import dossiers as make


@pytest.fixture
def filed(lead):
    return make.dossier_at("filed", lead.organisation, procedure="classification")


def _at(dossier, status, *moves, **fields):
    for kind, days_ago, day in moves:
        ClockEntry.objects.create(
            dossier=dossier,
            kind=kind,
            on=clock.site_date() - timedelta(days=days_ago),
            day=day,
            reason="",
            by=dossier.created_by,
        )
    Dossier.objects.filter(pk=dossier.pk).update(status=status, **fields)
    return Dossier.objects.with_product().get(pk=dossier.pk)


def _readout(dossier, user):
    readout = plate(dossier, user).readout
    return (readout.figure, readout.unit, readout.aside)


def test_a_draft_shows_its_completeness_to_the_sponsor(lead):
    dossier = make.dossier(organisation=lead.organisation, procedure="classification")
    readout = plate(dossier, lead).readout
    assert (readout.figure, readout.unit, readout.aside) == (
        "0",
        "of 7 requirements answered",
        "6 points stop filing",
    )
    make.make_ready(dossier)
    assert _readout(dossier, lead) == ("4", "of 7 requirements answered", "Nothing stops filing")


def test_what_came_back_shows_its_completeness_to_the_sponsor_only(lead, coordinator, filed):
    dossier = _at(filed, "returned")
    assert _readout(dossier, lead)[2] == "Nothing stops filing"
    assert _readout(dossier, coordinator) == ("Day 0", "of 60", "Sent back to the sponsor")


@pytest.mark.parametrize(
    ("status", "aside"),
    [
        ("filed", "Waits for validation"),
        ("validated", "Waits for the start of the clock"),
        ("withdrawn", "Withdrawn"),
    ],
)
def test_before_the_clock_starts_the_plate_says_what_it_waits_for(lead, filed, status, aside):
    assert _readout(_at(filed, status), lead) == ("Day 0", "of 60", aside)


def test_a_running_clock_shows_its_day(lead, filed):
    dossier = _at(filed, "in_review", ("start", 9, 1))
    figure, unit, aside = _readout(dossier, lead)
    assert (figure, unit) == ("Day 10", "of 60")
    assert aside == clock.day_of(dossier).next_text != ""


@pytest.mark.parametrize(
    ("due_in", "aside"),
    [(17, "Stopped 5 days · 17 days left to answer"), (-1, "Stopped 5 days · 1 day late")],
)
def test_a_stopped_clock_shows_how_long_and_until_when(lead, coordinator, filed, due_in, aside):
    dossier = _at(filed, "clock_stopped", ("start", 34, 1), ("stop", 5, 30))
    Question.objects.create(
        dossier=dossier,
        number=1,
        kind="other_concern",
        discipline="quality",
        section=dossier.sections.last(),
        text="Why?",
        status="sent",
        raised_by=coordinator,
        sent_at=dossier.filed_at,
        due_on=clock.site_date() + timedelta(days=due_in),
    )
    assert _readout(dossier, lead) == ("Day 30", "of 60", aside)
    assert [tab.count for tab in plate(dossier, lead).tabs if tab.key == "questions"] == [1]


def test_an_outcome_takes_the_place_of_the_clock(lead, filed):
    dossier = _at(filed, "concluded", ("start", 59, 1), ("end", 0, 60), outcome="positive")
    assert _readout(dossier, lead) == ("Positive", "outcome", "")


def test_the_sponsor_is_named_to_the_authority_only(lead, coordinator, filed):
    assert plate(filed, lead).facts == ("GTMP, autologous", "Classification request")
    assert plate(filed, coordinator).facts == (
        "GTMP, autologous",
        "Classification request",
        "Norvia Therapeutics",
    )


def test_draft_questions_are_not_counted_for_the_sponsor(lead, coordinator, filed):
    Question.objects.create(
        dossier=filed,
        number=1,
        kind="other_concern",
        discipline="quality",
        section=filed.sections.last(),
        text="Why?",
        raised_by=coordinator,
    )
    counts = {
        person.role: next(tab.count for tab in plate(filed, person).tabs if tab.key == "questions")
        for person in (lead, coordinator)
    }
    assert counts == {"regulatory_lead": 0, "coordinator": 1}
