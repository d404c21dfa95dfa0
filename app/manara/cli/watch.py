"""`manara watch`: takes the monitor's events to a view until the time is over or somebody ends it."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum
from queue import Empty, SimpleQueue
from typing import Protocol, TypeAlias

from manara.cli.views import View
from manara.model import Event
from manara.monitor import Snapshot
from manara.monitor.report import exit_code

FRAME_S = 0.25
"""Events that come together are shown together, at most four times a second."""
IDLE_S = 1.0
"""Ages on the screen grow even when nothing happens."""


class Watched(Protocol):
    """The part of the monitor that a watch needs."""

    @property
    def fault(self) -> BaseException | None:
        """What ended the monitor by mistake."""

    def subscribe(self, listener: Callable[[Sequence[Event]], None]) -> None:
        """Tell the listener every event, on the monitor's own thread."""

    def start(self) -> Future[None]:
        """Begin; the future raises `SettingsInvalid` when the settings cannot be used."""

    def stop(self) -> None:
        """End."""

    def snapshot(self) -> Snapshot:
        """Return what is believed now."""


class _Signal(Enum):
    STOP = "stop"


Inbox: TypeAlias = "SimpleQueue[Sequence[Event] | _Signal]"


def run_watch(monitor: Watched, view: View, length: timedelta | None = None) -> int:
    """Watch until the time is over, or until Ctrl-C or SIGTERM; return the exit code of the final state."""
    inbox: Inbox = SimpleQueue()
    monitor.subscribe(inbox.put)
    with _stopped_by_signals(inbox):
        try:
            monitor.start().result()
            until_s = None if length is None else time.monotonic() + length.total_seconds()
            with view:
                _follow(monitor, view, inbox, until_s)
                view.end(monitor.snapshot())
        finally:
            monitor.stop()
    return exit_code(state.verdict for state in monitor.snapshot().states)


def _follow(monitor: Watched, view: View, inbox: Inbox, until_s: float | None) -> None:
    while True:
        wait_s = IDLE_S if until_s is None else min(IDLE_S, max(0.0, until_s - time.monotonic()))
        events, stopped = _collect(inbox, wait_s)
        view.show(events, monitor.snapshot())
        if monitor.fault is not None:
            raise monitor.fault
        if stopped or (until_s is not None and time.monotonic() >= until_s):
            return


def _collect(inbox: Inbox, wait_s: float) -> tuple[list[Event], bool]:
    """Return the events of one frame, and whether somebody asked to stop."""
    events: list[Event] = []
    frame_ends_s: float | None = None
    while frame_ends_s is None or wait_s > 0:
        try:
            item = inbox.get(timeout=wait_s)
        except Empty:
            break
        if isinstance(item, _Signal):
            return events, True
        events += item
        now_s = time.monotonic()
        frame_ends_s = frame_ends_s or now_s + FRAME_S
        wait_s = frame_ends_s - now_s
    return events, False


@contextmanager
def _stopped_by_signals(inbox: Inbox) -> Iterator[None]:
    """Turn the first Ctrl-C or SIGTERM into a message: the view ends well. The second ends the program at once."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, before[signal.Signals(number)])
        # `SimpleQueue.put` may be called from a signal handler: it is reentrant.
        inbox.put(_Signal.STOP)

    for number in numbers:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in numbers:
            signal.signal(number, before[number])
