"""Reading measurements: a series with no more points than a chart has, and single looks one by one for exports.

The widest roll-up that still gives the wished number of points is used, so that the cost depends on the points and not
on the looks behind them. What is not summed up yet is added from the looks themselves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from manara.history.housekeeping import KEEP_MS
from manara.history.last_look import reason_of
from manara.history.moments import FOREVER, moment_of, ms_of
from manara.history.packing import PER_MS, unpacked_phases, unpacked_sums
from manara.history.reader import Reader
from manara.history.rollup import DAY_S, HOUR_S, MINUTE_S, Columns, Look, add_look, failures_of, summary_of
from manara.history.summary import Summary, phases_of
from manara.model import Bucket, CheckResult, Failure, Latency, Series, Timings, Window

MOST_SINGLE_LOOKS = 20_000
"""A stretch with more looks than this is never read look by look."""
_SUMMED_UP_FROM = 100
"""A summary of a whole window is made of at least so many parts, so that its edges are near those of the window."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One look as it was kept: its check, and the part of the result that the file has room for."""

    service_id: str
    check_type: str
    target: str
    result: CheckResult


@dataclass(frozen=True, slots=True)
class _Grid:
    """Buckets of equal width in milliseconds from `origin` up to `end`, where the last one is cut."""

    unit_s: int
    """Of the roll-up that they are made of; 0 for the looks themselves."""
    origin: int
    end: int
    width: int

    def place(self, at: int) -> int:
        return (at - self.origin) // self.width

    def place_of_row(self, row: "_Row") -> int:
        return (row[0] - self.origin) // self.width

    def bucket(self, place: int, summary: Summary) -> Bucket:
        begin = self.origin + place * self.width
        return summary.bucket(begin, min(begin + self.width, self.end))


def series(reader: Reader, service_id: str, window: Window, points: int) -> Series:
    """Return at most `points` buckets of the looks at a service; raise `UnknownToHistory`."""
    begin, until = ms_of(window.begin), ms_of(window.end)
    checks = _checks(reader, service_id)
    grid = _grid(reader, checks, begin, until, points)
    if grid.unit_s and grid.width == grid.unit_s * 1000 and len(checks) == 1:
        buckets = _ready_made(reader, checks[0], grid)
    else:
        summaries = _summaries(reader, checks, grid)
        buckets = [grid.bucket(place, summaries[place]) for place in sorted(summaries)]
    return Series(service_id, grid.width / 1000, tuple(buckets))


def latency(reader: Reader, service_id: str, window: Window) -> Latency | None:
    """Return how long answers took in a window; None if there were none. Raise `UnknownToHistory`."""
    begin, until = ms_of(window.begin), ms_of(window.end)
    checks = _checks(reader, service_id)
    grid = _grid(reader, checks, begin, until, _SUMMED_UP_FROM)
    whole = Summary()
    for summary in _summaries(reader, checks, grid).values():
        whole.add(summary)
    return whole.bucket(begin, until).latency


def looks(reader: Reader, service_id: str, window: Window) -> Iterator[Measured]:
    """Return the looks that are still kept one by one, check after check; not more than one is in memory."""
    begin, until = ms_of(window.begin), ms_of(window.end)
    rows = reader.connection.execute(
        "SELECT checks.type, checks.target, samples.at, samples.reason, samples.total, samples.phases "
        "FROM checks JOIN samples ON samples.check_id = checks.id "
        "WHERE checks.service_id = ? AND samples.at >= ? AND samples.at < ? ORDER BY checks.id, samples.at",
        (reader.number(service_id), begin, until),
    )
    for kind, target, *look in rows:
        yield Measured(service_id, kind, target, result_of(reader, (look[0], look[1], look[2], look[3])))


def result_of(reader: Reader, look: Look) -> CheckResult:
    """Return the result of which this was kept; details and facts are gone."""
    at, number, total, phases = look
    failure = Failure(reason_of(reader.words.word(abs(number))), excused=number < 0) if number else None
    spent = (None if each is None else each / PER_MS for each in (*unpacked_phases(phases), total))
    return CheckResult(moment_of(at), failure, Timings(*spent))


def _checks(reader: Reader, service_id: str) -> list[tuple[int, int]]:
    """Return the number of each check of a service, and until when its looks are in the roll-ups."""
    number = reader.number(service_id)
    return reader.connection.execute(
        "SELECT id, rolled_until FROM checks WHERE service_id = ? ORDER BY id", (number,)
    ).fetchall()


