"""The words above the chart: how the shown time was spent, and the one read-out. Nothing here is read as markup."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from manara.model import HistoryOptions, Latency, Uptime
from manara.ui.theme import theme_of
from manara.wording import Translator, counted_as, latency, time_spent, uptime_sentence


class Lines(QWidget):
    """Lines of plain text, each cut off where there is no room for it; the first can stand out."""

    def __init__(self, name: str, count: int, *, bold: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._bold = bold
        self._lines: tuple[str, ...] = ()
        self._plain = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is shown, in full."""
        return self._lines

    def reserve(self, count: int) -> None:
        """Keep room for so many lines, so that nothing jumps when there are fewer."""
        self._count = count
        self.updateGeometry()

    def show_lines(self, lines: Sequence[str], *, plain: bool = False) -> None:
        """Show these lines; plain ones are all of the same weight."""
        self._lines, self._plain = tuple(lines), plain
        self.setAccessibleDescription("\n".join(lines))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the reserved lines."""
        return QSize(0, round(self.fontMetrics().lineSpacing() * (self._count + (0.3 if self._bold else 0))))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the lines from where reading begins."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        top = 0
        for place, line in enumerate(self._lines[: self._count]):
            font = self.font()
            first = place == 0 and not self._plain
            font.setBold(first)
            if first and self._bold and font.pointSizeF() > 0:
                font.setPointSizeF(font.pointSizeF() * 1.15)
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(theme.text if first else theme.faint)
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(0, top, self.width(), metrics.lineSpacing(), side | Qt.AlignmentFlag.AlignAbsolute, text)
            top += metrics.lineSpacing()
        painter.end()


def summary_lines(
    tr: Translator, options: HistoryOptions, uptime: Uptime | None, took: Latency | None, where: str
) -> list[str]:
    """Return how a window was spent: uptime with its coverage, and below it the parts."""
    if uptime is None:
        return ["", where]
    measured = [where]
    if took is not None:
        text = tr("latency: median {p50}, 90 % within {p90}, 99 % within {p99}")
        words = {"p50": latency(tr, took.p50_ms), "p90": latency(tr, took.p90_ms), "p99": latency(tr, took.p99_ms)}
        measured.append(text.format(**words))
    spent = [f"{word} {length}" for word, length in time_spent(tr, uptime)] if uptime.observed else []
    counted = counted_as(tr, uptime, options)
    lines = [uptime_sentence(tr, uptime, options), " · ".join(measured)]
    if spent:
        lines.append(" · ".join((*spent, counted)) if counted else " · ".join(spent))
    return lines
