"""The field in which the catalogue is searched: Return takes the best hit, the arrow down goes on to all of them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from manara.ui.editor.entry import Entry
from manara.wording import Translator

_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class SearchField(Entry):
    """Tells of Return by `returnPressed`."""

    went_down = Signal()

    def __init__(self, tr: Translator) -> None:
        super().__init__(clearButtonEnabled=True, placeholderText=tr("Search"))
        self.setAccessibleName(tr("Search well-known services"))
        self.setAccessibleDescription(tr("Return chooses the first one; the arrow down goes to all of them."))
        # What Qt puts into the field has no name: a screen reader would say no more than "button".
        for inside in self.findChildren(QAbstractButton):
            inside.setAccessibleName(tr("Clear the search"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go down to the hits, or drop the search."""
        if event.key() in _DOWN:
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def go_on(self, text: str) -> None:
        """Take what was typed elsewhere."""
        self.setText(text)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.deselect()
        self.setCursorPosition(len(text))
