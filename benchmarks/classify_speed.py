"""Verdicts per second on one core, with answers never seen before (cold) and the same once more (warm).

Run it as `python -m benchmarks.classify_speed [number of answer sets]`.
"""

import random
import sys
import time
from collections.abc import Callable

from classification.engine import QUESTIONS, ProductFacts, classify
from classification.engine.paths import _path
from classification.engine.questions import Kind
from classification.engine.reasoning import _ahead, _exits

MIX = {"all answered": 0.0, "one in twenty unknown": 0.05, "one in five unknown": 0.2}
"""Each mix with the share of answers that are unknown."""

GOAL = 20_000


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
    """Empty every memory of the engine."""
    for memory in (_ahead, _exits, _path):
        memory.cache_clear()


def per_second(work: Callable[[ProductFacts], object], facts: list[ProductFacts]) -> float:
    """How many answer sets are worked through in a second."""
    start = time.process_time()
    for one in facts:
        work(one)
    return len(facts) / (time.process_time() - start)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{count} different answer sets each; goal for complete answers: {GOAL:,} verdicts per second")
    print(
        f"{'answers':24}{'class, cold':>14}{'class, warm':>14}{'with path, cold':>18}{'with path, warm':>18}"
    )
    for name, unknown in MIX.items():
        facts = drawn(count, unknown)
        figures = []
        for work in (classify, lambda one: classify(one).to_json()):
            forget()
            figures += [per_second(work, facts), per_second(work, facts)]
        cold, warm, cold_path, warm_path = (f"{figure:,.0f}" for figure in figures)
        print(f"{name:24}{cold:>14}{warm:>14}{cold_path:>18}{warm_path:>18}")


if __name__ == "__main__":
    main()
