"""Verdicts a second on one core: answers never seen before (cold), and the same once more (warm).

Run it as `python -m benchmarks.classify_speed [number of answer sets]`. A verdict is all that the classify
command prints: class, path, flags, findings. Processor time is counted, so that other work does not.
"""

import random
import sys
import time
from collections.abc import Callable
from statistics import median

from classification.engine import CURRENT_RULESET, QUESTIONS, RULESETS, ProductFacts, classify, what_if
from classification.engine.facts import _ticks
from classification.engine.paths import _step
from classification.engine.questions import Kind
from classification.engine.reasoning import _ahead, _exits
from classification.engine.rules.engineering import _substantial
from classification.engine.rules.united_kingdom import _under_british_law

MIX = {"all answered": 0.0, "one in twenty unknown": 0.05, "one in five unknown": 0.2}
"""Each mix with the share of answers that are unknown."""

GOAL = 20_000
"""Whole verdicts a second from complete answers."""

WHAT_IF_GOAL = 20
"""Milliseconds for one table of everything that would have changed a verdict."""

TABLES = 500

NEARLY_EMPTY: tuple[dict[str, object], ...] = (
    {},
    {"is_medicine": "yes"},
    {"viable_cells": "yes"},
    {"active_part": ["viable_cells_or_tissue"]},
    {"is_medicine": "yes", "active_part": ["gm_cells"], "aims_at_sequence": "yes"},
    {"is_medicine": "yes", "viable_cells": "yes", "source": "autologous"},
    {"process_steps": ["cutting", "expansion", "enzymatic_dissociation", "other"], "aims_at_sequence": "yes"},
    {"is_medicine": "yes", "same_location": "no", "claimed_action": "both", "integral_device": "yes"},
    {
        "non_viable_role": "derivative",
        "property_altered": "no",
        "other_article": "no",
        "same_function": "yes",
    },
)
"""Sheets as they are when an interview has hardly begun: almost everything follows every possible answer."""

TRIES = 5
"""How often one table is measured where the slowest is looked for; the median counts."""


def drawn(count: int, unknown: float) -> list[ProductFacts]:
    """Different answer sets; the seed is fixed, so that runs can be compared."""
    chance = random.Random(20_260_401)  # noqa: S311 - answers to measure with, nothing secret
    found: dict[ProductFacts, None] = {}
    while len(found) < count:
        answers: dict[str, object] = {}
        for question in QUESTIONS:
            values = [choice.value for choice in question.choices]
            if question.key == "is_medicine":
                answers[question.key] = "yes"  # a "no" ends at once and would flatter the figure
            elif chance.random() >= unknown:
                is_list = question.kind is Kind.MULTI
                answers[question.key] = (
                    chance.sample(values, chance.randint(1, 3)) if is_list else chance.choice(values)
                )
        found[ProductFacts.from_exchange(answers)] = None
    return list(found)


def forget() -> None:
    """Empty every memory of the engine that grows with the answers it has seen."""
    for memory in (_ahead, _exits, _step, _ticks, _substantial, _under_british_law):
        memory.cache_clear()


def verdict(facts: ProductFacts) -> object:
    """A whole verdict as plain data."""
    return classify(facts).to_json()


def seconds(work: Callable[[ProductFacts], object], facts: list[ProductFacts]) -> float:
    """Processor time for one answer set, on average."""
    start = time.process_time()
    for one in facts:
        work(one)
    return (time.process_time() - start) / len(facts)


def cold_and_warm(work: Callable[[ProductFacts], object], facts: list[ProductFacts]) -> tuple[float, float]:
    """Processor time for one answer set, seen for the first time and seen again."""
    forget()
    return seconds(work, facts), seconds(work, facts)


def cold_table(facts: ProductFacts, ruleset: str) -> float:
    """Processor time of one what-if table, with every memory emptied before each try."""
    tries = []
    for _ in range(TRIES):
        forget()
        tries.append(seconds(lambda one: what_if(one, ruleset), [facts]))
    return median(tries)


def said(is_met: bool) -> str:
    """Whether a goal is met, in words."""
    return "met" if is_met else "NOT met"


def main() -> None:
    """Print the tables and whether the goals are met."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{count:,} different answer sets each; whole verdicts a second: path, flags and findings included")
    print(f"{'answers':24}{'verdict, cold':>16}{'verdict, warm':>16}")
    verdicts = []
    for name, unknown in MIX.items():
        cold, warm = cold_and_warm(verdict, drawn(count, unknown))
        verdicts.append(1 / cold)
        print(f"{name:24}{1 / cold:>16,.0f}{1 / warm:>16,.0f}")
    print(f"goal: {GOAL:,} from complete answers never seen before: {said(verdicts[0] >= GOAL)}")

    print(f"\n{TABLES} different answer sets each; milliseconds for one what-if table")
    print(f"{'answers':24}{'what-if, cold':>16}{'what-if, warm':>16}{'slowest, cold':>16}")
    tables = []
    for name, unknown in MIX.items():
        facts = drawn(TABLES, unknown)
        slowest = max(cold_table(one, CURRENT_RULESET) for one in facts)
        cold, warm, longest = [1000 * one for one in (*cold_and_warm(what_if, facts), slowest)]
        tables += [cold, warm, longest]
        print(f"{name:24}{cold:>16.2f}{warm:>16.2f}{longest:>16.2f}")

    print(f"\n{len(NEARLY_EMPTY)} nearly empty sheets; milliseconds for one what-if table, cold")
    print(f"{'rule set':24}{'nothing known':>16}{'slowest':>16}")
    for code in RULESETS:
        times = [1000 * cold_table(ProductFacts.from_exchange(sheet), code) for sheet in NEARLY_EMPTY]
        tables += times
        print(f"{code:24}{times[0]:>16.2f}{max(times):>16.2f}")
    print(f"goal: {WHAT_IF_GOAL} for any table, the slowest included: {said(max(tables) < WHAT_IF_GOAL)}")


if __name__ == "__main__":
    main()
