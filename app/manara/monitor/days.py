"""A history in days of the reader's calendar: midnights are local, so a day has 23, 24 or 25 hours. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from manara.model import OBSERVED, Span, Verdict

WORST_OF_DAY = (Verdict.DOWN, Verdict.DEGRADED, Verdict.MAINTENANCE, Verdict.UP)
"""What a day is remembered by, if there was any of it."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day, from `begin` up to `end` (aware UTC); the last one may not be over yet."""

    date: date
    begin: datetime
    end: datetime
    spent: Mapping[Verdict, timedelta] = field(default_factory=dict)
    """How long which verdict held, as far as anything is known."""

    @property
    def worst(self) -> Verdict:
        """The worst of the day; UNKNOWN where nothing was observed."""
        return next((verdict for verdict in WORST_OF_DAY if self.spent.get(verdict)), Verdict.UNKNOWN)

    @property
    def not_observed(self) -> timedelta:
        """How much of the day is not known."""
        return self.end - self.begin - sum(self.spent.values(), timedelta(0))


def days_until(end: datetime, zone: tzinfo | None, count: int) -> tuple[Day, ...]:
    """Return the last days up to a moment, nothing in them yet."""
    last = (end - timedelta(microseconds=1)).astimezone(zone).date()
    dates = [last - timedelta(days=back) for back in range(count - 1, -1, -1)]
    begins = [datetime.combine(each, time(), zone).astimezone(UTC) for each in dates]
    ends = [*begins[1:], end]
    # Islands that moved across the date line have left out a day.
    return tuple(Day(*day) for day in zip(dates, begins, ends, strict=True) if day[1] < day[2])


def with_spans(days: Sequence[Day], spans: Iterable[Span]) -> tuple[Day, ...]:
    """Return the days with what the spans tell of them."""
    begins = [day.begin for day in days]
    spent: list[dict[Verdict, timedelta]] = [{} for _ in days]
    for span in spans:
        if span.verdict not in OBSERVED:
            continue
        place = max(0, bisect_right(begins, span.begin) - 1)
        while place < len(days) and days[place].begin < span.end:
            length = min(span.end, days[place].end) - max(span.begin, days[place].begin)
            if length > timedelta(0):
                spent[place][span.verdict] = spent[place].get(span.verdict, timedelta(0)) + length
            place += 1
    return tuple(Day(day.date, day.begin, day.end, found) for day, found in zip(days, spent, strict=True))
