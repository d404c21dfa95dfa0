"""The one thread that writes: takes what the engine told, and puts it on the disk every two seconds.

Who tells something never waits. When the disk does not take it, it stays in memory and is tried again; the program is
told what happens to its history, and goes on in every case.
"""

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from manara.history.file import DamagedHistory, NewerHistory, damage_told, open_for_writing, set_aside
from manara.history.housekeeping import Housekeeping
from manara.history.lock import WriterLock
from manara.history.moments import ms_of
from manara.history.recorder import Recorder
from manara.history.store import Store
from manara.model import Clock, Event, HistoryKept, Keeping

FLUSH_EVERY_S = 2.0
"""So much can be lost when the power goes; what was flushed cannot."""
TRY_AGAIN_S = 10.0
"""How often a disk that did not take it, or a file that somebody else writes, is tried again."""
_DAY_MS = 86_400_000

Answer = TypeVar("Answer")
_Told: TypeAlias = "Sequence[Event] | datetime"


class HistoryNotKept(Exception):  # noqa: N818 - it names what happened
    """Nothing can be written now. Its text says why."""


class Writer:
    """Writes one file until it is stopped; `tell` is called on its thread whenever the way of keeping changes."""

    def __init__(self, path: Path, clock: Clock, tell: Callable[[HistoryKept], None]) -> None:
        self._path = path
        self._clock = clock
        self._tell = tell
        self._lock = WriterLock(path)
        self._recorder = Recorder()
        self._told: deque[_Told] = deque()
        self._commands: deque[tuple[Callable[[Store], Any], Future[Any]]] = deque()
        self._wake = threading.Event()
        self._stopping = False
        self._store: Store | None = None
        self._housekeeping: Housekeeping | None = None
        self._try_again_s = 0.0
        self._keeping = Keeping.WELL
        self._detail = ""
        self.keep_looks_days = 14
        self._thread = threading.Thread(target=self._run, name="manara-history")

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what there is, and end."""
        self._stopping = True
        self._wake.set()
        self._thread.join()

    def put(self, told: "Sequence[Event] | datetime") -> None:
        """Take events, or the moment until which the engine was watching. Returns at once, on any thread."""
        self._told.append(told)

    def call(self, command: Callable[[Store], Answer]) -> "Future[Answer]":
        """Do something with the store once everything told so far is on the disk.

        The future raises `HistoryNotKept` when nothing can be written.
        """
        future: Future[Answer] = Future()
        self._commands.append((command, future))
        self._wake.set()
        return future

    def _run(self) -> None:
        while not self._stopping:
            self._write()
            until_s = time.monotonic() + FLUSH_EVERY_S
            while not self._wake.is_set() and time.monotonic() < until_s and self._keep_house():
                pass
            self._wake.wait(max(0.0, until_s - time.monotonic()))
            self._wake.clear()
        self._take_over()
        self._recorder.end()
        self._try_again_s = 0.0
        self._write()
        if self._store is not None:
            self._store.connection.close()
        self._lock.release()

    def _write(self) -> None:
        commands = [self._commands.popleft() for _ in range(len(self._commands))]
        self._take_over()
        self._flush()
        for command, future in commands:
            if future.set_running_or_notify_cancel():
                self._answer(command, future)

    def _take_over(self) -> None:
        for _ in range(len(self._told)):
            told = self._told.popleft()
            if isinstance(told, datetime):
                self._recorder.hear(told)
            else:
                for event in told:
                    self._recorder.take(event)

    def _answer(self, command: Callable[[Store], Answer], future: "Future[Answer]") -> None:
        if self._store is None or self._keeping is not Keeping.WELL:
            future.set_exception(HistoryNotKept(self._detail))
            return
        try:
            future.set_result(command(self._store))
        except sqlite3.Error as error:
            future.set_exception(HistoryNotKept(str(error)))

    def _flush(self) -> None:
        if self._keeping is Keeping.REFUSED:
            self._recorder.taken()
            return
        if self._keeping is not Keeping.WELL and time.monotonic() < self._try_again_s:
            self._make_room()
            return
        try:
            with damage_told():
                self._open().write(self._recorder.batch)
        except _WrittenElsewhere:
            self._now(Keeping.ELSEWHERE)
        except NewerHistory as newer:
            self._now(Keeping.REFUSED, str(newer))
        except DamagedHistory as damage:
            self._replace_damaged(damage)
        except (sqlite3.Error, OSError) as error:
            self._now(Keeping.IN_MEMORY, str(error))
        else:
            self._recorder.taken()
            self._now(Keeping.WELL)
            return
        self._try_again_s = time.monotonic() + TRY_AGAIN_S
        self._make_room()

    def _make_room(self) -> None:
        if self._keeping is Keeping.ELSEWHERE:
            # The other process records the same.
            self._recorder.taken()
        self._recorder.batch.keep_bounded()

    def _open(self) -> Store:
        if self._store is None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._lock.acquire():
                raise _WrittenElsewhere
            connection = open_for_writing(self._path)
            try:
                store = Store(connection)
                store.close_what_a_crash_left_open()
            except BaseException:
                connection.close()
                raise
            if self._keeping is Keeping.ELSEWHERE:
                self._recorder.restate()
            self._store = store
            self._housekeeping = Housekeeping(store)
        return self._store

    def _keep_house(self) -> bool:
        """Do a little of what can wait; return whether there is more of it."""
        if self._housekeeping is None or self._keeping is not Keeping.WELL:
            return False
        try:
            with damage_told():
                return self._housekeeping.step(ms_of(self._clock.now()), self.keep_looks_days * _DAY_MS)
        except DamagedHistory as damage:
            self._replace_damaged(damage)
        except sqlite3.Error:
            # A flush meets the same and tells it.
            pass
        return False

    def _replace_damaged(self, damage: DamagedHistory) -> None:
        """Set the file aside and go on with a new one; what is open is stated again for it."""
        if self._store is not None:
            self._store.connection.close()
            self._store = self._housekeeping = None
        try:
            aside, rows = set_aside(self._path, self._clock.now())
        except (sqlite3.Error, OSError, DamagedHistory) as error:
            self._now(Keeping.IN_MEMORY, f"{damage}; {error}")
            return
        self._recorder.restate()
        self._tell(HistoryKept(self._clock.now(), Keeping.SALVAGED, f"{aside.name}, {rows}"))
        self._try_again_s = 0.0
        self._wake.set()

    def _now(self, keeping: Keeping, detail: str = "") -> None:
        changed = (keeping, detail) != (self._keeping, self._detail)
        self._keeping, self._detail = keeping, detail
        if changed:
            self._tell(HistoryKept(self._clock.now(), keeping, detail))


class _WrittenElsewhere(Exception):  # noqa: N818 - it names what happened
    pass
