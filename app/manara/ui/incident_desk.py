"""Opens the window of incidents for what others wish. It is loaded when it is first wanted: a start must not wait."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from manara.loading import load
from manara.model import Event, ServicesChanged
from manara.monitor import Monitor
from manara.ui.front import bring_to_front
from manara.ui.window import Window
from manara.ui.window_state import WindowState
from manara.wording import Translator

if TYPE_CHECKING:
    from manara.ui.incidents.window import IncidentsWindow


class IncidentDesk(QObject):
    """Follows incidents for the main window and for the window of its own."""

    history_wished = Signal(str, object)
    """The user wants to see the past of a service: its id and a `Window`."""

    def __init__(
        self, tr: Translator, now: Callable[[], datetime], monitor: Monitor, window: Window, state: WindowState
    ) -> None:
        super().__init__(window)
        self._tr = tr
        self._now = now
        self._monitor = monitor
        self._main = window
        self._state = state
        self.window: IncidentsWindow | None = None
        window.incident_wished.connect(self.open)

    @Slot(str)
    def open(self, incident_id: str = "") -> None:
        """Show an incident; the list of all where none is named."""
        if self.window is None:
            make = load("manara.ui.incidents.window:IncidentsWindow")
            self.window = make(self._tr, self._now, self._monitor.snapshot, self._monitor.history)
            self._state.restore_window(self.window, "incidents")
            self.window.history_wished.connect(self.history_wished)
        self.window.show_incident(incident_id)
        bring_to_front(self.window)

    def take(self, events: Sequence[Event]) -> None:
        """Show what happened."""
        if any(isinstance(event, ServicesChanged) for event in events):
            # Those of the last run are not told anew.
            self._main.banner.meet(self._monitor.snapshot().incidents)
        if self.window is not None:
            self.window.take(events)

    def close(self) -> None:
        """Remember where the window is, and close it."""
        if self.window is not None:
            self._state.keep_window(self.window, "incidents")
            self.window.close()
