"""Reading the timeline: spans, uptime, outages. Never writes, and never makes the writer wait.

A window is answered from what is on the disk, which is at most a flush older than what is believed.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from manara.history.last_look import cause_of, verdict_of
from manara.history.moments import moment_of, moment_or_none, ms_from, ms_of
from manara.history.outages import outages_of
from manara.history.store import OVERLAPPING_SPANS
from manara.history.timeline import Piece, Watch, filled, lay_over, within
from manara.history.words import Words
from manara.model import (
    OBSERVED,
    Circumstance,
    Label,
    Outage,
    Span,
    Uptime,
    Verdict,
    Window,
)

SILENT_AFTER = timedelta(seconds=15)
"""Somebody who was not heard for so long is not watching: who does is heard every second, and written every other."""


@dataclass(frozen=True, slots=True)
class Known:
    """A service of which there is a history."""

    service_id: str
    name: str
    first_seen: datetime | None


class UnknownToHistory(Exception):  # noqa: N818 - it names what happened
    """There is no history of a service of this id."""


class Reader:
    """Answers from one open file; raises `sqlite3.Error` when the file cannot be read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.words = Words(connection)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Read everything in the block as it is on the disk now, whatever is written meanwhile."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    def services(self) -> tuple[Known, ...]:
        """Return every service of which anything is known, in the order in which they came."""
        rows = self.connection.execute("SELECT id, service, name FROM services ORDER BY id").fetchall()
        return tuple(Known(service_id, name, self._first_seen(number)) for number, service_id, name in rows)

    @property
    def has_found_out(self) -> bool:
        """Whether anything was found out about any service; an older file has no room for it."""
        known = self.connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'found_out'").fetchone()
        return known is not None and self.connection.execute("SELECT 1 FROM found_out").fetchone() is not None

    @property
    def has_incidents(self) -> bool:
        """Whether the file has room for incidents; an older one has not."""
        known = self.connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'incidents'").fetchone()
        return known is not None

    def heard(self) -> datetime | None:
        """Return until when somebody is known to have been watching; None if nobody ever was."""
        row = self.connection.execute("SELECT until FROM watches ORDER BY id DESC LIMIT 1").fetchone()
        return moment_of(row[0]) if row else None

    def watching(self, now: datetime) -> bool:
        """Return whether somebody is watching at `now`: their watch has not ended, and they were heard just before."""
        row = self.connection.execute("SELECT until, ended FROM watches ORDER BY id DESC LIMIT 1").fetchone()
        # A killed process leaves its watch open.
        return row is not None and row[1] is None and abs(now - moment_of(row[0])) < SILENT_AFTER

    def number(self, service_id: str) -> int:
        """Return the number of a service in the file; raise `UnknownToHistory`."""
        row = self.connection.execute("SELECT id FROM services WHERE service = ?", (service_id,)).fetchone()
        if row is None:
            raise UnknownToHistory(service_id)
        return int(row[0])

    def spans(self, service_id: str, window: Window) -> tuple[Span, ...]:
        """Return the row of spans that makes up the window, without holes and overlaps."""
        begin, until = _whole_ms(window)
        return tuple(map(_span, self._filled(self.number(service_id), begin, until)))

    def uptime(self, service_id: str, window: Window) -> Uptime:
        """Return how the window was spent."""
        number = self.number(service_id)
        begin, until = _whole_ms(window)
        spent = dict.fromkeys(OBSERVED, 0)
        for piece in within(self._pieces(number, begin, until), begin, until):
            if piece.verdict in OBSERVED:
                spent[piece.verdict] += piece.until - piece.begin
        parts = {verdict: timedelta(milliseconds=ms) for verdict, ms in spent.items()}
        return Uptime(
            service_id,
            window,
            up=parts[Verdict.UP],
            degraded=parts[Verdict.DEGRADED],
            down=parts[Verdict.DOWN],
            maintenance=parts[Verdict.MAINTENANCE],
            not_observed=window.length - sum(parts.values(), timedelta(0)),
            first_seen=self._first_seen(number),
        )

    def uptimes(self, window: Window) -> tuple[Uptime, ...]:
        """Return how the window was spent by every service of which anything is known."""
        return tuple(self.uptime(known.service_id, window) for known in self.services())

    def outages(self, service_id: str, window: Window) -> tuple[Outage, ...]:
        """Return the outages that reach into the window, whole, oldest first."""
        number = self.number(service_id)
        begin, until = _whole_ms(window)
        found = outages_of(service_id, self._whole_outages(number, begin, until))
        return tuple(
            outage
            for outage in found
            if outage.began.by < window.end and (outage.ended is None or outage.ended.by > window.begin)
        )

    def labels(self, service_id: str) -> tuple[Label, ...]:
        """Return the user's words about a service, in the order in which they were said."""
        return tuple(label for label, _, _ in self._labels(self.number(service_id)))

    def _labels(self, number: int) -> list[tuple[Label, int, int]]:
        rows = self.connection.execute(
            "SELECT labels.id, service, begin, until, verdict, note FROM labels "
            "JOIN services ON services.id = service_id WHERE service_id = ? ORDER BY labels.id",
            (number,),
        )
        return [
            (
                Label(
                    label_id,
                    service_id,
                    Window(moment_of(begin), moment_of(until)),
                    verdict_of(self.words.word(verdict)),
                    note,
                ),
                begin,
                until,
            )
            for label_id, service_id, begin, until, verdict, note in rows
        ]

    def _pieces(self, number: int, begin: int, until: int) -> Sequence[Piece]:
        """Return the pieces that reach into a time, with the user's words laid over them."""
        overlap = {"service": number, "begin": begin, "until": until}
        pieces = [self._piece(*row) for row in self.connection.execute(OVERLAPPING_SPANS, overlap)]
        row = self.connection.execute(
            "SELECT begin, (SELECT max(until) FROM watches WHERE ended IS NULL), after, verdict, cause "
            "FROM open_spans WHERE service_id = ?",
            (number,),
        ).fetchone()
        if row is not None and row[1] is not None and row[0] < until:
            pieces = lay_over(pieces, self._piece(*row))
        for label, label_begin, label_until in self._labels(number):
            told = Piece(max(begin, label_begin), min(until, label_until), label.verdict, None, None, label)
            pieces = lay_over(pieces, told)
        return pieces

    def _piece(self, begin: int, until: int, after: int | None, verdict: int, cause: int | None) -> Piece:
        return Piece(begin, until, verdict_of(self.words.word(verdict)), cause_of(self.words.word(cause)), after)

    def _filled(self, number: int, begin: int, until: int) -> list[Piece]:
        return filled(self._pieces(number, begin, until), self._watches(begin, until), begin, until)

    def _watches(self, begin: int, until: int) -> list[Watch]:
        rows = self.connection.execute(
            "SELECT begin, until, ended FROM watches WHERE begin < :until "
            "AND begin >= ifnull((SELECT max(begin) FROM watches WHERE begin <= :begin), :begin) ORDER BY begin",
            {"begin": begin, "until": until},
        )
        return [Watch(since, heard, _circumstance(self.words.word(ended))) for since, heard, ended in rows]

    def _first_seen(self, number: int) -> datetime | None:
        (first,) = self.connection.execute(
            "SELECT min(begin) FROM (SELECT min(begin) AS begin FROM spans WHERE service_id = :number "
            "UNION ALL SELECT begin FROM open_spans WHERE service_id = :number)",
            {"number": number},
        ).fetchone()
        return moment_or_none(first)

    def _whole_outages(self, number: int, begin: int, until: int) -> list[Piece]:
        """Return the pieces of a time, and those before and after it that belong to the outages that reach into it."""
        edges = self.connection.execute(_EDGES, {"number": number}).fetchall()
        edges += [(told_begin, told_until) for _, told_begin, told_until in self._labels(number)]
        first = min((edge for edge, _ in edges), default=begin)
        last = max((edge for _, edge in edges), default=until)
        step = _WIDER_MS
        while True:
            pieces = self._filled(number, begin, until)
            if begin > first and not (pieces and _is_good(pieces[0])):
                begin -= step
            elif until < last and not (pieces and _is_good(pieces[-1])):
                until += step
            else:
                return pieces
            step *= 2


