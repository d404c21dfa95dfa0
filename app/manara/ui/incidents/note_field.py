"""Where the user writes what they know of an incident."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from manara.ui.past.buttons import named
from manara.wording import Translator

LONGEST = 2000


class NoteField(QWidget):
    """A field and a button; what is typed stays until it is kept."""

    kept = Signal(str)
    """The user wants to keep this note; it is not empty."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(placeholderText=tr("Add a note to the timeline"))
        self.field.setAccessibleName(tr("Note"))
        hint = tr("A note stands in the timeline, with the time at which it was added")
        self.field.setToolTip(hint)
        self.field.setMaxLength(LONGEST)
        self.button = named(QPushButton(), tr("Add &note"), hint)
        self.button.setEnabled(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, stretch=1)
        row.addWidget(self.button)
        self.field.textChanged.connect(self._offer)
        self.field.returnPressed.connect(self._keep)
        self.button.clicked.connect(self._keep)

    def clear(self) -> None:
        """Drop what was typed."""
        self.field.clear()

    @Slot()
    def _offer(self) -> None:
        self.button.setEnabled(bool(self.field.text().strip()))

    @Slot()
    def _keep(self) -> None:
        text = self.field.text().strip()
        if text:
            self.kept.emit(text)
