"""What a person should look at in a specification: what does not fit the class or the claim."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dossiers.models import Product
from qc.families import FOREIGN, STANDS_FOR, Kind, expected_categories, kind_of
from qc.models import Specification, SpecificationTest
from qc.statuses import Category, SpecificationStatus


@dataclass(frozen=True)
class Caution:
    """Something in a specification that a person should look at before approving it."""

    title: str
    text: str


def cautions_about(specification: Specification, tests: Sequence[SpecificationTest]) -> list[Caution]:
    """Return what does not fit the class, what is missing for it, and what can never be known in time.

    Of a specification in force, only whether its potency tests still test what the product is claimed to do.
    """
    product = specification.product
    match specification.status:
        case SpecificationStatus.EFFECTIVE:
            return list(_potency_in_force(tests, product))
        case SpecificationStatus.DRAFT:
            pass
        case _:
            return []
    kind = kind_of(product)
    return [
        *_foreign(tests, kind),
        *_missing(tests, product, kind),
        *_potency(tests, product),
        *_too_slow(tests, specification.shelf_life_hours),
        *_lonely(tests),
    ]


def _foreign(tests: Sequence[SpecificationTest], kind: Kind) -> Iterable[Caution]:
    names = [test.name for test in tests if test.category in FOREIGN[kind]]
    if names:
        yield Caution(
            "Tests of another family",
            f"{_listed(names)}: not {'a test' if len(names) == 1 else 'tests'} of {kind.value}.",
        )


def _missing(tests: Sequence[SpecificationTest], product: Product, kind: Kind) -> Iterable[Caution]:
    there = {test.category for test in tests}
    missing = [
        _named(category, product)
        for category in expected_categories(product)
        if not there & STANDS_FOR.get(category, frozenset({category}))
    ]
    if missing:
        what = "an autologous product of living cells" if product.is_autologous else kind.value
        yield Caution("Missing for this class", f"For {what} one expects: {_listed(missing)}.")


def _named(category: Category, product: Product) -> str:
    """Name an attribute that is missing; of potency also what it has to test."""
    claimed = product.assessment.get_mechanism_display()
    if category is Category.POTENCY and claimed:
        return f"{category.label.lower()} (a functional test of the claim: {claimed.lower()})"
    return category.label.lower()


def _potency(tests: Sequence[SpecificationTest], product: Product) -> Iterable[Caution]:
    """Compare what the potency tests test with what the classification claims."""
    potency = [test for test in tests if test.category == Category.POTENCY]
    claimed, claim = product.mechanism, product.assessment.get_mechanism_display()
    named = [test for test in potency if test.mechanism]
    said = ", ".join(f"{test.name} tests: {test.get_mechanism_display().lower()}" for test in named)
    if not claimed:
        yield Caution(
            "The classification claims no mechanism",
            f"{product.assessment} does not say what {product} does, so nothing tells what potency must show."
            f"{f' {said}.' if said else ''}",
        )
    elif potency and not named:
        yield Caution(
            "No potency test for the claimed mechanism",
            f"{product.assessment} claims: {claim.lower()}. No potency test says that it tests this.",
        )
    elif named and claimed not in {test.mechanism for test in named}:
        yield Caution(
            "Potency of another mechanism than the classification claims",
            f"{said}. {product.assessment} claims: {claim.lower()}.",
        )


def _potency_in_force(tests: Sequence[SpecificationTest], product: Product) -> Iterable[Caution]:
    """Compare claim and tests once both are signed; where neither names a mechanism, nothing differs."""
    claim = product.assessment.get_mechanism_display().lower()
    if claim and not any(test.category == Category.POTENCY for test in tests):
        yield Caution(
            "No potency test for the claimed mechanism",
            f"{product.assessment} claims: {claim}. The specification has no potency test.",
        )
    elif claim or any(test.mechanism for test in tests):
        yield from _potency(tests, product)


def _too_slow(tests: Sequence[SpecificationTest], shelf_life_hours: int) -> Iterable[Caution]:
    slow = [
        f"{test.name} ({test.duration})"
        for test in tests
        if test.turnaround_hours >= shelf_life_hours and not test.may_follow_release
    ]
    if slow:
        yield Caution(
            "Known only after the shelf life",
            f"{_listed(slow)}: the product lives {shelf_life_hours} h. No lot can be released in time unless "
            "the result may follow release.",
        )


def _lonely(tests: Sequence[SpecificationTest]) -> Iterable[Caution]:
    groups = Counter(test.alternative for test in tests)
    lonely = [test.name for test in tests if test.alternative and groups[test.alternative] == 1]
    if lonely:
        yield Caution(
            "An alternative without its counterpart",
            f"{_listed(lonely)}: no other line carries the same letter, so it counts alone.",
        )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
