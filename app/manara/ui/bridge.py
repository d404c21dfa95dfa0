"""The one way from the monitor's threads into the window: a queued signal that carries a list of events.

However many events there are, the window is woken at most ten times a second; what comes together is shown together.
The first after a rest is shown at once.
"""

from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from manara.model import Event

AT_MOST_EVERY_MS = 100


class Bridge(QObject):
    """Lives on the GUI thread; `put` may be called on any."""

    arrived = Signal(list)
    """Frozen events, in the order in which they were told; emitted on the GUI thread."""
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # No lock: both ends of a deque are safe to use from any thread, so that none waits for another.
        self._batches: deque[Sequence[Event]] = deque()
        self._awaited = False
        # Exact, since a coarse timer may be early.
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._rest = QElapsedTimer()
        self._timer.timeout.connect(self._pass_on)
        self._woken.connect(self._plan, Qt.ConnectionType.QueuedConnection)

    def put(self, events: Sequence[Event]) -> None:
        """Take events for the window; returns at once. An empty list wakes it, too: the monitor may have ended."""
        self._batches.append(events)
        if not self._awaited:
            self._awaited = True
            # The window may be gone while the monitor still tells its last.
            with suppress(RuntimeError):
                self._woken.emit()

    @Slot()
    def _plan(self) -> None:
        # Two threads may have woken it at once.
        if not self._timer.isActive():
            rested_ms = self._rest.elapsed() if self._rest.isValid() else AT_MOST_EVERY_MS
            self._timer.start(max(0, AT_MOST_EVERY_MS - rested_ms))

    @Slot()
    def _pass_on(self) -> None:
        self._rest.start()
        # In this order: what is put from here on wakes the window again.
        self._awaited = False
        events: list[Event] = []
        while self._batches:
            events += self._batches.popleft()
        self.arrived.emit(events)