def _grid(reader: Reader, checks: Sequence[tuple[int, int]], begin: int, until: int, points: int) -> _Grid:
    unit_s = _unit_s(reader, checks, begin, until, (until - begin) / 1000 / points)
    if unit_s == 0:
        return _Grid(0, begin, until, -(-(until - begin) // points))
    unit = unit_s * 1000
    origin = begin // unit * unit
    units = -(-(until - origin) // unit)
    return _Grid(unit_s, origin, origin + units * unit, -(-units // points) * unit)


def _unit_s(reader: Reader, checks: Sequence[tuple[int, int]], begin: int, until: int, wished_s: float) -> int:
    """Return the unit of the roll-up to use, 0 for the looks themselves."""
    heard = reader.heard()
    now = until if heard is None else ms_of(heard)
    kept = [unit_s for unit_s in (DAY_S, HOUR_S, MINUTE_S) if begin >= now - KEEP_MS[unit_s]] or [DAY_S]
    fitting = [unit_s for unit_s in kept if unit_s <= wished_s]
    if fitting:
        return fitting[0]
    few = sum(_count(reader, check_id, begin, until) for check_id, _ in checks) <= MOST_SINGLE_LOOKS
    return 0 if few and all(_all_there(reader, check_id, begin, kept[-1]) for check_id, _ in checks) else kept[-1]


def _count(reader: Reader, check_id: int, begin: int, until: int) -> int:
    (count,) = reader.connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM samples WHERE check_id = ? AND at >= ? AND at < ? LIMIT ?)",
        (check_id, begin, until, MOST_SINGLE_LOOKS + 1),
    ).fetchone()
    return int(count)


def _all_there(reader: Reader, check_id: int, begin: int, unit_s: int) -> bool:
    """Return whether no look since `begin` was dropped yet: a roll-up that is kept longer has no row without looks."""
    unit = unit_s * 1000
    first = begin // unit
    (oldest,) = reader.connection.execute(
        "SELECT min(at) FROM samples WHERE check_id = ? AND at >= ?", (check_id, first * unit)
    ).fetchone()
    dropped = reader.connection.execute(
        "SELECT 1 FROM rollups WHERE check_id = ? AND unit = ? AND begin >= ? AND begin < ?",
        (check_id, unit_s, first, FOREVER if oldest is None else oldest // unit),
    ).fetchone()
    return dropped is None


_ROLLED = """
    SELECT begin * :unit_ms, p50, p90, p99, looks, failures, longest, bins, phases FROM rollups
    WHERE check_id = :check AND unit = :unit AND begin >= :first AND begin < :end ORDER BY begin
"""


_Row: TypeAlias = tuple[int, int | None, int | None, int | None, int, bytes | None, int, bytes, bytes]
"""Beginning in ms, three quantiles, and the columns of a summary."""


def _columns(row: _Row) -> Columns:
    return row[4], row[5], row[6], row[7], row[8]


def _rolled(reader: Reader, check_id: int, grid: _Grid) -> list[_Row]:
    unit_ms = grid.unit_s * 1000
    parameters = {
        "check": check_id,
        "unit": grid.unit_s,
        "unit_ms": unit_ms,
        "first": grid.origin // unit_ms,
        "end": grid.end // unit_ms,
    }
    return reader.connection.execute(_ROLLED, parameters).fetchall()


def _not_rolled(reader: Reader, check_id: int, begin: int, until: int) -> Iterator[Look]:
    return reader.connection.execute(
        "SELECT at, reason, total, phases FROM samples WHERE check_id = ? AND at >= ? AND at < ? ORDER BY at",
        (check_id, begin, until),
    )


def _summaries(reader: Reader, checks: Sequence[tuple[int, int]], grid: _Grid) -> dict[int, Summary]:
    """Return the summary of each bucket that is not empty, by its place."""
    summaries: dict[int, Summary] = {}
    for check_id, rolled_until in checks:
        begin = grid.origin
        if grid.unit_s:
            for place, rows in groupby(_rolled(reader, check_id, grid), grid.place_of_row):
                summary = summary_of(reader.words, *[_columns(row) for row in rows])
                if place in summaries:
                    summary.add(summaries[place])
                summaries[place] = summary
            begin = max(begin, rolled_until)
        for look in _not_rolled(reader, check_id, begin, grid.end):
            add_look(summaries.setdefault(grid.place(look[0]), Summary()), reader.words, look)
    return summaries


def _ready_made(reader: Reader, check: tuple[int, int], grid: _Grid) -> list[Bucket]:
    """Return a bucket for each row of the roll-up, which has its quantiles already."""
    check_id, rolled_until = check
    rest: dict[int, Summary] = {}
    for look in _not_rolled(reader, check_id, max(grid.origin, rolled_until), grid.end):
        add_look(rest.setdefault(grid.place(look[0]), Summary()), reader.words, look)
    buckets = []
    for row in _rolled(reader, check_id, grid):
        at, p50, p90, p99, looked, failures, longest, _, phases = row
        added = rest.pop(grid.place(at), None)
        if added is not None:
            added.add(summary_of(reader.words, _columns(row)))
            buckets.append(grid.bucket(grid.place(at), added))
            continue
        took = _latency(p50, p90, p99, longest)
        means = phases_of(unpacked_sums(phases))
        by_layer = failures_of(reader.words, failures)
        buckets.append(Bucket(moment_of(at), moment_of(at + grid.width), looked, took, by_layer, means))
    buckets += [grid.bucket(place, rest[place]) for place in sorted(rest)]
    return buckets


def _latency(*spent: int | None) -> Latency | None:
    known = [each / PER_MS for each in spent if each is not None]
    return Latency(*known) if len(known) == len(spent) else None
