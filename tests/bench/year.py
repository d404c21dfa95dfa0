"""A year of a hundred services looked at every minute, as the history has it after housekeeping.

Rows are written by the product's own code. Where that would take minutes, a few hundred summaries made by it are
repeated: the rows have the same form and size, and their number is that of 52 million looks.
"""

import random
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fakes.checks import FakeCheck
from manara.history.batch import Batch, OpenSpan, Sample, check_keys
from manara.history.file import open_for_writing
from manara.history.moments import ms_of
from manara.history.packing import packed_bins, packed_numbers, packed_phases, packed_sums, tenths
from manara.history.rollup import DAY_S, HOUR_S, MINUTE_S, Look, add_look
from manara.history.store import Store
from manara.history.summary import Summary
from manara.history.timeline import Piece, Watch
from manara.model import Circumstance, Failure, Interval, Reason, Service, Timings, Transition, Verdict

SERVICES = 100
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAYS = 365
KEPT_DAYS = {MINUTE_S: 2, HOUR_S: 90, DAY_S: DAYS}
_POOL = 500
_HOUR_MS, _DAY_MS = HOUR_S * 1000, DAY_S * 1000
_NOW_MS = ms_of(NOW)


def services(number: int = SERVICES) -> tuple[Service, ...]:
    """The watched services, one check each."""
    return tuple(
        Service(f"s{each}", f"Service {each}", (FakeCheck(name=f"s{each}.example"),)) for each in range(number)
    )


def timings(chance: random.Random) -> Timings:
    """How long a look took that came through."""
    parts = [chance.lognormvariate(mean, 0.4) for mean in (1.5, 3.0, 3.6, 4.5)]
    return Timings(*parts, total_ms=sum(parts) + chance.uniform(0, 20))


def failure(chance: random.Random) -> Failure | None:
    """What went wrong with a look: nothing, as a rule."""
    reasons = (Reason.CONNECT_TIMEOUT, Reason.SERVER_ERROR, Reason.DNS_TIMEOUT)
    return Failure(chance.choice(reasons)) if chance.random() < 0.02 else None


def samples(chance: random.Random, rounds: int, begin_ms: int = _NOW_MS) -> Iterator[list[Sample]]:
    """Looks at all services in turn, a minute for each round, as they reach the disk."""
    keys = [check_keys(service)[0] for service in services()]
    for number in range(rounds):
        looks = []
        for position, key in enumerate(keys):
            took, went_wrong = timings(chance), failure(chance)
            at = begin_ms + number * 60_000 + position * 600 + chance.randrange(20)
            looks.append(Sample(key, at, went_wrong, tenths(took.total_ms), packed_phases(took)))
        yield looks


def make_year(path: Path, looks_days: float = 14) -> None:
    """Write the year; single looks only for so many days."""
    chance = random.Random(2021)
    with closing(open_for_writing(path)) as connection:
        store = Store(connection)
        for position, service in enumerate(services()):
            store.write(_spans_of(service, chance, with_watches=position == 0))
        with store.transaction():
            numbers = [store.check(check_keys(service)[0])[0] for service in services()]
            looks = _looks(store, chance)
            connection.executemany(
                "INSERT INTO samples VALUES (?, ?, ?, ?, ?)", _sample_rows(numbers, looks, looks_days)
            )
            for unit_s, days in KEPT_DAYS.items():
                pool = [_summed_up(store, chance.choices(looks, k=unit_s // MINUTE_S)) for _ in range(_POOL)]
                connection.executemany(
                    "INSERT INTO rollups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    _rollup_rows(numbers, pool, unit_s, days),
                )
            connection.execute("UPDATE checks SET rolled_until = ?", (_NOW_MS,))


def _spans_of(service: Service, chance: random.Random, *, with_watches: bool) -> Batch:
    """Days from 7 to 23 hours with a few outages, nights in which the computer sleeps."""
    batch = Batch(names={service.id: service.name})
    for day in range(DAYS):
        begin = _NOW_MS - (DAYS - day) * _DAY_MS - 5 * _HOUR_MS
        until = begin + 16 * _HOUR_MS
        if with_watches:
            batch.watches[begin] = Watch(begin, until, Circumstance.NOT_OBSERVED)
        at = begin
        for began in sorted(chance.randrange(begin, until - _HOUR_MS) for _ in range(_outages_today(chance))):
            if began > at:
                ended = began + chance.randrange(60_000, 1_800_000)
                cause = chance.choice((Reason.SERVER_ERROR, Reason.CONNECT_TIMEOUT, Reason.DNS_TIMEOUT))
                batch.closed.append((service.id, Piece(at, began, Verdict.UP, None)))
                batch.closed.append((service.id, Piece(began, ended, Verdict.DOWN, cause, began - 60_000)))
                batch.transitions.append(_transition(service, Verdict.UP, Verdict.DOWN, cause, began))
                batch.transitions.append(_transition(service, Verdict.DOWN, Verdict.UP, None, ended))
                at = ended
        batch.closed.append((service.id, Piece(at, until, Verdict.UP, None)))
    today = _NOW_MS - 5 * _HOUR_MS
    batch.opened[service.id] = OpenSpan(today, None, Verdict.UP, None, None, today)
    batch.watches[today] = Watch(today, _NOW_MS, None)
    return batch


def _outages_today(chance: random.Random) -> int:
    return chance.choices((0, 1, 2), (4, 3, 2))[0]


def _transition(service: Service, before: Verdict, after: Verdict, cause: Reason | None, at_ms: int) -> Transition:
    at = datetime.fromtimestamp(at_ms / 1000, UTC)
    return Transition(service.id, before, after, cause, Interval(at - timedelta(minutes=1), at))


def _looks(store: Store, chance: random.Random) -> list[Look]:
    looks: list[Look] = []
    for _ in range(4096):
        took, went_wrong = timings(chance), failure(chance)
        reason = None if went_wrong is None else store.words.number(went_wrong.reason)
        looks.append((0, reason, tenths(took.total_ms), packed_phases(took)))
    return looks


def _sample_rows(numbers: list[int], looks: list[Look], days: float) -> Iterator[tuple[int | bytes | None, ...]]:
    first = _NOW_MS - int(days * _DAY_MS)
    for position, number in enumerate(numbers):
        for place, at in enumerate(range(first, _NOW_MS, 60_000)):
            yield number, at + position * 600, *looks[(place * 7 + position) % len(looks)][1:]


def _summed_up(store: Store, looks: list[Look]) -> tuple[int | bytes | None, ...]:
    """The columns of a roll-up from `looks` on."""
    summary = Summary()
    for look in looks:
        add_look(summary, store.words, look)
    failures = [number for layer, count in summary.failures.items() for number in (store.words.number(layer), count)]
    return (
        summary.looks,
        packed_numbers(failures) if failures else None,
        *(summary.quantiles(0.5, 0.9, 0.99) if summary.bins else (None, None, None)),
        summary.longest,
        packed_bins(summary.bins),
        packed_sums(summary.phases),
    )


def _rollup_rows(
    numbers: list[int], pool: list[tuple[int | bytes | None, ...]], unit_s: int, days: int
) -> Iterator[tuple[int | bytes | None, ...]]:
    last = _NOW_MS // (unit_s * 1000)
    for number in numbers:
        for begin in range(last - days * DAY_S // unit_s, last):
            yield number, unit_s, begin, *pool[(begin * 7 + number) % len(pool)]
