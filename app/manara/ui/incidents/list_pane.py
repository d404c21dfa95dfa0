"""The list of incidents with a search above it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit, QListView, QVBoxLayout, QWidget

from manara.model import Incident
from manara.ui.form.label import Label, Weight
from manara.ui.incidents.list_delegate import IncidentDelegate
from manara.ui.incidents.list_model import INCIDENT_ROLE, IncidentModel
from manara.wording import Translator


class ListPane(QWidget):
    """Lets the user choose one."""

    chosen = Signal(str)
    """The id of the incident that is looked at."""
    entered = Signal()
    """The user wants to read it: Return."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self.model = IncidentModel(tr, self)
        self.search = QLineEdit(clearButtonEnabled=True, placeholderText=tr("Search incidents"))
        self.search.setAccessibleName(tr("Search incidents"))
        self.search.setToolTip(
            tr("Words of the services, the reason, the official posts, your notes; or a day: 2021-10-04")
        )
        for inside in self.search.findChildren(QAbstractButton):
            inside.setAccessibleName(tr("Clear the search"))
            inside.setToolTip(tr("Clear the search"))
        self.view = _View()
        self.view.setModel(self.model)
        self.view.setItemDelegate(IncidentDelegate(self.view))
        self.view.setAccessibleName(tr("Incidents"))
        self.view.setAccessibleDescription(tr("The newest first; Return leads on to what is known of one."))
        self.nothing = Label("", Weight.FAINT)
        layout = QVBoxLayout(self)
        layout.addWidget(self.search)
        layout.addWidget(self.nothing)
        layout.addWidget(self.view, stretch=1)
        self._selected = ""
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.view.setFocus)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.view.entered_by_key.connect(self.entered)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self._focus_search)
        self._tell_nothing()

    @property
    def selected(self) -> str:
        """The id of the incident that is looked at; empty for none."""
        return self._selected

    def show_incidents(self, incidents: Sequence[Incident], now: datetime) -> None:
        """List these; the one that is looked at stays selected."""
        self.model.show_incidents(incidents, now)
        self._select()
        self._tell_nothing()

    def select(self, incident_id: str) -> None:
        """Look at this one; the first where none is named. A search that hides it is dropped."""
        if incident_id and self.model.row_of(incident_id) < 0:
            self.search.clear()
        if not incident_id and self.model.rowCount():
            incident_id = self.model.index(0).data(INCIDENT_ROLE).id
        self._selected = incident_id
        self._select()

    def clear_search(self) -> bool:
        """Drop the search; return whether there was one."""
        searched = bool(self.search.text())
        self.search.clear()
        return searched

    def _select(self) -> None:
        row = self.model.row_of(self._selected)
        index = self.model.index(row) if row >= 0 else QModelIndex()
        selection = self.view.selectionModel()
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if index.isValid():
            self.view.scrollTo(index)

    @Slot(str)
    def _search(self, text: str) -> None:
        self.model.search(text)
        self._select()
        self._tell_nothing()

    @Slot()
    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(QModelIndex)
    def _choose(self, current: QModelIndex) -> None:
        if current.isValid() and current.data(INCIDENT_ROLE).id != self._selected:
            self._selected = current.data(INCIDENT_ROLE).id
            self.chosen.emit(self._selected)

    def _tell_nothing(self) -> None:
        some = bool(self.model.rowCount())
        searched = bool(self.search.text())
        self.nothing.tell(self._tr("No incident has these words.") if searched else self._tr("No incident so far."))
        self.nothing.setVisible(not some)


class _View(QListView):
    entered_by_key = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Lead on by Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_by_key.emit()
            return
        super().keyPressEvent(event)
