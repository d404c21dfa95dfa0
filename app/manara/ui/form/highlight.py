"""What a search can find in a window: it gets a ground and an edge."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from manara.ui.theme import theme_of


def padding(widget: QWidget) -> int:
    """Return how many pixels there are around what can be found; what stands above it keeps as many to be in line."""
    return widget.fontMetrics().height() // 3


class Highlightable(QWidget):
    """Shows whether a search has found it."""

    highlighted = False

    def highlight(self, *, found: bool) -> None:
        """Show whether it was found."""
        if found != self.highlighted:
            self.highlighted = found
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground and the edge of what was found."""
        super().paintEvent(event)
        if self.highlighted:
            theme = theme_of(self.palette())
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.focus)
            painter.setBrush(theme.selected)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.end()
