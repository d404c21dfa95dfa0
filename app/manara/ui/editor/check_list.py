"""The checks of a service as a list: one more, one less, another order. It knows no fields of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from manara.ui.flow import Flow
from manara.ui.past.buttons import named
from manara.ui.plain import isolated, tooltip
from manara.ui.theme import theme_of
from manara.wording import Tone, Translator, one_line

_LEAST_SHOWN = 2
_MOST_SHOWN = 5
"""Rows for which there is room; most services have one or two checks, and the fields beside them need the room."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a row tells of a check."""

    kind: str
    target: str = ""
    complaint: str = ""
    """What is wrong with it; may be empty."""


class CheckList(QWidget):
    """Shows rows and emits wishes; positions count from 0."""

    selected = Signal(int)
    add_wished = Signal(str)
    """A type of check, by its word in the settings."""
    remove_wished = Signal(int)
    move_wished = Signal(int, int)
    """From which position to which one."""

    def __init__(self, tr: Translator, kinds: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locked = False
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Checks"))
        self.list.setAccessibleDescription(tr("Each way in which the service is looked at"))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._tell_selected)
        self.add = named(QPushButton(), tr("&Add a check"), tr("Look at it in one more way"))
        menu = QMenu(self)
        for word, kind in kinds.items():
            menu.addAction(kind).triggered.connect(lambda _checked=False, word=word: self.add_wished.emit(word))
        self.add.setMenu(menu)
        self.remove = named(QToolButton(), "–", tr("Remove this check (Delete)"), tr("Remove this check"))
        self.earlier = named(QToolButton(), "↑", tr("Move this check up (Alt+Up)"), tr("Move this check up"))
        self.later = named(QToolButton(), "↓", tr("Move this check down (Alt+Down)"), tr("Move this check down"))
        self.remove.clicked.connect(self._wish_remove)
        self.earlier.clicked.connect(lambda: self._wish_move(-1))
        self.later.clicked.connect(lambda: self._wish_move(1))
        for button in (self.remove, self.earlier, self.later):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for key, button in (("Del", self.remove), ("Alt+Up", self.earlier), ("Alt+Down", self.later)):
            action = QAction(button.accessibleName(), self.list)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(button.click)
            self.list.addAction(action)
        holder = QWidget()
        row = Flow(holder)
        for widget in (self.add, self.remove, self.earlier, self.later):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list, stretch=1)
        layout.addWidget(holder)
        self.show_checks((), -1)

    def show_checks(self, rows: Sequence[Listed], current: int) -> None:
        """Show these checks, and select one; this is not told."""
        bad = theme_of(self.palette()).tones[Tone.BAD]
        with QSignalBlocker(self.list):
            while self.list.count() > len(rows):
                self.list.takeItem(self.list.count() - 1)
            while self.list.count() < len(rows):
                self.list.addItem(QListWidgetItem())
            for position, row in enumerate(rows):
                item = self.list.item(position)
                told = " · ".join(filter(None, (row.kind, one_line(row.target))))
                item.setText(isolated(f"⚠ {told}" if row.complaint else told))
                item.setData(Qt.ItemDataRole.ForegroundRole, bad if row.complaint else None)
                item.setToolTip(tooltip(told, row.complaint))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (told, row.complaint))))
            self.list.setCurrentRow(current)
        shown = min(max(len(rows), _LEAST_SHOWN), _MOST_SHOWN)
        row_height = max(self.list.sizeHintForRow(0), self.fontMetrics().height())
        self.list.setFixedHeight(row_height * shown + 2 * self.list.frameWidth())
        self._offer()

    @Slot(int)
    def _tell_selected(self, position: int) -> None:
        self._offer()
        self.selected.emit(position)

    @Slot()
    def _wish_remove(self) -> None:
        self.remove_wished.emit(self.list.currentRow())

    def _wish_move(self, by: int) -> None:
        position = self.list.currentRow()
        self.move_wished.emit(position, position + by)

    def set_locked(self, *, locked: bool) -> None:
        """Let nobody change anything."""
        self._locked = locked
        self._offer()

    def _offer(self) -> None:
        position, count = self.list.currentRow(), self.list.count()
        self.add.setEnabled(not self._locked)
        self.remove.setEnabled(not self._locked and position >= 0)
        self.earlier.setEnabled(not self._locked and position > 0)
        self.later.setEnabled(not self._locked and 0 <= position < count - 1)
