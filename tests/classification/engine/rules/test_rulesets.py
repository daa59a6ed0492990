"""The sets of rules: which law, which version, and stations that say what they read and where they lead."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classification.engine.citations import CITATIONS
from classification.engine.outcomes import Outcome
from classification.engine.rules import RULESETS, State
from classification.engine.rules.case import Case
from classification.engine.rules.finding import Way
from classification.engine.rules.material import completions
from tests.classification.engine.builders import complete_facts

EACH = pytest.mark.parametrize("ruleset", RULESETS.values(), ids=RULESETS)


def test_only_the_reform_is_a_draft():
    assert [code for code, ruleset in RULESETS.items() if not ruleset.is_law] == ["EU-REFORM"]
    assert RULESETS["EU-REFORM"].state is State.DRAFT
    assert RULESETS["EU-REFORM"].note.startswith("Not yet law: provisional agreement of 11 December 2025")


@EACH
def test_a_rule_set_says_which_law_and_which_version(ruleset):
    assert RULESETS[ruleset.code] is ruleset
    assert ruleset.title
    assert ruleset.note.endswith(".")
    assert all(CITATIONS[citation.id] == citation for citation in ruleset.citations)


@EACH
def test_the_newest_change_is_the_version(ruleset):
    newest, *older = ruleset.changes
    assert (newest.version, newest.dated) == (ruleset.version, ruleset.dated)
    assert date.fromisoformat(ruleset.dated)
    assert all(change.dated < newest.dated for change in older)


def test_a_rule_set_as_plain_data():
    plain = RULESETS["EU-2009"].to_json()
    assert {key: plain[key] for key in ("code", "jurisdiction", "version", "dated", "state")} == {
        "code": "EU-2009",
        "jurisdiction": "EU",
        "version": "2026.11",
        "dated": "2026-11-25",
        "state": "in force",
    }
    assert plain["changes"] == [
        {
            "version": "2026.11",
            "dated": "2026-11-25",
            "what": "The first version that verdicts name; no class has changed by it.",
        }
    ]


@EACH
def test_every_station_is_reached_and_the_last_ones_end(ruleset):
    following = {way: set(station.next_ways) for way, station in ruleset.stations.items()}
    assert set().union(*following.values()) == set(ruleset.stations) - {ruleset.first}
    assert all(ruleset.later[way] == frozenset() for way, ways in following.items() if not ways)


@EACH
@settings(deadline=None)
@given(facts=complete_facts, data=st.data())
def test_answers_of_one_kind_are_alike_to_a_station(ruleset, facts, data):
    for way, alike in ruleset.alike_here.items():
        key = data.draw(st.sampled_from(sorted(alike)))
        answer = data.draw(st.sampled_from(completions(key)))
        here, like = [
            ruleset.stations[way].visit(Case({**facts.answers(), key: one}))
            for one in (answer, alike[key].stands_for[answer])
        ]
        assert here == like


@EACH
@settings(deadline=None)
@given(facts=complete_facts)
def test_stations_say_what_they_read_and_where_they_lead(ruleset, facts):
    place, asked = ruleset.first, set()
    while isinstance(place, Way):
        station = ruleset.stations[place]
        case = Case(facts.answers())
        _, leads_to = station.visit(case)
        assert set(case.asked) <= set(station.reads)
        assert isinstance(leads_to, Outcome) or leads_to in station.next_ways
        asked |= set(case.asked)
        place = leads_to
    assert asked <= ruleset.reads
