"""The last hours of one service's latency in a few columns, for the small line on a tile. Pure."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from manara.model import CheckResult, Outcome, Series

COLUMNS = 36
WIDTH = timedelta(minutes=5)
LENGTH = COLUMNS * WIDTH
"""How far back the small line reaches."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Trend:
    """Mean latency in ms by column of time; a column without an answer has none, and that is a gap."""

    _sums: dict[int, tuple[float, int]] = field(default_factory=dict)
    _made: tuple[int, tuple[float | None, ...]] | None = field(default=None, compare=False)
    """The columns as they were asked for last, by their last one: a tile asks at every frame."""

    def take_series(self, series: Series) -> None:
        """Take over what was measured before this start."""
        for bucket in series.buckets:
            if bucket.latency is not None and bucket.begin > series.buckets[-1].begin - LENGTH:
                self._add(bucket.begin, bucket.latency.p50_ms)

    def take_result(self, result: CheckResult) -> None:
        """Take over one look."""
        total_ms = result.timings.total_ms
        if result.outcome in (Outcome.OK, Outcome.DEGRADED) and total_ms is not None:
            self._add(result.at, total_ms)

    def columns(self, now: datetime) -> tuple[float | None, ...]:
        """Return the latency of each column up to the one of `now`, oldest first."""
        last = _column(now)
        if self._made is None or self._made[0] != last:
            self._made = last, tuple(map(self._mean, range(last - COLUMNS + 1, last + 1)))
        return self._made[1]

    def _mean(self, column: int) -> float | None:
        total, count = self._sums.get(column, (0.0, 0))
        return total / count if count else None

    def _add(self, at: datetime, ms: float) -> None:
        self._made = None
        column = _column(at)
        total, count = self._sums.get(column, (0.0, 0))
        self._sums[column] = (total + ms, count + 1)
        if len(self._sums) > 2 * COLUMNS:
            # What came first goes first: after the clock was set back that is not the oldest.
            for old in list(self._sums)[:COLUMNS]:
                del self._sums[old]


def _column(at: datetime) -> int:
    return (at - _EPOCH) // WIDTH
