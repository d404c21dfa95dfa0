"""The one way from the monitor's threads into the window: a queued signal that carries a list of events.

However many events there are, the window is woken at most ten times a second; what comes together is shown together.
"""

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from manara.model import Event

AT_MOST_EVERY_MS = 100


class Bridge(QObject):
    """Lives on the GUI thread; `put` may be called on any."""

    arrived = Signal(list)
    """Frozen events, in the order in which they were told; emitted on the GUI thread."""
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._events: list[Event] = []
        self._lock = threading.Lock()
        self._awaited = False
        self._timer = QTimer(self, singleShot=True, interval=AT_MOST_EVERY_MS)
        self._timer.timeout.connect(self._pass_on)
        self._woken.connect(self._plan, Qt.ConnectionType.QueuedConnection)

    def put(self, events: Sequence[Event]) -> None:
        """Take events for the window; returns at once. An empty list wakes it, too: the monitor may have ended."""
        with self._lock:
            self._events += events
            awaited, self._awaited = self._awaited, True
        if not awaited:
            self._woken.emit()

    @Slot()
    def _plan(self) -> None:
        self._timer.start()

    @Slot()
    def _pass_on(self) -> None:
        with self._lock:
            events, self._events = self._events, []
            self._awaited = False
        self.arrived.emit(events)
