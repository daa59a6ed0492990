"""The race of shelf life against tests, as rows of bars on one axis: hours to 72 h, a break, then days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import ceil

from qc.models import Result
from qc.standing import LotStanding, Standing, at_site
from qc.statuses import Conclusion

HOURS, DAYS_FROM_X, BREAK_X, HOURS_TO_X = 72, 64.0, 62.0, 60.0
LEAST_DAYS, NARROWEST = 28, 0.5
NEAR = 8.0


@dataclass(frozen=True)
class Axis:
    """Where an hour after manufacture lies, in percent of the width."""

    last_day: int

    def x(self, hours: float) -> float:
        """Place an hour; what lies beyond the axis stands at its end."""
        if hours <= HOURS:
            return max(hours, 0) / HOURS * HOURS_TO_X
        return min(DAYS_FROM_X + (hours / 24 - 3) / (self.last_day - 3) * (100 - DAYS_FROM_X), 100)

    def holds(self, hours: float) -> bool:
        """Whether an hour lies on the axis."""
        return hours <= self.last_day * 24

    def spans(self, start: float, end: float) -> list[tuple[float, float]]:
        """Return x and width of a bar between two hours, in two pieces when it crosses the break."""
        pieces = []
        if start < HOURS:
            pieces.append((self.x(start), self.x(min(end, HOURS))))
        if end > HOURS:
            pieces.append((max(DAYS_FROM_X, self.x(max(start, HOURS))), self.x(end)))
        return [(left, max(right - left, NARROWEST)) for left, right in pieces]


@dataclass(frozen=True)
class Tick:
    """A line of the axis with its text; a minor one is left out on a phone."""

    x: str
    text: str
    anchor: str
    is_minor: bool


@dataclass(frozen=True)
class Bar:
    """A piece of a bar: where, how wide, and what it means."""

    x: str
    width: str
    kind: str


@dataclass(frozen=True)
class Dot:
    """A read of a running test: made, failing or still to come."""

    x: str
    kind: str


@dataclass(frozen=True)
class Row:
    """One line of the race; `next` says in words what the bar shows."""

    name: str
    duration: str
    bars: list[Bar]
    dots: list[Dot]
    label: str
    next: str
    tone: str = ""


@dataclass(frozen=True)
class Race:
    """The whole picture, ready to draw."""

    ticks: list[Tick]
    lines: list[str]
    now: str
    now_anchor: str
    expiry: str
    expiry_anchor: str
    break_at: str
    shelf_life: Row
    rows: list[Row]
    since: str


def race_of(standing: LotStanding, now: datetime) -> Race:
    """Lay out the shelf life and every test of a lot on one axis."""
    lot = standing.lot
    longest = max((float(each.test.turnaround_hours) for each in standing.standings), default=0)
    axis = Axis(max(LEAST_DAYS, ceil(longest / 24 / 7) * 7))
    since = (now - lot.manufactured_at).total_seconds() / 3600
    life = lot.shelf_life.total_seconds() / 3600
    now_x, expiry_x = axis.x(since), axis.x(life)
    meets = abs(now_x - expiry_x) < NEAR and axis.holds(life)
    return Race(
        ticks=_ticks(axis),
        lines=[_css(axis.x(hours)) for hours in (*range(0, HOURS, 12), *_day_hours(axis))],
        now=_css(now_x) if axis.holds(since) else "",
        now_anchor=("end" if now_x <= expiry_x else "") if meets else _anchor(now_x),
        expiry=_css(expiry_x) if axis.holds(life) else "",
        expiry_anchor=("" if now_x <= expiry_x else "end") if meets else _anchor(expiry_x),
        break_at=_css(BREAK_X),
        shelf_life=_shelf_life(axis, since, life, lot.specification.storage),
        rows=[_row(axis, group, now) for group in _groups(standing.standings)],
        since=f"{since:.0f} h" if since <= HOURS else f"{since / 24:.0f} d",
    )


def _day_hours(axis: Axis) -> range:
    step = 7 if axis.last_day <= 42 else 14
    return range(step * 24, axis.last_day * 24 + 1, step * 24)


def _ticks(axis: Axis) -> list[Tick]:
    hours = [Tick(_css(axis.x(h)), f"{h} h", "mid" if h else "", h % 24 == 12) for h in range(0, HOURS, 12)]
    last = Tick(_css(HOURS_TO_X - 0.4), f"{HOURS} h", "end", is_minor=False)
    days = [
        Tick(_css(axis.x(h)), f"day {h // 24}", "end" if axis.x(h) >= 99 else "mid", i % 2 == 0)
        for i, h in enumerate(_day_hours(axis))
    ]
    return [*hours, last, *days]


def _shelf_life(axis: Axis, since: float, life: float, storage: str) -> Row:
    used = min(since, life)
    bars = [Bar(_css(x), _css(w), "b-life") for x, w in axis.spans(0, used)]
    if used < life:
        bars += [Bar(_css(x), _css(w), "b-left") for x, w in axis.spans(used, life)]
    label = f"Shelf life {life:.0f} hours, {used:.0f} used"
    duration = f"{life:.0f} h" if life <= HOURS or life % 24 else f"{life / 24:.0f} d"
    over = "Over" if since >= life else f"{life - since:.0f} h left"
    return Row("Shelf life", f"{duration}, {storage}" if storage else duration, bars, [], label, over)


def _groups(standings: Iterable[Standing]) -> list[list[Standing]]:
    """Sort by duration; tests that took equally long, comply and had no reads share a line."""
    ordered = sorted(standings, key=lambda each: each.test.turnaround_hours)

    def line(each: Standing) -> tuple[object, ...]:
        quiet = each.conclusion == Conclusion.COMPLIES and not each.test.scheduled_reads
        return (each.test.turnaround_hours, None if quiet else each.test.pk)

    return [list(group) for _, group in groupby(sorted(ordered, key=_quiet_first), key=line)]


def _quiet_first(each: Standing) -> tuple[object, ...]:
    quiet = each.conclusion == Conclusion.COMPLIES and not each.test.scheduled_reads
    return (each.test.turnaround_hours, not quiet, each.test.position)


def _row(axis: Axis, group: Sequence[Standing], now: datetime) -> Row:
    first = group[0]
    names = [each.test.name for each in group]
    name = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    tone, words = _next(group, now)
    return Row(
        name,
        first.test.duration,
        _bars(axis, first),
        _dots(axis, first),
        f"{', '.join(names)}: {first.test.duration}, {words}",
        words,
        tone,
    )


def _next(group: Sequence[Standing], now: datetime) -> tuple[str, str]:
    """Say what a line shows: the result, or what the running test waits for; with a tone when it hurts."""
    first = group[0]
    if len(group) > 1:
        return "", "Complies" if all(each.is_met for each in group) else "Complies, to be checked"
    if first.failing is not None:
        day = f", day {first.failing.read_on_day}" if first.failing.read_on_day else ""
        return "stop", f"{_with_unit(first.failing)}{day}"
    if first.final is not None:
        return "", _with_unit(first.final)
    missing, end = first.missing_read(now), at_site(first.due_at)
    if missing is not None:
        return "warn", f"Read of day {missing} is missing"
    if first.due_at < now:
        return "warn", f"Due since {end.day} {end:%b, %H:%M}"
    upcoming = first.next_read()
    if upcoming is not None:
        read = at_site(upcoming[1])
        return "", f"Read {read.day} {read:%b}, final {end.day} {end:%b}"
    if first.test.turnaround_hours <= HOURS:
        return "", f"Due {end.day} {end:%b, %H:%M %Z}"
    return "", f"Final {end.day} {end:%b %Y}"


def _with_unit(result: Result) -> str:
    words = f"{result.shown} {result.test.unit}".strip()
    return f"{words[0].upper()}{words[1:]}"


def _bars(axis: Axis, standing: Standing) -> list[Bar]:
    end, failing = float(standing.test.turnaround_hours), standing.failing
    if failing is not None:
        until = min(_hours_of_failure(failing), end)
        pieces = [(0.0, until, "b-done" if standing.reads else "b-bad"), (until, end, "b-run")]
    elif standing.conclusion == Conclusion.COMPLIES:
        pieces = [(0.0, end, "b-done")]
    else:
        pieces = [(0.0, end, "b-run")]
    return [
        Bar(_css(x), _css(w), kind)
        for start, stop, kind in pieces
        if stop > start
        for x, w in axis.spans(start, stop)
    ]


def _hours_of_failure(row: Result) -> float:
    if row.read_on_day:
        return row.read_on_day * 24.0
    return max((row.entered_at - row.lot.manufactured_at).total_seconds() / 3600, 0.5)


def _dots(axis: Axis, standing: Standing) -> list[Dot]:
    made = {read.read_on_day or 0: read for read in standing.reads}
    is_over = standing.final is not None
    dots = []
    for day in sorted({*standing.test.scheduled_reads, *made}):
        read = made.get(day)
        if read is None:
            kind = "" if not is_over else None
        else:
            kind = "dot-bad" if read.conclusion == Conclusion.OOS else "dot-ok"
        if kind is not None and axis.holds(day * 24):
            dots.append(Dot(_css(axis.x(day * 24)), kind))
    failing = standing.failing
    if failing is not None and failing.is_final and standing.test.scheduled_reads:
        dots.append(Dot(_css(axis.x(_hours_of_failure(failing))), "dot-bad"))
    return dots


def _anchor(percent: float) -> str:
    return "end" if percent > 97 else "mid" if percent > 3 else ""


def _css(percent: float) -> str:
    return f"{percent:.2f}%"
