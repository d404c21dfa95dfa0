"""The catalogue as cards that are chosen by a click, by Space or by Return; letters go on to the search."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from manara.catalog import Entry
from manara.ui.first_run.entry_delegate import EntryDelegate
from manara.ui.first_run.entry_model import ENTRY_ROLE, EntryModel
from manara.wording import Translator

_CHOOSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EntryView(QListView):
    """Shows the catalogue."""

    toggled = Signal(object)
    """The user wants this `Entry`, or does not want it any more."""
    typed = Signal(str)
    """The user types a search from here."""

    def __init__(self, tr: Translator, model: EntryModel) -> None:
        super().__init__()
        self._delegate = EntryDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setAccessibleName(tr("Well-known services"))
        self.setAccessibleDescription(tr("Space or Return chooses a service; letters search."))
        self.clicked.connect(self._tell)

    def go_in(self) -> None:
        """Let the keyboard go on here, at the first card if at none yet."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose by a key, or pass letters on."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _CHOOSING and plain:
            self._tell(self.currentIndex())
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the new width."""
        self._delegate.fit(self.viewport().width(), self.fontMetrics().height())
        super().resizeEvent(event)

    @Slot(QModelIndex)
    def _tell(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, Entry):
            self.toggled.emit(entry)
