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

from manara.history.batch import Removal
from manara.history.file import SPOILT, DamagedHistory, NewerHistory, damage_told, open_for_writing, set_aside
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
_Told: TypeAlias = "Sequence[Event] | datetime | Removal"
_Command: TypeAlias = "tuple[Callable[[Store], Any], Future[Any]]"


class HistoryNotKept(Exception):  # noqa: N818 - it names what happened
    """Nothing can be written now. Its text says why."""


class Writer:
    """Writes one file until it is stopped; `tell` is called on its thread whenever the way of keeping changes."""

    def __init__(
        self, path: Path, clock: Clock, tell: Callable[[HistoryKept], None], *, try_again_s: float = TRY_AGAIN_S
    ) -> None:
        self._path = path
        self._clock = clock
        self._tell = tell
        self._try_every_s = try_again_s
        self._lock = WriterLock(path)
        self._recorder = Recorder()
        self._told: deque[_Told] = deque()
        self._commands: deque[_Command] = deque()
        self._ending = threading.Lock()
        self._ended = False
        """Whether nothing answers commands any more; together with them guarded by `_ending`."""
        self._wake = threading.Event()
        self._stopping = False
        self._store: Store | None = None
        self._housekeeping: Housekeeping | None = None
        self._damage: DamagedHistory | None = None
        """What was found to be wrong with the file, until it is replaced."""
        self._try_again_s = 0.0
        self._keeping = Keeping.WELL
        self._detail = ""
        self.keep_looks_days = 14
        self._thread = threading.Thread(target=self._run, name="manara-history")

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what there is, and end. What is still asked for, then or later, is answered by `HistoryNotKept`."""
        self._stopping = True
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()
        with self._ending:
            self._ended = True
            while self._commands:
                _refuse(self._commands.popleft()[1], _ENDED)

    def put(self, told: _Told) -> None:
        """Take events, the moment until which the engine was watching, or a removal. Returns at once, on any thread."""
        self._told.append(told)

    def call(self, command: Callable[[Store], Answer]) -> "Future[Answer]":
        """Do something with the store once everything told so far is on the disk.

        The future raises `HistoryNotKept` when nothing can be written.
        """
        future: Future[Answer] = Future()
        with self._ending:
            if self._ended:
                _refuse(future, _ENDED)
            else:
                self._commands.append((command, future))
        self._wake.set()
        return future

    def _run(self) -> None:
        last = False
        while not last:
            last = self._stopping
            self._write(last=last)
            if not last:
                self._rest()
        if self._store is not None:
            self._store.connection.close()
        self._lock.release()

    def _rest(self) -> None:
        """Let the next flush come, and do meanwhile what can wait."""
        until_s = time.monotonic() + FLUSH_EVERY_S
        while not self._wake.is_set() and time.monotonic() < until_s and self._keep_house():
            pass
        self._wake.wait(max(0.0, until_s - time.monotonic()))
        self._wake.clear()

    def _write(self, *, last: bool) -> None:
        commands = [self._commands.popleft() for _ in range(len(self._commands))]
        try:
            self._take_over()
            if last:
                self._recorder.end()
            # Who asks for something wants to know how it is now.
            self._flush(at_once=last or bool(commands))
        except Exception as fault:  # noqa: BLE001 - last-resort guard: what cannot be kept must not end the keeping
            self._recorder.taken()
            self._recorder.restate()
            self._now(Keeping.IN_MEMORY, repr(fault))
        for command, future in commands:
            if future.set_running_or_notify_cancel():
                self._answer(command, future)

    def _take_over(self) -> None:
        for _ in range(len(self._told)):
            told = self._told.popleft()
            if isinstance(told, datetime):
                self._recorder.hear(told)
            elif isinstance(told, Removal):
                self._recorder.remove(told)
            else:
                for event in told:
                    self._recorder.take(event)

    def _answer(self, command: Callable[[Store], Answer], future: "Future[Answer]") -> None:
        if self._store is None or self._keeping is not Keeping.WELL:
            future.set_exception(HistoryNotKept(self._detail))
            return
        try:
            with damage_told():
                future.set_result(command(self._store))
        except DamagedHistory as damage:
            self._notice(damage)
            future.set_exception(HistoryNotKept(str(damage)))
        except (sqlite3.Error, ValueError, OverflowError) as error:
            future.set_exception(HistoryNotKept(str(error)))

    def _flush(self, *, at_once: bool) -> None:
        if self._keeping is Keeping.REFUSED:
            self._recorder.taken()
        elif at_once or self._keeping is Keeping.WELL or time.monotonic() >= self._try_again_s:
            self._try()
        self._recorder.batch.keep_bounded()

    def _try(self) -> None:
        try:
            self._write_batch()
        except _WrittenElsewhere:
            # The other process records the same. What comes from now on stays until the next try, in case it ends.
            self._recorder.taken()
            self._now(Keeping.ELSEWHERE, "another Manara writes it")
        except NewerHistory as newer:
            # The newer program may be started meanwhile.
            self._lock.release()
            self._now(Keeping.REFUSED, str(newer))
        except (sqlite3.Error, OSError, DamagedHistory) as error:
            self._now(Keeping.IN_MEMORY, str(error))
        else:
            dropped = self._recorder.taken().dropped
            self._now(Keeping.WELL, f"{dropped} looks had no room in memory" if dropped else "")
            return
        self._try_again_s = time.monotonic() + self._try_every_s

    def _write_batch(self) -> None:
        """Write the batch, into a new file if the file proves damaged on the way."""
        if self._damage is None:
            try:
                with damage_told():
                    self._open().write(self._recorder.batch)
            except DamagedHistory as damage:
                self._damage = damage
            else:
                return
        self._replace_damaged(self._damage)
        with damage_told():
            self._open().write(self._recorder.batch)

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
            self._notice(damage)
        except (sqlite3.Error, *SPOILT):
            # A flush meets the same and tells it; a row that a bad disk has changed must not end the history.
            pass
        return False

    def _notice(self, damage: DamagedHistory) -> None:
        """Have the file replaced by the next flush, which comes at once."""
        self._damage = damage
        self._wake.set()

    def _replace_damaged(self, damage: DamagedHistory) -> None:
        """Set the file aside and begin a new one; what is open is stated again for it. Raise `DamagedHistory`."""
        if self._store is not None:
            self._store.connection.close()
            self._store = self._housekeeping = None
        try:
            aside, rows = set_aside(self._path, self._clock.now())
        except (sqlite3.Error, OSError, DamagedHistory) as error:
            raise DamagedHistory(f"{damage}; {error}") from error
        self._damage = None
        self._recorder.restate()
        self._tell(HistoryKept(self._clock.now(), Keeping.SALVAGED, f"{aside.name}, {rows} rows"))

    def _now(self, keeping: Keeping, detail: str = "") -> None:
        changed = keeping is not self._keeping or (keeping is not Keeping.WELL and detail != self._detail)
        self._keeping, self._detail = keeping, detail
        if changed:
            self._tell(HistoryKept(self._clock.now(), keeping, detail))


class _WrittenElsewhere(Exception):  # noqa: N818 - it names what happened
    pass


_ENDED = "the history was closed"


def _refuse(future: "Future[Any]", why: str) -> None:
    if future.set_running_or_notify_cancel():
        future.set_exception(HistoryNotKept(why))
