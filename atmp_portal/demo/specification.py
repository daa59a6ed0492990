"""The specification of a demo product: the one place where its limits are written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from atmp_portal.demo.content import Table, table_of


@dataclass(frozen=True)
class Criterion:
    """One line of a specification. `stage` tells whether its result is known before the product is given."""

    key: str
    attribute: str
    name: str
    method: str
    limit: str
    duration: str
    stage: str = "before release"


@dataclass(frozen=True)
class Specification:
    """A numbered and dated set of criteria; `specification["viability"]` is one of them."""

    number: str
    version: int
    in_force: date
    tests: tuple[Criterion, ...]

    def __getitem__(self, key: str) -> Criterion:
        return next(test for test in self.tests if test.key == key)

    @property
    def pending(self) -> tuple[Criterion, ...]:
        """The tests whose result may arrive after release."""
        return tuple(test for test in self.tests if test.stage == "after release")

    def table(self, caption: str) -> Table:
        """The specification as section 3.2.P.5.1 shows it."""
        rows = ((test.attribute, test.name, test.method, test.limit, test.stage) for test in self.tests)
        head = ("Attribute", "Test", "Procedure", "Acceptance criterion", "Result known")
        return table_of(caption, head, rows, widths=(4, 6, 6, 6, 4))

    def limits(self, caption: str, keys: Iterable[str] = ()) -> Table:
        """Test and limit only, for summaries."""
        chosen = tuple(keys) or tuple(test.key for test in self.tests)
        rows = ((self[key].name, self[key].limit, self[key].duration) for key in chosen)
        return table_of(caption, ("Test", "Acceptance criterion", "Time to result"), rows, widths=(4, 4, 2))
