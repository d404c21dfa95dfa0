"""The history: one file, one thread that writes it, one that reads it. Reads are futures and see what was flushed."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from manara.history.batch import CheckKey, Removal
from manara.history.file import NAME, SPOILT, NewerHistory, open_for_reading
from manara.history.latest import LastKnown, latest
from manara.history.memory import facts, transitions
from manara.history.reader import Known, Reader
from manara.history.series import latency, series
from manara.history.writer import TRY_AGAIN_S, Writer
from manara.loading import load
from manara.model import (
    Clock,
    Event,
    Fact,
    HistoryKept,
    Incident,
    Label,
    Latency,
    Outage,
    Series,
    Service,
    Span,
    Transition,
    Uptime,
    Usual,
    Verdict,
    Window,
    Zone,
)

Answer = TypeVar("Answer")


class HistoryUnreadable(Exception):  # noqa: N818 - it names what happened
    """There is no history that could be read. Its text says why."""


@contextmanager
def read_history(folder: Path) -> Iterator[Reader]:
    """Read the history of a folder as it is on the disk at one moment; raise `HistoryUnreadable`."""
    try:
        connection = open_for_reading(folder / NAME)
        try:
            reader = Reader(connection)
            with reader.at_one_moment():
                yield reader
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError, NewerHistory) as error:
        raise HistoryUnreadable(str(error)) from error


class History:
    """Keeps what the engine tells in a folder, and answers questions about it."""

    def __init__(
        self, folder: Path, clock: Clock, tell: Callable[[HistoryKept], None], *, try_again_s: float = TRY_AGAIN_S
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._writer = Writer(folder / NAME, clock, tell, try_again_s=try_again_s)
        self._readers = ThreadPoolExecutor(1, "manara-history-reader")

    def start(self) -> None:
        """Begin to write."""
        self._writer.start()

    def stop(self) -> None:
        """Write what there is and end. Questions that were asked are still answered; later ones are not."""
        self._writer.stop()
        self._readers.shutdown()

    def record(self, events: Sequence[Event]) -> None:
        """Keep these events. Returns at once, on any thread."""
        self._writer.put(events)

    def hear(self, at: datetime) -> None:
        """Take note that the engine was watching at this moment: open spans reach so far. Returns at once."""
        self._writer.put(at)

    def keep_looks(self, days: int) -> None:
        """Keep single looks for so many days from now on."""
        self._writer.keep_looks_days = days

    def forget_later(self, service_ids: Collection[str], at: datetime) -> None:
        """Take note that the user has removed these services, so that their past goes some days later.

        It stays where one of them is watched again before. Returns at once.
        """
        self._writer.put(Removal(at, tuple(service_ids)))

    def flush(self) -> "Future[None]":
        """Write now; the future is done when everything recorded before is on the disk, or raises `HistoryNotKept`."""
        return self._writer.call(lambda _store: None)

    def label(self, service_id: str, window: Window, verdict: Verdict, note: str = "") -> "Future[int]":
        """Say afterwards what a stretch of a service's history was; return the number of the label.

        Nothing that was measured is changed: `unlabel` brings it back.
        """
        return self._writer.call(lambda store: store.label(service_id, window, verdict, note))

    def unlabel(self, label_id: int) -> "Future[bool]":
        """Take a label back; return whether there was one of this number."""
        return self._writer.call(lambda store: store.unlabel(label_id))

    def services(self) -> "Future[tuple[Known, ...]]":
        """Return every service of which anything is known."""
        return self._read(lambda reader: reader.services())

    def labels(self, service_id: str) -> "Future[tuple[Label, ...]]":
        """Return the labels of a service."""
        return self._read(lambda reader: reader.labels(service_id))

    def uptime(self, service_id: str, window: Window) -> "Future[Uptime]":
        """Return how a service spent the window."""
        return self._read(lambda reader: reader.uptime(service_id, window))

    def uptimes(self, window: Window) -> "Future[tuple[Uptime, ...]]":
        """Return how every service spent the window."""
        return self._read(lambda reader: reader.uptimes(window))

    def spans(self, service_id: str, window: Window) -> "Future[tuple[Span, ...]]":
        """Return the spans of a service that make up the window, without holes."""
        return self._read(lambda reader: reader.spans(service_id, window))

    def outages(self, service_id: str, window: Window) -> "Future[tuple[Outage, ...]]":
        """Return the outages that reach into the window, oldest first."""
        return self._read(lambda reader: reader.outages(service_id, window))

    def series(self, service_id: str, window: Window, points: int) -> "Future[Series]":
        """Return the measurements of the window in at most `points` buckets."""
        return self._read(lambda reader: series(reader, service_id, window, points))

    def latency(self, service_id: str, window: Window) -> "Future[Latency | None]":
        """Return how long answers took in the window."""
        return self._read(lambda reader: latency(reader, service_id, window))

    def transitions(self, service_id: str, most: int) -> "Future[tuple[Transition, ...]]":
        """Return the newest changes of a service's verdict, at most so many, the newest first."""
        return self._read(lambda reader: transitions(reader, service_id, most))

    def facts(self, service_id: str) -> "Future[tuple[Fact, ...]]":
        """Return what good looks at each check of a service saw, and from when until when."""
        return self._read(lambda reader: facts(reader, service_id))

    def note(self, incident_id: str, at: datetime, note: str) -> "Future[bool]":
        """Keep what the user says of an incident; the future tells whether there is such an incident."""
        return self._writer.call(lambda store: store.note(incident_id, at, note))

    def incidents(
        self, window: Window | None = None, service_id: str | None = None, most: int = 100
    ) -> "Future[tuple[Incident, ...]]":
        """Return the incidents that reach into a window (None: all), of one service or of all, the newest first."""
        return self._read(lambda reader: _found_out("incidents")(reader, window, service_id, most))

    def open_incidents(self) -> "Future[tuple[Incident, ...]]":
        """Return the incidents that go on, or went on when somebody last looked, the oldest first."""
        return self._read(_found_out("open_incidents"))

    def zones(self) -> "Future[Mapping[str, Zone]]":
        """Return who answered for each name on the last healthy day, by host."""
        return self._read(_found_out("zones"))

    def usual(self, at: datetime) -> "Future[Mapping[CheckKey, Usual]]":
        """Return how long looks at each check usually take at this hour of the week, where enough is known."""
        return self._read(lambda reader: load("manara.history.usual:usual")(reader, at))

    def latest(self, services: Sequence[Service]) -> "Future[LastKnown]":
        """Return what was last known of these services."""
        return self._read(lambda reader: latest(reader, services, self._clock.now()))

    def _read(self, question: Callable[[Reader], Answer]) -> "Future[Answer]":
        """Ask on the reading thread; the future raises `HistoryUnreadable` or `UnknownToHistory`."""

        def answer() -> Answer:
            with read_history(self._folder) as reader:
                try:
                    return question(reader)
                except SPOILT as error:
                    raise HistoryUnreadable(repr(error)) from error

        try:
            return self._readers.submit(answer)
        except RuntimeError:
            closed: Future[Answer] = Future()
            closed.set_exception(HistoryUnreadable("the history was closed"))
            return closed


def _found_out(name: str) -> Callable[..., Any]:
    question: Callable[..., Any] = load(f"manara.history.found_out:{name}")
    return question
