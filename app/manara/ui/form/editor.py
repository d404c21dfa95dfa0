"""What every way to edit one value has in common."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget


class Editor(QWidget):
    """Edits one value, which is given and returned as it stands in the settings file; None means that it is not set."""

    changed = Signal()
    """The user has changed the value; perhaps the next key changes it again."""
    committed = Signal()
    """The user has left the value, or confirmed it."""

    stands_alone = False
    """Whether the control tells its label itself."""
    wide = False
    """Whether it takes all the room there is in its row."""

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self.control = control
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(control)
        self.setFocusProxy(control)

    def show_value(self, value: Any) -> None:
        """Show a value of the settings file; this is not told as a change."""
        raise NotImplementedError

    def value(self) -> Any:
        """Return the value; one that cannot be read is returned as it was typed."""
        raise NotImplementedError

    def complaint(self) -> str:
        """Return why what was typed cannot be read as a value at all, in one sentence; empty when it can."""
        return ""

    def line_of(self, step: str | int) -> int | None:
        """Return the line, from 1, of a part of the value; None where there are no lines."""
        del step
        return None

    def set_label(self, label: str) -> None:
        """Take over the label, where the control tells it itself."""


class LeftAlone(QObject):
    """Keeps the wheel from changing a value while somebody scrolls past it."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let the wheel pass to what can be scrolled unless the value has the focus."""
        if event.type() is QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
