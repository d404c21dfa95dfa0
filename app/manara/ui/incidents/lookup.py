"""What the window of incidents asks of the history, and what it is answered; nothing waits."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from manara.model import Incident
from manara.ui.questions import Questions

if TYPE_CHECKING:
    from concurrent.futures import Future

MOST = 1000
"""So many of the newest incidents are listed."""


class Past(Protocol):
    """The questions of `History` that are asked here."""

    def flush(self) -> "Future[None]":
        """Write now what was recorded."""

    def incidents(self, *, most: int) -> "Future[tuple[Incident, ...]]":
        """Return the newest incidents."""

    def note(self, incident_id: str, at: datetime, note: str) -> "Future[bool]":
        """Keep what the user says of an incident."""


class Lookup(QObject):
    """Asks, and tells by signals."""

    known = Signal(object)
    """A tuple of incidents, the newest first."""
    noted = Signal(bool)
    """Whether a note was kept."""
    failed = Signal(object)
    """Why nothing could be read or written."""

    def __init__(self, past: Past, parent: QObject) -> None:
        super().__init__(parent)
        self._past = past
        self._questions = Questions(self)
        self._questions.failed.connect(self._fail)

    @property
    def waiting(self) -> bool:
        """Whether any answer is still to come."""
        return self._questions.waiting

    def close(self) -> None:
        """Wait for no answer any more."""
        self._questions.close()

    def ask(self) -> None:
        """Ask for all incidents; what was heard a moment ago is written first."""
        self._questions.ask("written", self._past.flush(), self._read)

    def note(self, incident_id: str, at: datetime, note: str) -> None:
        """Keep a note on an incident. It must be on the disk before it can have one."""
        self._questions.ask(object(), self._past.flush(), lambda _: self._note(incident_id, at, note))

    def _read(self, _written: object = None) -> None:
        self._questions.ask("incidents", self._past.incidents(most=MOST), self._tell)

    def _tell(self, incidents: Sequence[Incident]) -> None:
        self.known.emit(tuple(incidents))

    def _note(self, incident_id: str, at: datetime, note: str) -> None:
        self._questions.ask(object(), self._past.note(incident_id, at, note), self.noted.emit)

    @Slot(object, object)
    def _fail(self, topic: object, error: BaseException) -> None:
        if topic == "written":
            # What is there can be read, even where nothing can be written.
            self._read()
        else:
            self.failed.emit(error)
