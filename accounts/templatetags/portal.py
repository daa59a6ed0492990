"""Small marks of every page: icons, states, scales, times and identifiers, each written in one way."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# A state has a tone; the tone has a mark and a colour. Done is quiet: grey, no colour.
MARKS = {
    "open": ("todo", "open"),
    "go": ("half", "go"),
    "ok": ("check", "ok"),
    "none": ("check", "none"),
    "warn": ("warn", "warn"),
    "stop": ("stop", "stop"),
    "paused": ("pause", "warn"),
    "locked": ("lock", "open"),
}
MESSAGE_TONES = {"error": "stop", "warning": "warn", "success": "ok", "info": "go"}
DAYS_THAT_WARN = 3
NEAREST_TICKS = 4.0


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a mark of the sprite; without a label it is decoration and screen readers pass over it."""
    href = f"{_sprite()}#i-{name}"
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', href)


@cache
def _sprite() -> str:
    """Look the address of the sprite up once; a page draws hundreds of icons from it."""
    return static("icons.svg")


@register.inclusion_tag("_status.html")
def status(tone: str, word: str, icon: str = "") -> dict[str, str]:
    """Say a state with its mark and its word; `icon` replaces the mark of the tone."""
    mark, colour = MARKS[tone]
    return {"mark": icon or mark, "colour": colour, "word": word}


@register.filter
def mark(tone: str) -> str:
    """Name the mark of a tone, a flag where the tone is none of ours."""
    return MARKS.get(tone, ("flag", ""))[0]


@register.filter
def message_tone(level_tag: str) -> str:
    """Translate a level of Django's messages into a tone."""
    return MESSAGE_TONES.get(level_tag, "")


@register.inclusion_tag("_scale.html")
def scale(
    done: float,
    of: float,
    label: str,
    ticks: Iterable[tuple[float, str]] = (),
    every: float = 0,
    tone: str = "",
) -> dict[str, object]:
    """Draw a ruler: short with quarters, or long with named ticks, small ones at `every`, and a pointer."""
    at = _percent(done, of)
    named = [(_percent(value, of), text, value == done) for value, text in ticks]
    if named and not any(is_now for _, _, is_now in named):
        named = [tick for tick in named if abs(tick[0] - at) >= NEAREST_TICKS]
        named.append((at, f"{done:g}", True))
    small = [_percent(step * every, of) for step in range(1, int(of / every) + 1)] if every else []
    return {
        "at": _css(at),
        "label": label,
        "tone": tone,
        "small": [_css(x) for x in small],
        "ticks": [(_css(x), text, is_now, _anchor(x)) for x, text, is_now in named],
    }


def _percent(value: float, of: float) -> float:
    return min(max(100 * value / of, 0.0), 100.0) if of else 0.0


def _anchor(percent: float) -> str:
    return "end" if percent > 97 else "mid" if percent > 3 else ""


def _css(percent: float) -> str:
    return f"{percent:.2f}%"


@register.filter
def instant(value: datetime | None) -> SafeString | str:
    """Write a moment in the site's zone, with UTC beside it unless that is the same."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    utc = value.astimezone(UTC)
    here = f"{_day(local)}, {local:%H:%M} {local:%Z}"
    attribute = f"{utc:%Y-%m-%dT%H:%M:%SZ}"
    if not local.utcoffset():
        return format_html('<time datetime="{}">{}</time>', attribute, here)
    there = f"{utc:%H:%M} UTC" if utc.date() == local.date() else f"{utc.day} {utc:%b}, {utc:%H:%M} UTC"
    return format_html('<time datetime="{}">{} <span class="utc">{}</span></time>', attribute, here, there)


@register.filter
def clock(value: datetime | None) -> str:
    """Write only the time of day of a moment, with its zone."""
    return f"{timezone.localtime(value):%H:%M %Z}" if value else ""


@register.filter
def day(value: date | None) -> str:
    """Write a day with the month in letters; of a moment, the day at the site."""
    if value is None:
        return ""
    return _day(timezone.localtime(value) if isinstance(value, datetime) else value)


@register.filter
def left(value: date | None) -> SafeString | str:
    """Say how far a day is off: quiet when far, amber when near, red when gone."""
    if value is None:
        return ""
    due = timezone.localtime(value).date() if isinstance(value, datetime) else value
    days = (due - timezone.localdate()).days
    if days > DAYS_THAT_WARN:
        return f"in {days} days"
    if days < 0:
        tone, words = "stop", f"{-days} day{'s' if days < -1 else ''} late"
    else:
        tone, words = "warn", "today" if days == 0 else f"in {days} day{'s' if days > 1 else ''}"
    return format_html('<span class="status status-{}">{}{}</span>', tone, icon(MARKS[tone][0]), words)


@register.filter
def hours(value: timedelta | None) -> str:
    """Write a length of time as hours and minutes, as labs and wards do."""
    if value is None:
        return ""
    minutes = int(abs(value).total_seconds() // 60)
    return f"{'−' if value < timedelta(0) else ''}{minutes // 60} h {minutes % 60:02d} min"


@register.simple_tag
def zone() -> str:
    """Name the zone in which times are shown, with its distance from UTC today."""
    now = timezone.localtime()
    name = timezone.get_current_timezone_name()
    minutes = int((now.utcoffset() or timedelta(0)).total_seconds() // 60)
    if not minutes:
        return name
    sign, size = ("+" if minutes > 0 else "−"), abs(minutes)
    distance = f"UTC{sign}{size // 60}" + (f":{size % 60:02d}" if size % 60 else "")
    return f"{name} ({now:%Z}, {distance})"


@register.filter
def short_hash(value: str | None) -> str:
    """Show the first eight characters of a checksum in two groups, enough to compare by eye."""
    return f"{value[:4]} {value[4:8]}" if value else ""


@register.filter
def ident(value: object) -> SafeString:
    """Write an identifier that is never broken, with a button to copy it where scripts run."""
    return format_html(
        '<span class="ident">{0}</span>'
        '<button class="copy" type="button" data-copy="{0}" aria-label="Copy {0}">{1}</button>',
        value,
        icon("copy"),
    )


@register.filter
def elided(page: Page[object]) -> Iterator[int | str]:
    """List the page numbers around this one, with gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def focus_id(field: BoundField) -> str:
    """Name the control to which a link in the error summary leads: of a group, its first choice."""
    return field.id_for_label or (field.subwidgets[0].id_for_label if field.subwidgets else field.auto_id)


def _day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"
