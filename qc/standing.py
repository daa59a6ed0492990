"""Where a lot stands: every test of its specification with the results that count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from qc.models import Lot, Result, SpecificationTest
from qc.statuses import Conclusion


@dataclass(frozen=True)
class Standing:
    """One test of a lot: its final result if it has one, the reads on the way, and what was taken back."""

    lot: Lot
    test: SpecificationTest
    final: Result | None
    reads: tuple[Result, ...]
    invalidated: tuple[Result, ...]

    @property
    def conclusion(self) -> Conclusion:
        """What is known of the test; a failing read fails it before its end."""
        if self.failing:
            return Conclusion.OOS
        return Conclusion(self.final.conclusion) if self.final else Conclusion.PENDING

    @property
    def failing(self) -> Result | None:
        """The first result that fails, final or on the way."""
        rows = [*self.reads, *([self.final] if self.final else [])]
        return next((row for row in rows if row.conclusion == Conclusion.OOS), None)

    @property
    def last_read(self) -> Result | None:
        """The latest read of the running test."""
        return self.reads[-1] if self.reads else None

    @property
    def latest(self) -> Result | None:
        """The result that speaks for the test: the final one, else the latest read."""
        return self.final or self.last_read

    @property
    def is_met(self) -> bool:
        """Whether a final result complies and a second person has checked it."""
        return self.conclusion == Conclusion.COMPLIES and self.final is not None and self.final.is_checked

    @property
    def due_at(self) -> datetime:
        """When the final result is due."""
        return self.lot.manufactured_at + self.test.turnaround

    def missing_read(self, now: datetime) -> int | None:
        """Return the latest scheduled day that has come without a read on it or after it."""
        due = [day for day in self.test.scheduled_reads if self._moment(day) <= now]
        read_to = max([0, *(read.read_on_day or 0 for read in self.reads)])
        return due[-1] if due and due[-1] > read_to else None

    def next_read(self) -> tuple[int, datetime] | None:
        """Return day and moment of the first scheduled read that is still to be made."""
        read_to = max([0, *(read.read_on_day or 0 for read in self.reads)])
        return next(((day, self._moment(day)) for day in self.test.scheduled_reads if day > read_to), None)

    def _moment(self, day: int) -> datetime:
        return self.lot.manufactured_at + timedelta(days=day)

    @property
    def why_not_complete(self) -> str:
        """Name what is missing until the test is final, complies and was checked; empty when nothing is."""
        name = self.test.name
        match self.conclusion:
            case Conclusion.OOS:
                return f"{name} is out of specification"
            case Conclusion.INDETERMINATE:
                return f"{name} is to be judged by a person"
            case Conclusion.PENDING:
                return f"{name} has no final result"
            case _:
                return "" if self.is_met else f"{name} was not checked by a second person"


@dataclass(frozen=True)
class Requirement:
    """A test, or several that stand for each other: one that complies is enough."""

    standings: tuple[Standing, ...]

    @property
    def is_met(self) -> bool:
        """Whether one of them is final, complies and was checked."""
        return any(standing.is_met for standing in self.standings)

    @property
    def is_failed(self) -> bool:
        """Whether none of them can comply any more."""
        return all(standing.conclusion == Conclusion.OOS for standing in self.standings)

    @property
    def waiting(self) -> tuple[Standing, ...]:
        """The tests that still run, when the requirement is not met without them."""
        if any(standing.conclusion == Conclusion.COMPLIES for standing in self.standings):
            return ()
        return tuple(s for s in self.standings if s.conclusion == Conclusion.PENDING)

    @property
    def may_wait(self) -> bool:
        """Whether the lot may be released while it is open: something still runs that may follow release."""
        return any(standing.test.may_follow_release for standing in self.waiting)

    @property
    def why_not_met(self) -> str:
        """Name what is missing, of alternatives the one that is furthest; empty when nothing is."""
        if self.is_met:
            return ""
        order = [Conclusion.COMPLIES, Conclusion.PENDING, Conclusion.INDETERMINATE, Conclusion.OOS]
        return min(self.standings, key=lambda s: order.index(s.conclusion)).why_not_complete


@dataclass(frozen=True)
class LotStanding:
    """A lot with all its tests."""

    lot: Lot
    standings: tuple[Standing, ...]

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The tests, those that stand for each other together, in the order of the specification."""
        together: dict[str, list[Standing]] = {}
        for standing in self.standings:
            key = standing.test.alternative and f"alternative {standing.test.alternative}"
            together.setdefault(key or str(standing.test.pk), []).append(standing)
        return tuple(Requirement(tuple(group)) for group in together.values())

    @property
    def pending(self) -> tuple[Standing, ...]:
        """The tests whose result is awaited and matters."""
        return tuple(standing for requirement in self.requirements for standing in requirement.waiting)

    @property
    def failed(self) -> tuple[Requirement, ...]:
        """The requirements that the lot fails."""
        return tuple(requirement for requirement in self.requirements if requirement.is_failed)

    @property
    def met_count(self) -> int:
        """How many requirements are met."""
        return sum(requirement.is_met for requirement in self.requirements)

    @property
    def results(self) -> Iterable[Result]:
        """Every result, those taken back included."""
        for standing in self.standings:
            yield from standing.invalidated
            yield from standing.reads
            if standing.final:
                yield standing.final

    @property
    def unchecked(self) -> list[Result]:
        """The results that wait for a second person, oldest first."""
        waiting = [row for row in self.results if row.counts and not row.is_checked]
        return sorted(waiting, key=lambda row: row.entered_at)

    def people(self) -> set[UUID]:
        """Return the keys of everybody who tested or checked anything in this lot."""
        rows = list(self.results)
        checkers = {row.reviewed_by_id for row in rows if row.reviewed_by_id is not None}
        return checkers | {row.analyst_id for row in rows}


