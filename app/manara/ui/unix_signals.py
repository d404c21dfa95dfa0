"""SIGTERM and Ctrl-C as Qt signals: a handler runs in the middle of anything and must not touch a window."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class UnixSignals(QObject):
    """Tells that the process was asked to end."""

    asked_to_end = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._near, self._far = socket.socketpair()
        self._near.settimeout(0)
        self._far.settimeout(0)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hear signals within the block; afterwards everything is as it was."""
        hang_up = [] if sys.platform == "win32" else [signal.SIGHUP]
        numbers = [signal.SIGINT, signal.SIGTERM, *hang_up]
        before = {number: signal.signal(number, _noted) for number in numbers}
        woken_before = signal.set_wakeup_fd(self._far.fileno())
        try:
            yield
        finally:
            signal.set_wakeup_fd(woken_before)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._notifier.setEnabled(False)
            self._near.close()
            self._far.close()

    @Slot()
    def _read(self) -> None:
        self._near.recv(4096)
        self.asked_to_end.emit()


def _noted(_number: int, _frame: object) -> None:
    """Python writes the number to the wake-up descriptor; that is all there is to do here."""
