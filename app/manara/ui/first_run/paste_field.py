"""The field for addresses: what is pasted or dropped into it while it is empty is given at once, in all its lines."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from manara.ui.imports.drops import source_of
from manara.wording import Translator

_LINES = 3


class PasteField(QPlainTextEdit):
    """Return gives what was typed, Shift and Return begins another line."""

    given = Signal(object)
    """A text, or the `Path` of a file that was dropped."""

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self.setPlaceholderText("https://example.org/\nexample.org:5432\n192.0.2.1")
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Addresses"))
        self.setAccessibleDescription(tr("Paste addresses, one a line, or type one and press Return."))
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * (_LINES + 1)))

    def give(self) -> None:
        """Give what stands in the field, and empty it."""
        text = self.toPlainText()
        if text.strip():
            self.clear()
            self.given.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Give by Return."""
        shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or shifted:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # It means the whole window.
            event.ignore()
        else:
            self.give()

    def insertFromMimeData(self, data: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Give what is pasted or dropped; where something was typed before, a text belongs to that."""
        source = source_of(data)
        if isinstance(source, Path) or (source is not None and not self.toPlainText().strip()):
            self.given.emit(source)
        else:
            super().insertFromMimeData(data)
