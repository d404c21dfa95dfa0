"""What the colours and patterns of the chart mean: a row of swatches that wraps; also painted into pictures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from manara.model import Verdict
from manara.ui.contrast import wants_high_contrast
from manara.ui.past.lane import Kind
from manara.ui.past.painting import paint_shade
from manara.ui.past.palette import ChartColours, chart_colours
from manara.ui.past.readout import PHASES
from manara.ui.plain import isolated
from manara.ui.theme import theme_of
from manara.wording import Tone, Translator, percent, verdict_word

_SWATCH, _WORDS, _GAP = 1.2, 1.45, 0.6
"""How wide a swatch is, where the words beside it begin, and what lies between two entries; in heights of the font."""
Swatch: TypeAlias = Callable[[QPainter, QRectF, ChartColours], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One sign and what it means."""

    text: str
    swatch: Swatch


def entries(tr: Translator, kind: Kind) -> list[Entry]:
    """Return what is to be explained in a kind of chart."""
    if kind is Kind.PHASES:
        told = [Entry(tr(word), _phase(level)) for level, word in enumerate(PHASES)]
    else:
        told = [
            Entry(tr("Median"), _line),
            Entry(tr("up to {part}").format(part=percent(tr, 0.9, 0)), _band(near=True)),
            Entry(tr("up to {part}").format(part=percent(tr, 0.99, 0)), _band(near=False)),
        ]
    told.append(Entry(tr("Failed look"), _failed))
    shaded = (Verdict.DOWN, Verdict.DEGRADED, Verdict.MAINTENANCE)
    return told + [Entry(verdict_word(tr, verdict), _shade(verdict)) for verdict in shaded]


class Legend(QWidget):
    """Explains a kind of chart."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._entries = entries(tr, Kind.LATENCY)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("Legend"))
        self.explain(Kind.LATENCY)

    def explain(self, kind: Kind) -> None:
        """Explain this kind of chart from now on."""
        self._entries = entries(self._tr, kind)
        self.setAccessibleDescription(", ".join(entry.text for entry in self._entries))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height at a width."""
        return round(height_of(self._entries, QFontMetricsF(self.font()), width))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of one row of some entries."""
        em = self.fontMetrics().height()
        return QSize(em * 20, self.heightForWidth(max(em * 20, self.width())))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the font."""
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the entries."""
        painter = QPainter(self)
        paint_entries(
            painter,
            QRectF(self.rect()),
            self._entries,
            chart_colours(theme_of(self.palette()), strong=wants_high_contrast()),
            mirrored=self.layoutDirection() is Qt.LayoutDirection.RightToLeft,
        )
        painter.end()


def height_of(told: Sequence[Entry], metrics: QFontMetricsF, width: float) -> float:
    """Return how high the entries are at a width."""
    rows = max((row for row, _, _ in _places(told, metrics, width)), default=0) + 1
    return rows * _row_height(metrics)


def paint_entries(
    painter: QPainter, where: QRectF, told: Sequence[Entry], colours: ChartColours, *, mirrored: bool
) -> None:
    """Paint the entries into a rectangle, from where reading begins."""
    metrics = QFontMetricsF(painter.font())
    em, height = metrics.height(), _row_height(metrics)
    for entry, (row, left, width) in zip(told, _places(told, metrics, where.width()), strict=True):
        top = where.top() + row * height
        begin = where.right() - left - width if mirrored else where.left() + left
        side = begin + width - em * _SWATCH if mirrored else begin
        swatch = QRectF(round(side), round(top + (height - em * 0.8) / 2), round(em * _SWATCH), round(em * 0.8))
        painter.save()
        entry.swatch(painter, swatch, colours)
        painter.restore()
        words = QRectF(begin if mirrored else begin + em * _WORDS, top, width - em * _WORDS, height)
        painter.setPen(colours.text)
        side_of_words = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        side_of_words |= Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(words, side_of_words, isolated(entry.text))


def _row_height(metrics: QFontMetricsF) -> float:
    return metrics.height() * 1.25


def _places(told: Sequence[Entry], metrics: QFontMetricsF, room: float) -> Iterator[tuple[int, float, float]]:
    """Yield the row of each entry, how far from its beginning it lies, and its width."""
    em, row, left = metrics.height(), 0, 0.0
    for entry in told:
        width = em * _WORDS + metrics.horizontalAdvance(entry.text) + 2
        if left and left + width > room:
            row, left = row + 1, 0.0
        yield row, left, width
        left += width + em * _GAP


def _line(painter: QPainter, where: QRectF, colours: ChartColours) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.line, 2.0))
    y = where.center().y()
    painter.drawLine(QPointF(where.left(), y), QPointF(where.right(), y))


def _band(*, near: bool) -> Swatch:
    def paint(painter: QPainter, where: QRectF, colours: ChartColours) -> None:
        painter.fillRect(where, colours.near if near else colours.far)

    return paint


def _phase(level: int) -> Swatch:
    def paint(painter: QPainter, where: QRectF, colours: ChartColours) -> None:
        painter.fillRect(where, colours.phases[level])

    return paint


def _failed(painter: QPainter, where: QRectF, colours: ChartColours) -> None:
    painter.setPen(QPen(colours.theme.tones[Tone.BAD], 1.0))
    x = round(where.center().x()) + 0.5
    painter.drawLine(QPointF(x, where.bottom() - 5), QPointF(x, where.bottom()))


def _shade(verdict: Verdict) -> Swatch:
    def paint(painter: QPainter, where: QRectF, colours: ChartColours) -> None:
        painter.setClipRect(where)
        painter.fillRect(where, colours.ground)
        paint_shade(painter, where, verdict, colours.theme, where.left() + 1)

    return paint
