"""Roll-ups: looks summed up by minute, hour and day (UTC), each look once.

Looks are added in the order of time, and `checks.rolled_until` moves on in the same transaction: an interruption loses
nothing and counts nothing twice. A look that comes late, by a slow server or a clock set back, is added by itself.
"""

import sqlite3
from collections.abc import Iterable
from typing import TypeAlias

from manara.history.last_look import reason_of
from manara.history.packing import (
    packed_bins,
    packed_numbers,
    packed_sums,
    unpacked_bins,
    unpacked_numbers,
    unpacked_phases,
    unpacked_sums,
)
from manara.history.summary import Summary
from manara.history.words import Words
from manara.model import Layer, Outcome

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
UNITS_S = (MINUTE_S, HOUR_S, DAY_S)

Look: TypeAlias = tuple[int, int | None, int | None, bytes | None]
"""When it began, reason, total, phases: as in `samples`."""

Columns: TypeAlias = tuple[int, bytes | None, int, bytes, bytes]
"""The columns of `rollups` that make up a summary: looks, failures, longest, bins, phases."""


def add_to_rollups(connection: sqlite3.Connection, words: Words, check_id: int, looks: Iterable[Look]) -> None:
    """Add looks at one check to the minutes, hours and days in which they began."""
    minutes: dict[int, Summary] = {}
    for look in looks:
        add_look(minutes.setdefault(look[0] // (MINUTE_S * 1000), Summary()), words, look)
    for unit_s in UNITS_S:
        wider: dict[int, Summary] = {}
        for minute, summary in minutes.items():
            wider.setdefault(minute * MINUTE_S // unit_s, Summary()).add(summary)
        for begin, summary in wider.items():
            _add_to_row(connection, words, (check_id, unit_s, begin), summary)


def add_look(summary: Summary, words: Words, look: Look) -> None:
    """Add one look as it stands in `samples`."""
    _, number, total, phases = look
    # Excused failures have negative numbers.
    reason = reason_of(words.word(number)) if number is not None and number > 0 else None
    if reason is not None and reason.outcome is not Outcome.DEGRADED:
        summary.add_failure(reason.layer)
    elif total is None:
        summary.looks += 1
    else:
        summary.add_answer(total, unpacked_phases(phases))


def summary_of(words: Words, *rows: Columns) -> Summary:
    """Return the summary of all looks in some rows, one at least: their packed columns are summed up as one text."""
    looks, failures, longest, bins, phases = zip(*rows, strict=True)
    return Summary(
        sum(looks),
        failures_of(words, b"".join(filter(None, failures))),
        unpacked_bins(b"".join(bins)),
        max(longest),
        list(map(sum, zip(*map(unpacked_sums, phases), strict=True))),
    )


def failures_of(words: Words, packed: bytes | None) -> dict[Layer, int]:
    """Return the number of failures by layer that a row holds, or several rows one after the other."""
    failures: dict[Layer, int] = {}
    if not packed:
        return failures
    pairs = unpacked_numbers(packed)
    for number, count in zip(pairs[::2], pairs[1::2], strict=True):
        layer = _LAYERS.get(words.word(number), Layer.LOCAL)
        failures[layer] = failures.get(layer, 0) + count
    return failures


_LAYERS = {layer.value: layer for layer in Layer}
"""A layer that only a later version knows is that of this computer."""


def _add_to_row(connection: sqlite3.Connection, words: Words, place: tuple[int, int, int], summary: Summary) -> None:
    before = connection.execute(
        "SELECT looks, failures, longest, bins, phases FROM rollups WHERE (check_id, unit, begin) = (?, ?, ?)", place
    ).fetchone()
    if before is not None:
        summary.add(summary_of(words, before))
    failures = [number for layer, count in summary.failures.items() for number in (words.number(layer), count)]
    row = (
        *place,
        summary.looks,
        packed_numbers(failures) if failures else None,
        *(summary.quantiles(0.5, 0.9, 0.99) if summary.bins else (None, None, None)),
        summary.longest,
        packed_bins(summary.bins),
        packed_sums(summary.phases),
    )
    connection.execute("INSERT OR REPLACE INTO rollups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
