"""Notifications as messages at the icon in the tray: on Windows and macOS the system shows them its own way."""

from PySide6.QtCore import QObject, Slot

from manara.ui.bubble import DEFAULT_ACTION, Bubble, BubbleWay
from manara.ui.tray import Tray


class TrayMessages(BubbleWay):
    """Shows bubbles at an icon, as long as there is one; they have no buttons and cannot be taken back."""

    def __init__(self, tray: Tray, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray = tray
        self._last: int | None = None
        tray.message_clicked.connect(self._clicked)

    def show(self, number: int, bubble: Bubble) -> None:
        """Show a bubble if there is an icon."""
        if self._tray.show_message(bubble.title, bubble.text, quiet=bubble.quiet):
            self._last = number
        else:
            self.failed.emit(number, bubble)

    def withdraw(self, number: int) -> None:
        """Let a bubble be; it goes away by itself."""

    def close(self) -> None:
        """Show nothing more; nothing is to be done for that."""

    @Slot()
    def _clicked(self) -> None:
        if self._last is not None:
            self.invoked.emit(self._last, DEFAULT_ACTION, "")
