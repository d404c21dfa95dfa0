"""Buttons with words for eyes and for ears."""

import re
from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from manara.ui.plain import isolated
from manara.ui.theme import theme_of

GAP = 4
"""Pixels between two buttons."""
_UNDERLINING = re.compile("&(.)")
_Button = TypeVar("_Button", bound=QAbstractButton)


class ChoiceButton(QToolButton):
    """A button that shows by a line, too, that it is chosen: some palettes have no other shade for it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the button, and the line."""
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            painter.fillRect(3, self.height() - 3, self.width() - 6, 2, theme_of(self.palette()).text)
            painter.end()


def named(button: _Button, text: str, hint: str, name: str = "") -> _Button:
    """Give a button its words, for eyes and for ears."""
    button.setText(isolated(text))
    button.setToolTip(hint)
    # The sign that underlines a letter is not read aloud.
    button.setAccessibleName(name or _UNDERLINING.sub(r"\1", text))
    button.setAccessibleDescription(hint)
    return button


def choice_button(text: str, name: str, hint: str, *, checkable: bool = False) -> QToolButton:
    """Return a button with the name that is heard and a hint; a checkable one stays chosen."""
    button = named(ChoiceButton(), text, hint, name)
    button.setCheckable(checkable)
    # What a style draws flat must still be found by the keyboard.
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def menu_button(text: str, hint: str, parent: QWidget) -> QPushButton:
    """Return a button that opens a menu."""
    button = named(QPushButton(), text, hint)
    button.setMenu(QMenu(parent))
    return button


def side_by_side(widgets: Iterable[QWidget]) -> QWidget:
    """Return what stays in one row, however narrow the window is."""
    together = QWidget()
    row = QHBoxLayout(together)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget)
    return together
