"""The window of incidents: the list of all, and beside it the one that is looked at, as it goes on. It never waits."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget

from manara.loading import load
from manara.model import Event, Incident, IncidentChanged, LineChanged, OfficialHeard, ServicesChanged
from manara.monitor import Snapshot
from manara.ui.form.label import Label, Weight
from manara.ui.incidents.list_pane import ListPane
from manara.ui.incidents.lookup import Lookup, Past
from manara.ui.incidents.page import IncidentPage
from manara.ui.incidents.record import Record
from manara.ui.past.spoken import announce
from manara.ui.saving import Saving
from manara.ui.window_size import take_size
from manara.wording import Translator, one_line

if TYPE_CHECKING:
    from manara.ui.incidents.report import Reported

AGES_EVERY_MS = 1000
_SAID_FOR_MS = 8000
_TOLD_AT_ONCE = (IncidentChanged, OfficialHeard, LineChanged, ServicesChanged)


class IncidentsWindow(QMainWindow):
    """Shows what it is told, and what the history remembers."""

    closed = Signal()
    """The user has closed the window; it asks nothing until it is shown again."""
    history_wished = Signal(str, object)
    """The user wants to see the past of a service: its id and a `Window`."""

    def __init__(
        self, tr: Translator, now: Callable[[], datetime], believed: Callable[[], Snapshot], past: Past | None
    ) -> None:
        super().__init__()
        self._tr = tr
        self._now = now
        self._believed = believed
        self._record = Record()
        self._is_remembered = False
        """Whether the history has answered."""
        self.list = ListPane(tr)
        self.page = IncidentPage(tr)
        self._nothing = Label("", Weight.FAINT)
        self._right = QStackedWidget()
        self.lookup = None if past is None else Lookup(past, self)
        self.saving = Saving(tr, self)
        self._ages = QTimer(self, interval=AGES_EVERY_MS)
        self._ages.timeout.connect(self._refresh_page)
        self._lay_out()
        self._connect()

    @property
    def is_busy(self) -> bool:
        """Whether the history is still to answer."""
        return self.lookup is not None and self.lookup.waiting

    def show_incident(self, incident_id: str = "") -> None:
        """Look at this incident; at the newest where none is named, unless one is looked at already."""
        self._record.meet(self._believed().incidents)
        found = self._record.incident(incident_id)
        self._refresh_list()
        if found is not None or not self.list.selected:
            self.list.select("" if found is None else found.id)
        self._refresh_page()

    def take(self, events: Sequence[Event]) -> None:
        """Show what happened."""
        changes = [event for event in events if isinstance(event, IncidentChanged)]
        for change in changes:
            self._record.take(change)
            if self.list.selected in change.merged:
                self.list.select(change.incident.id)
        if changes and self.isVisible():
            self._refresh_list()
        # What looks find is seen within a second: they may come in their thousands.
        if self.isVisible() and any(isinstance(event, _TOLD_AT_ONCE) for event in events):
            self._refresh_page()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Go along with the time."""
        super().showEvent(event)
        self._ages.start()
        self.show_incident(self.list.selected)
        if self.lookup is not None:
            self.lookup.ask()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Ask nothing while nothing can be seen."""
        self._ages.stop()
        if self.lookup is not None:
            self.lookup.close()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the user has seen enough."""
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Drop the search with Escape, then close."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.list.clear_search():
            self.close()

    def _lay_out(self) -> None:
        self.setWindowTitle(self._tr("Incidents"))
        self._right.addWidget(self._nothing)
        self._right.addWidget(self.page)
        side_by_side = QSplitter(childrenCollapsible=False)
        side_by_side.addWidget(self.list)
        side_by_side.addWidget(self._right)
        side_by_side.setStretchFactor(1, 1)
        self.setCentralWidget(side_by_side)
        self.statusBar().hide()
        em = self.fontMetrics().height()
        self._nothing.setMargin(em)
        self.list.setMinimumWidth(em * 12)
        self.page.setMinimumWidth(em * 22)
        side_by_side.setSizes([em * 18, em * 46])
        self.list.view.setFocus()
        take_size(self, 64, 42)

    def _connect(self) -> None:
        self.list.chosen.connect(self._refresh_page)
        self.list.entered.connect(self.page.read)
        self.page.history_wished.connect(self.history_wished)
        self.page.copy_wished.connect(self._copy)
        self.page.export_wished.connect(self._export)
        self.page.note_wished.connect(self._keep_note)
        self.saving.saved.connect(self._say)
        self.page.note.setEnabled(self.lookup is not None)
        self.statusBar().messageChanged.connect(self._make_room_for_message)
        if self.lookup is not None:
            self.lookup.known.connect(self._take_known)
            self.lookup.noted.connect(self._take_noted)
            self.lookup.failed.connect(self._fail)

    def _refresh_list(self) -> None:
        self.list.show_incidents(self._record.all(), self._now())

    @Slot()
    def _refresh_page(self) -> None:
        incident = self._record.incident(self.list.selected)
        if incident is None:
            waiting = self.is_busy and not self._is_remembered
            self._nothing.tell(self._tr("The history is being read.") if waiting else self._tr("No incident so far."))
            self._right.setCurrentWidget(self._nothing)
            return
        known = self._record.all() if self._is_remembered else None
        self.page.show_incident(incident, self._believed(), known, self._now())
        self._right.setCurrentWidget(self.page)

    @Slot(object)
    def _take_known(self, incidents: Sequence[Incident]) -> None:
        self._is_remembered = True
        self._record.take_stored(incidents)
        self.show_incident(self.list.selected)

    @Slot(str)
    def _keep_note(self, note: str) -> None:
        if self.page.incident is not None and self.lookup is not None:
            self.page.note.setEnabled(False)
            self.lookup.note(self.page.incident.id, self._now(), note)

    @Slot(bool)
    def _take_noted(self, kept: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.page.note.setEnabled(True)
        if not kept or self.lookup is None:
            self._say(self._tr("The history does not know this incident, so it keeps no note on it."))
            return
        self.page.note.clear()
        self._say(self._tr("The note stands in the timeline."))
        self.lookup.ask()

    @Slot(object)
    def _fail(self, error: BaseException) -> None:
        self.page.note.setEnabled(True)
        self._is_remembered = True
        why = one_line(str(error))
        self._say(self._tr("The history cannot be read or written: {why}").format(why=why))
        self._refresh_page()

    @Slot()
    def _copy(self) -> None:
        if self.page.incident is not None:
            as_text = load("manara.ui.incidents.report:as_text")
            QGuiApplication.clipboard().setText(as_text(self._tr, self._reported()))
            self._say(self._tr("Copied."))

    @Slot(str)
    def _export(self, form: str) -> None:
        if self.page.incident is not None:
            kind = load("manara.ui.incidents.report:Form")(form)
            self.saving.ask(load("manara.ui.incidents.report:report")(self._tr, self._reported, kind))

    def _reported(self) -> "Reported":
        made = load("manara.ui.incidents.report:Reported")
        reported: Reported = made(self.page.incident, self._believed(), self._record.all(), self._now())
        return reported

    def _say(self, sentence: str) -> None:
        self.statusBar().showMessage(sentence, _SAID_FOR_MS)
        announce(self, sentence)

    @Slot(str)
    def _make_room_for_message(self, message: str) -> None:
        self.statusBar().setVisible(bool(message))
