"""Notifications as messages at the icon in the tray: on Windows and macOS the system shows them its own way.

They cannot take each other's place, so one that is told anew soon waits for a while: of an outage that grows, there are
a few messages and no flood of them. One that only says more of what was shown before is not shown at all.
"""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from manara.ui.bubble import DEFAULT_ACTION, Bubble, BubbleWay
from manara.ui.tray import Tray

AGAIN_AFTER_MS = 30_000


class TrayMessages(BubbleWay):
    """Shows bubbles at an icon, as long as there is one; they have no buttons and cannot be taken back.

    With `needs_place`, only at one that Qt draws itself: on Linux, a host that draws it hands messages to the desktop's
    server, which was tried before, and shows a sign of the message where the state of all services belongs.
    """

    def __init__(
        self,
        tray: Tray,
        parent: QObject | None = None,
        *,
        needs_place: bool = False,
        again_after_ms: int = AGAIN_AFTER_MS,
    ) -> None:
        super().__init__(parent)
        self._tray = tray
        self._needs_place = needs_place
        self._again_after_ms = again_after_ms
        self._last: int | None = None
        self._recent: set[int] = set()
        """The numbers of bubbles that were shown a moment ago."""
        self._known: set[int] = set()
        """The numbers of all that were shown."""
        self._waiting: dict[int, Bubble] = {}
        tray.message_clicked.connect(self._clicked)

    def show(self, number: int, bubble: Bubble) -> None:
        """Show a bubble if there is an icon."""
        if number in self._recent:
            if not bubble.update or number in self._waiting:
                self._waiting[number] = bubble.instead_of(self._waiting.get(number))
            return
        if bubble.update and number in self._known:
            return
        self._known.add(number)
        placed = not self._needs_place or self._tray.has_place
        if placed and self._tray.show_message(bubble.title, bubble.text, quiet=bubble.quiet):
            self._last = number
            self._recent.add(number)
            QTimer.singleShot(self._again_after_ms, self, partial(self._go_on, number))
        else:
            self.failed.emit(number, bubble)

    def withdraw(self, number: int) -> None:
        """Let a bubble be that is shown; it goes away by itself."""
        self._waiting.pop(number, None)

    def close(self) -> None:
        """Show nothing more."""
        self._waiting.clear()

    def _go_on(self, number: int) -> None:
        self._recent.discard(number)
        if number in self._waiting:
            self.show(number, self._waiting.pop(number))

    @Slot()
    def _clicked(self) -> None:
        if self._last is not None:
            self.invoked.emit(self._last, DEFAULT_ACTION, "")
