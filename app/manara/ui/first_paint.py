"""Tells when a widget can be seen for the first time, so that what is slow begins after it."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

LATEST_MS = 1000
"""A window on another workspace is not painted at all."""


class FirstPaint(QObject):
    """Watches one widget."""

    passed = Signal()
    """The widget has been painted, or will not be soon; emitted once."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._latest.timeout.connect(self._pass)
        self._latest.start()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the end of the frame: the filter is asked before it."""
        if event.type() is QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            self._latest.start(0)
        return super().eventFilter(watched, event)

    @Slot()
    def _pass(self) -> None:
        self._widget.removeEventFilter(self)
        self.passed.emit()
