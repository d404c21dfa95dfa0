"""Files and texts that are dropped onto a window. Knows nothing of imports, so that it can be there from the start."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """Watches one window; what stands in it may take its own drops first."""

    dropped = Signal(object)
    """A `Path`, or a text."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what can be imported."""
        if not isinstance(event, (QDragEnterEvent, QDropEvent)):
            return False
        source = source_of(event.mimeData())
        if source is None:
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self.dropped.emit(source)
        return True


def source_of(data: QMimeData) -> Path | str | None:
    """Return the first local file, else the text; None where there is neither."""
    local = next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "")
    if local:
        return Path(local)
    return data.text() if data.hasText() and data.text().strip() else None
