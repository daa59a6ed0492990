"""The law of the United Kingdom: the rules of the EU, on the places where British law says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache, wraps

from classification.engine.citations import Citation, atmp_law, other_law, other_regions
from classification.engine.outcomes import Outcome
from classification.engine.rules.case import Case
from classification.engine.rules.europe import STATIONS
from classification.engine.rules.finding import Finding, Way
from classification.engine.rules.ruleset import Rule, Station

_INSTRUMENTS = {
    atmp_law.ATMP_REGULATION: other_regions.UK_DEFINITION,
    atmp_law.MEDICINES_ANNEX: other_regions.UK_DEFINITION,
    atmp_law.MEDICINES_CODE: other_regions.UK_MEDICINE,
    other_law.TISSUES_DIRECTIVE: other_regions.UK_TISSUE,
    other_law.BLOOD_DIRECTIVE: other_regions.UK_TISSUE,
    other_law.SOHO_REGULATION: other_regions.UK_TISSUE,
    other_law.DEVICE_REGULATION: other_regions.UK_DEVICE,
    other_law.ANIMAL_TISSUE_REGULATION: other_regions.UK_DEVICE,
}
"""For each instrument of the EU, the place in British law; guidance and literature speak for both."""

REGIMES: Mapping[Outcome, str] = {
    **dict.fromkeys(
        (
            *(Outcome.GTMP, Outcome.SCTMP, Outcome.TEP),
            *(Outcome.COMBINED_GTMP, Outcome.COMBINED_SCTMP, Outcome.COMBINED_TEP),
        ),
        "It is an ATMP, and on the market it needs an authorisation of the MHRA.",
    ),
    Outcome.DEVICE: "It is not an ATMP: the law on medical devices applies.",
    Outcome.TISSUE_CELL_SOHO: "It is not an ATMP: the law on human tissue applies, under the HTA.",
    Outcome.BLOOD: "It is not an ATMP: the law on blood applies.",
    Outcome.MICROBIOTA_SOHO: "It is not an ATMP: other law applies to microbiota.",
}


def british(citation: Citation) -> Citation:
    """The place in British law that says what a place in the law of the EU says."""
    return _INSTRUMENTS.get(citation.instrument, citation)


@lru_cache(maxsize=512)
def _under_british_law(finding: Finding) -> Finding:
    return replace(finding, citations=tuple(dict.fromkeys(map(british, finding.citations))))


@cache
def _resting_on_british_law(rule: Rule) -> Rule:
    @wraps(rule)
    def british_rule(case: Case) -> Finding | None:
        finding = rule(case)
        return None if finding is None else _under_british_law(finding)

    return british_rule


BRITISH_STATIONS: Mapping[Way, Station] = {
    way: replace(station, rules=tuple(_resting_on_british_law(rule) for rule in station.rules))
    for way, station in STATIONS.items()
}
