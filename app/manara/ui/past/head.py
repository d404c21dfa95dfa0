"""The words above the chart: how the shown time was spent, and the one read-out. Nothing here is read as markup."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from manara.model import HistoryOptions, Latency, Uptime
from manara.ui.plain import bare, isolated, tooltip
from manara.ui.theme import theme_of
from manara.wording import Translator, counted_as, latency, percent, time_spent, uptime_sentence


class Lines(QWidget):
    """Lines of plain text, each cut off where there is no room for it; the first can stand out.

    Where fewer lines have room than there are, the last one goes on with the rest. The tool tip tells all.
    """

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
        if count != self._count:
            self._count = count
            self.updateGeometry()
            self.update()

    def show_lines(self, lines: Sequence[str], *, plain: bool = False) -> None:
        """Show these lines; plain ones are all of the same weight."""
        self._lines, self._plain = tuple(lines), plain
        self.setAccessibleDescription(bare("\n".join(lines)))
        self.setToolTip(tooltip(*lines))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the height of the reserved lines."""
        return QSize(0, self.height_of(self._count))

    def height_of(self, count: int) -> int:
        """Return the height that so many lines take."""
        return round(self.fontMetrics().lineSpacing() * (count + (0.3 if self._bold else 0)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the lines from where reading begins."""
        painter = QPainter(self)
        kept, rest = self._lines[: self._count - 1], self._lines[self._count - 1 :]
        top = 0
        for place, row in enumerate((*((line,) for line in kept), rest)):
            stands_out = place == 0 and not self._plain
            taken = self._paint(painter, row[0], top, 0, first=True) if stands_out and row else 0
            words = " · ".join(filter(None, row[1:] if stands_out else row))
            gap = self.fontMetrics().height() if taken else 0
            self._paint(painter, words, top, taken + gap, first=False)
            top += QFontMetrics(self._font(first=stands_out)).lineSpacing()
        painter.end()

    def _paint(self, painter: QPainter, text: str, top: int, begin: int, *, first: bool) -> int:
        """Paint a text so far from where reading begins, and return how wide it is."""
        theme, font = theme_of(self.palette()), self._font(first=first)
        metrics = QFontMetrics(font)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        room = QRect(0 if mirrored else begin, top, max(0, self.width() - begin), metrics.lineSpacing())
        shown = isolated(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
        painter.setFont(font)
        painter.setPen(theme.text if first else theme.faint)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignAbsolute, shown)
        return metrics.horizontalAdvance(shown)

    def _font(self, *, first: bool) -> QFont:
        font = self.font()
        font.setBold(first)
        if first and self._bold and font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 1.15)
        return font


def summary_lines(
    tr: Translator, options: HistoryOptions, uptime: Uptime | None, took: Latency | None, where: str
) -> list[str]:
    """Return how a window was spent: uptime with its coverage, and below it the parts."""
    if uptime is None:
        return ["", where]
    measured = [where]
    if took is not None:
        text = tr("latency: median {p50}, {most} within {p90}, {nearly_all} within {p99}")
        words = {"p50": latency(tr, took.p50_ms), "p90": latency(tr, took.p90_ms), "p99": latency(tr, took.p99_ms)}
        measured.append(text.format(most=percent(tr, 0.9, 0), nearly_all=percent(tr, 0.99, 0), **words))
    spent = [f"{word} {length}" for word, length in time_spent(tr, uptime)] if uptime.observed else []
    counted = counted_as(tr, uptime, options)
    lines = [uptime_sentence(tr, uptime, options), " · ".join(measured)]
    if spent:
        lines.append(" · ".join((*spent, counted)) if counted else " · ".join(spent))
    return lines