def with_results(lots: QuerySet[Lot]) -> QuerySet[Lot]:
    """Fetch lots with their tests and results in a fixed number of queries."""
    rows = Result.objects.select_related("analyst", "reviewed_by", "superseded_by__analyst").order_by(
        "entered_at"
    )
    return lots.select_related(
        "product__assessment", "specification", "organisation", "submitted_by", "released_by", "finalised_by"
    ).prefetch_related("specification__tests", Prefetch("results", queryset=rows))


def standing_of(lot: Lot) -> LotStanding:
    """Put a lot's results beside the tests of its own specification."""
    by_test: dict[object, list[Result]] = {}
    for row in lot.results.all():
        by_test.setdefault(row.test_id, []).append(row)
    return LotStanding(
        lot, tuple(_standing(lot, test, by_test.get(test.pk, [])) for test in lot.specification.tests.all())
    )


def _standing(lot: Lot, test: SpecificationTest, rows: Sequence[Result]) -> Standing:
    for row in rows:
        row.lot, row.test = lot, test
    counting = [row for row in rows if row.counts]
    reads = sorted((row for row in counting if not row.is_final), key=lambda row: row.read_on_day or 0)
    return Standing(
        lot,
        test,
        final=next((row for row in counting if row.is_final), None),
        reads=tuple(reads),
        invalidated=tuple(row for row in rows if not row.counts),
    )


def fresh_standing(lot: Lot) -> LotStanding:
    """Read a lot's tests and results from the database as they are now."""
    return standing_of(with_results(Lot.objects.all()).get(pk=lot.pk))


def site_time(moment: datetime) -> str:
    """Write a moment in the zone of the site, for sentences."""
    local = at_site(moment)
    return f"{local.day} {local:%b %Y, %H:%M %Z}"


def at_site(moment: datetime) -> datetime:
    """Return a moment in the zone of the site, whoever asks: a page, a worker or a command."""
    return timezone.localtime(moment, ZoneInfo(settings.SITE_TIME_ZONE))
