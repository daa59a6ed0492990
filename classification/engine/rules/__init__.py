"""Every set of rules by its code; the code says which law, the version of a set says which encoding of it."""

from __future__ import annotations

from collections.abc import Mapping

from classification.engine.rules.europe import EU_2009, EU_REFORM
from classification.engine.rules.regions import JP_PMD, UK_2012, US_FDA
from classification.engine.rules.ruleset import Change, Jurisdiction, RuleSet, State, Station

__all__ = ["RULESETS", "Change", "Jurisdiction", "RuleSet", "State", "Station"]

RULESETS: Mapping[str, RuleSet] = {
    ruleset.code: ruleset for ruleset in (EU_2009, EU_REFORM, US_FDA, UK_2012, JP_PMD)
}
"""The law of the EU in force first; a draft decides nothing and is used only where it is asked for."""
