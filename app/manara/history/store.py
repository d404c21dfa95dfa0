"""Writing: a batch becomes rows, all of them in one transaction. Used by the one thread that writes."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import starmap
from typing import NamedTuple, TypeAlias

from manara.history.batch import Batch, CheckKey, Sample
from manara.history.last_look import document_of
from manara.history.line_text import line_text
from manara.history.moments import ms_from, ms_of, ms_or_none
from manara.history.rollup import add_to_rollups
from manara.history.timeline import Piece, without
from manara.history.words import Words
from manara.loading import load
from manara.model import Circumstance, Line, Transition, Verdict, Window

_LONGEST_FACT = 20_000


class Store:
    """One open file, for writing. Raises `sqlite3.Error` with nothing of a batch written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.words = Words(connection)
        self._services: dict[str, int] = {}
        self._checks: dict[CheckKey, tuple[int, int]] = {}
        """Number of a check in the file, and until when its looks are in the roll-ups."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of the block or nothing of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            self._forget()
            # A full disk has already ended the transaction.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def close_what_a_crash_left_open(self) -> None:
        """Close open spans of an earlier run at the moment until which that run is known to have watched."""
        with self.transaction():
            (until,) = self.connection.execute("SELECT max(until) FROM watches WHERE ended IS NULL").fetchone()
            for service_id, begin, *rest in self.connection.execute(
                "SELECT service_id, begin, after, verdict, cause FROM open_spans"
            ).fetchall():
                if until is not None and until > begin:
                    self._lay_over(service_id, _SpanRow(begin, until, *rest))
            self.connection.execute("DELETE FROM open_spans")
            stopped = self.words.number(Circumstance.NOT_RUNNING)
            self.connection.execute("UPDATE watches SET ended = ? WHERE ended IS NULL", (stopped,))

    def write(self, batch: Batch) -> None:
        """Write a batch."""
        with self.transaction():
            for service_id, name in batch.names.items():
                named = (name, self.service(service_id))
                self.connection.execute("UPDATE services SET name = ?, removed_at = NULL WHERE id = ?", named)
            self.connection.executemany(
                "UPDATE services SET removed_at = ? WHERE service = ?",
                [(at, service_id) for service_id, at in batch.removed.items()],
            )
            self._write_samples(batch.samples)
            for service_id, piece in batch.closed:
                self._lay_over(self.service(service_id), self._row(piece))
            self._write_open_spans(batch)
            self.connection.executemany(
                "INSERT OR REPLACE INTO watches (begin, until, ended) VALUES (?, ?, ?)",
                [
                    (watch.begin, watch.until, self.words.number_or_none(watch.ended))
                    for watch in batch.watches.values()
                ],
            )
            self._write_transitions(batch.transitions)
            self._write_facts(batch.facts)
            self.connection.executemany(
                "INSERT OR REPLACE INTO latest VALUES (?, ?)",
                [(self.check(key)[0], document_of(*told)) for key, told in batch.latest.items()],
            )
            self._write_lines(batch.lines)
            if batch.has_found_out:
                # Late, since it takes its time to load: most runs find out something in the first minutes only.
                load("manara.history.found_out:write_found_out")(self, batch)

    def note(self, incident: str, at: datetime, note: str) -> bool:
        """Keep what the user says of an incident; return whether there is such an incident."""
        with self.transaction():
            cursor = self.connection.execute(
                "INSERT INTO incident_notes (incident_id, at, note) SELECT id, ?, ? FROM incidents WHERE incident = ?",
                (ms_of(at), note, incident),
            )
            return cursor.rowcount > 0

    def label(self, service_id: str, window: Window, verdict: Verdict, note: str) -> int:
        """Lay the user's word over a part of a service's history; return its number."""
        # The shortest window is a millisecond here: one without a length could not be read back.
        begin, until = ms_of(window.begin), ms_from(window.end)
        with self.transaction():
            cursor = self.connection.execute(
                "INSERT INTO labels (service_id, begin, until, verdict, note) VALUES (?, ?, ?, ?, ?)",
                (self.service(service_id), begin, until, self.words.number(verdict), note),
            )
            return int(cursor.lastrowid or 0)

    def unlabel(self, label_id: int) -> bool:
        """Take the user's word back; return whether there was one of this number."""
        with self.transaction():
            return self.connection.execute("DELETE FROM labels WHERE id = ?", (label_id,)).rowcount > 0

    def check(self, key: CheckKey) -> tuple[int, int]:
        """Return the number of a check, and until when its looks are in the roll-ups."""
        if key not in self._checks:
            service_id = self.service(key.service_id)
            found = (service_id, *key[1:])
            self.connection.execute(
                "INSERT OR IGNORE INTO checks (service_id, type, target, ordinal, rolled_until) VALUES (?, ?, ?, ?, 0)",
                found,
            )
            self._checks[key] = self.connection.execute(
                "SELECT id, rolled_until FROM checks WHERE (service_id, type, target, ordinal) = (?, ?, ?, ?)", found
            ).fetchone()
        return self._checks[key]

    def rolled(self) -> None:
        """Take note that the roll-ups of some checks went on."""
        self._checks.clear()

    def purged(self) -> None:
        """Take note that some services and checks are gone."""
        self._services.clear()
        self._checks.clear()

    def _forget(self) -> None:
        """Numbers that were given within a transaction are void when it was not written."""
        self._services.clear()
        self._checks.clear()
        self.words.forget()

    def service(self, service_id: str) -> int:
        """Return the number of a service, a new one if need be; within a transaction."""
        if service_id not in self._services:
            self.connection.execute(
                "INSERT OR IGNORE INTO services (service, name) VALUES (?, ?)", (service_id, service_id)
            )
            (number,) = self.connection.execute("SELECT id FROM services WHERE service = ?", (service_id,)).fetchone()
            self._services[service_id] = number
        return self._services[service_id]

    def _write_samples(self, samples: Iterable[Sample]) -> None:
        rows: list[_SampleRow] = []
        late: list[_SampleRow] = []
        for key, at, failure, total, phases in samples:
            check_id, rolled_until = self.check(key)
            reason = None
            if failure is not None:
                reason = self.words.number(failure.reason) * (-1 if failure.excused else 1)
            (rows if at >= rolled_until else late).append((check_id, at, reason, total, phases))
        # A clock that was set back can give two looks the same millisecond: the first stays.
        self.connection.executemany(_INSERT_SAMPLE, rows)
        for row in late:
            if self.connection.execute(_INSERT_SAMPLE, row).rowcount:
                add_to_rollups(self.connection, self.words, row[0], [row[1:]])

    def _lay_over(self, service_id: int, newer: "_SpanRow") -> None:
        """Insert a span; what was measured of the same time before, by a clock that was wrong, gives way."""
        time = {"service": service_id, "begin": newer.begin, "until": newer.until}
        rows = [newer]
        for older in starmap(_SpanRow, self.connection.execute(OVERLAPPING_SPANS, time).fetchall()):
            self.connection.execute("DELETE FROM spans WHERE service_id = ? AND begin = ?", (service_id, older.begin))
            rows += without((older,), newer.begin, newer.until)
        self.connection.executemany("INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?)", [(service_id, *row) for row in rows])

    def _row(self, piece: Piece) -> "_SpanRow":
        verdict, cause = self.words.number(piece.verdict), self.words.number_or_none(piece.cause)
        return _SpanRow(piece.begin, piece.until, piece.after, verdict, cause)

    def _write_open_spans(self, batch: Batch) -> None:
        for service_id, opened in batch.opened.items():
            number = self.service(service_id)
            if opened is None:
                self.connection.execute("DELETE FROM open_spans WHERE service_id = ?", (number,))
                continue
            verdict, cause = self.words.number(opened.verdict), self.words.number_or_none(opened.cause)
            row = (number, opened.begin, opened.after, verdict, cause, opened.since_after, opened.since_by)
            self.connection.execute("INSERT OR REPLACE INTO open_spans VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def _write_transitions(self, transitions: Iterable[Transition]) -> None:
        rows = [
            (
                self.service(each.service_id),
                ms_of(each.when.by),
                ms_or_none(each.when.after),
                self.words.number(each.before),
                self.words.number(each.after),
                self.words.number_or_none(each.cause),
            )
            for each in transitions
        ]
        self.connection.executemany("INSERT OR REPLACE INTO transitions VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _write_facts(self, facts: Mapping[tuple[CheckKey, str, str], int]) -> None:
        rows = [(self.check(key)[0], kind, _text(value), at, at) for (key, kind, value), at in facts.items()]
        self.connection.executemany(
            "INSERT INTO facts VALUES (?, ?, ?, ?, ?) ON CONFLICT (check_id, kind, value) "
            "DO UPDATE SET last_seen = max(last_seen, excluded.last_seen)",
            rows,
        )

    def _write_lines(self, lines: Mapping[int, Line]) -> None:
        for at, line in lines.items():
            row = (at, self.words.number(line.state), line_text(line))
            self.connection.execute("INSERT OR REPLACE INTO lines VALUES (?, ?, ?)", row)


def _text(value: str) -> str:
    """Return a fact as a file can hold it: not too long, and without the halves of characters that servers may send."""
    return value[:_LONGEST_FACT].encode(errors="replace").decode()


_SampleRow: TypeAlias = tuple[int, int, int | None, int | None, bytes | None]


class _SpanRow(NamedTuple):
    begin: int
    until: int
    after: int | None
    verdict: int
    cause: int | None


_INSERT_SAMPLE = "INSERT OR IGNORE INTO samples VALUES (?, ?, ?, ?, ?)"

OVERLAPPING_SPANS = """
    SELECT begin, until, after, verdict, cause FROM spans
    WHERE service_id = :service AND until > :begin AND begin < :until
      AND begin >= ifnull((SELECT max(begin) FROM spans WHERE service_id = :service AND begin <= :begin), :begin)
    ORDER BY begin
"""
"""Only the last span that begins before the time can reach into it, since they never overlap: a short search."""