_WIDER_MS = 3_600_000
"""How far to look for the end of an outage at first; twice as far each time."""

_EDGES = """
    SELECT * FROM (SELECT begin, until FROM spans WHERE service_id = :number ORDER BY begin LIMIT 1)
    UNION ALL
    SELECT * FROM (SELECT begin, until FROM spans WHERE service_id = :number ORDER BY begin DESC LIMIT 1)
    UNION ALL
    SELECT begin, ifnull((SELECT max(until) FROM watches WHERE ended IS NULL), begin) FROM open_spans
    WHERE service_id = :number
"""
"""The first and the last of what is known of a service: outside of them it has no outages."""


def _is_good(piece: Piece) -> bool:
    """Return whether a piece ends an outage."""
    return piece.verdict in OBSERVED and piece.verdict is not Verdict.DOWN


def _whole_ms(window: Window) -> tuple[int, int]:
    """Return the part of a window that consists of whole milliseconds, so that no more is found in it than it has."""
    begin = ms_from(window.begin)
    return begin, max(begin, ms_of(window.end))


def _span(piece: Piece) -> Span:
    begin, until, verdict, cause, after, label = piece
    return Span(moment_of(begin), moment_of(until), verdict, cause, moment_or_none(after), label)


def _circumstance(word: str) -> Circumstance | None:
    cause = cause_of(word)
    return cause if isinstance(cause, Circumstance) else None
