"""Where the axes have their marks: full hours and days of the reader's calendar, and round latencies. Pure.

Midnights are local, so between two of them lie 23, 24 or 25 hours; an hour that comes twice has its mark twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum
from math import floor, log10

from manara.model import Window
from manara.wording import Translator
from manara.wording.dates import day_of_month, month_word


class Unit(Enum):
    """What lies between two marks."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Step:
    """So many units from mark to mark; `length_s` is how long that takes about."""

    unit: Unit
    count: int
    length_s: float


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the time axis."""

    at: datetime
    text: str


_DAY_S = 86_400.0
_MONTH_S = 30.44 * _DAY_S
_STEPS = (
    *(Step(Unit.SECONDS, count, count) for count in (5, 10, 15, 30)),
    *(Step(Unit.MINUTES, count, 60.0 * count) for count in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)),
    *(Step(Unit.DAYS, count, _DAY_S * count) for count in (1, 2, 7, 14)),
    *(Step(Unit.MONTHS, count, _MONTH_S * count) for count in (1, 2, 3, 6, 12, 24)),
)
_MONTHS_OF_A_YEAR = 12


def step_for(window: Window, most: int) -> Step:
    """Return the smallest step that makes no more than so many marks."""
    wished_s = window.length.total_seconds() / max(1, most)
    return next((step for step in _STEPS if step.length_s >= wished_s), _STEPS[-1])


def time_ticks(tr: Translator, window: Window, zone: tzinfo | None, most: int) -> list[Tick]:
    """Return the marks of a window, at most about `most`, in the order of time."""
    step = step_for(window, most)
    return [Tick(at, _text(tr, at.astimezone(zone), step)) for at in _moments(window, zone, step)]


def latency_ticks(top_ms: float, most: int) -> list[float]:
    """Return round latencies from 0 up to `top_ms`, at most about `most` above 0 and at least one."""
    if top_ms <= 0:
        return [0.0]
    rough = top_ms / max(1, most)
    power: float = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    if step > top_ms:
        # A hair below a power of ten, the logarithm is rounded up to it.
        step = next(power * factor for factor in (5, 2, 1, 0.5) if power * factor <= top_ms)
    return [step * place for place in range(int(top_ms / step + 1e-9) + 1)]


def latency_text(tr: Translator, ms: float, step_ms: float) -> str:
    """Return the text of a mark on the latency axis; all marks of an axis have the same number of digits."""
    if ms == 0:
        return tr.number("0")
    if step_ms >= 500:
        digits = 0 if step_ms % 1000 == 0 else 1
        return tr("{n} s").format(n=tr.number(f"{ms / 1000:.{digits}f}"))
    digits = max(0, -floor(log10(step_ms) + 1e-9))
    return tr("{n} ms").format(n=tr.number(f"{ms:.{digits}f}"))


def _moments(window: Window, zone: tzinfo | None, step: Step) -> Iterator[datetime]:
    first = window.begin.astimezone(zone).replace(tzinfo=None)
    last = window.end.astimezone(zone).replace(tzinfo=None)
    found: set[datetime] = set()
    # Clocks are set back by an hour or two: marks that come twice lie behind the last wall time as well.
    for wall in _walls(first - timedelta(hours=3), last + timedelta(hours=3), step):
        for fold in (0, 1):
            at = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            exists = at.astimezone(zone).replace(tzinfo=None, fold=0) == wall
            if exists and window.begin <= at <= window.end:
                found.add(at)
    yield from sorted(found)


def _walls(first: datetime, last: datetime, step: Step) -> Iterator[datetime]:
    """Yield the round wall times between two, without a zone."""
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    match step.unit:
        case Unit.SECONDS | Unit.MINUTES:
            apart = timedelta(seconds=step.length_s)
            wall = midnight + ((first - midnight) // apart) * apart
        case Unit.DAYS:
            apart = timedelta(days=step.count)
            # Day 1 of the calendar was a Monday, and so are all steps of weeks.
            wall = midnight - timedelta(days=(midnight.toordinal() - 1) % step.count)
        case Unit.MONTHS:
            yield from _months(midnight, last, step.count)
            return
    while wall <= last:
        yield wall
        wall += apart


def _months(first: datetime, last: datetime, count: int) -> Iterator[datetime]:
    month = first.year * _MONTHS_OF_A_YEAR + first.month - 1
    month -= month % count
    while (wall := datetime(month // _MONTHS_OF_A_YEAR, month % _MONTHS_OF_A_YEAR + 1, 1)) <= last:  # noqa: DTZ001 - a wall time
        yield wall
        month += count


def _text(tr: Translator, local: datetime, step: Step) -> str:
    match step.unit:
        case Unit.SECONDS:
            return tr.number(f"{local:%H:%M:%S}")
        case Unit.MINUTES:
            begins_day = (local.hour, local.minute) == (0, 0)
            return day_of_month(tr, local) if begins_day else tr.number(f"{local:%H:%M}")
        case Unit.DAYS:
            return day_of_month(tr, local)
        case Unit.MONTHS:
            return tr.number(str(local.year)) if local.month == 1 else month_word(tr, local)
