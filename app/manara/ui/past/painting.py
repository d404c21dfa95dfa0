"""How verdicts are painted over time, in pixels: tint and pattern behind the curves, and the strip below them.

Colour, pattern and height all tell the same, so that any one of them is enough.
"""

from collections.abc import Iterable, Iterator
from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen, QPixmap, QPolygonF

from manara.model import Verdict
from manara.ui.past.stretches import Stretch
from manara.ui.theme import Theme
from manara.wording import SIGNS

STRIP = 8.0
"""Height of the strip of verdicts."""
STRIP_GAP = 4.0
HEIGHTS = {Verdict.DOWN: 1.0, Verdict.DEGRADED: 0.7, Verdict.MAINTENANCE: 0.5, Verdict.UP: 0.25}
"""Part of the strip or of a bar that a verdict fills; nothing where nothing is known."""

_SPACING = 6.0
_PIECE = 24.0
"""Height after which every pattern repeats itself; a whole number of pixels at most scales."""
_NARROWEST_PATTERN = 6.0
_TINT, _PATTERN = 34, 100
_DOWN_LINE, _LINE = 95, 65
"""Opacity of stretches that are too narrow for a pattern."""


def paint_shades(
    painter: QPainter, plot: QRectF, stretches: Iterable[Stretch], theme: Theme, anchor: float = 0.0
) -> None:
    """Paint the tint and the pattern of every stretch over a plot; those too narrow for a pattern are stripes.

    `anchor` is where the paper begins: the patterns move with it and not with the edges of the stretches.
    """
    if painter.paintEngine().type() is QPaintEngine.Type.Raster:
        # All of it repeats itself from top to bottom: a piece is painted, and that again and again. Stripes and lines
        # as high as the plot would take ten times as long.
        piece = _piece(plot.width(), painter.deviceTransform().m11(), stretches, theme, anchor)
        painter.drawTiledPixmap(plot, piece, QPointF(0, -plot.height() % _PIECE))
    else:
        _paint_shades(painter, plot, stretches, theme, anchor)


def _piece(width: float, scale: float, stretches: Iterable[Stretch], theme: Theme, anchor: float) -> QPixmap:
    picture = QPixmap(max(1, round(width * scale)), round(_PIECE * scale))
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(picture.height() / _PIECE)
    painter = QPainter(picture)
    # What juts out fits to what is cut off at the other edge.
    _paint_shades(painter, QRectF(0, -_PIECE / 2, width, 2 * _PIECE), stretches, theme, anchor)
    painter.end()
    return picture


def _paint_shades(painter: QPainter, plot: QRectF, stretches: Iterable[Stretch], theme: Theme, anchor: float) -> None:
    stripes: dict[Verdict, list[QRectF]] = {}
    for stretch in stretches:
        where = QRectF(stretch.left, plot.top(), stretch.right - stretch.left, plot.height())
        if where.width() < _NARROWEST_PATTERN:
            stripes.setdefault(stretch.verdict, []).append(where)
        else:
            paint_shade(painter, where, stretch.verdict, theme, anchor)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    for verdict, places in stripes.items():
        strength = _DOWN_LINE if verdict is Verdict.DOWN else _LINE
        painter.setBrush(_faded(theme.tones[SIGNS[verdict].tone], strength))
        painter.drawRects(places)


def paint_shade(painter: QPainter, where: QRectF, verdict: Verdict, theme: Theme, anchor: float) -> None:
    """Paint the tint and the pattern of a verdict over a rectangle."""
    tone = theme.tones[SIGNS[verdict].tone]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(where, _faded(tone, _TINT))
    painter.setPen(QPen(_faded(tone, _PATTERN), 1.0))
    match verdict:
        case Verdict.DOWN:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawLines(list(hatching(where, anchor)))
        case Verdict.DEGRADED:
            pen = QPen(_faded(tone, 2 * _PATTERN), 2.0)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawPoints(QPolygonF(list(_dots(where, anchor))))
        case _:
            painter.drawLines(list(_rules(where)))


def paint_strip(painter: QPainter, base: float, stretches: Iterable[Stretch], theme: Theme) -> None:
    """Paint verdicts into a strip that stands on `base`: the worse, the higher."""
    blocks: dict[Verdict, list[QRectF]] = {}
    for stretch in stretches:
        top = STRIP * HEIGHTS[stretch.verdict]
        block = QRectF(stretch.left, base - top, stretch.right - stretch.left, top)
        blocks.setdefault(stretch.verdict, []).append(block)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    for verdict, places in blocks.items():
        painter.setBrush(theme.tones[SIGNS[verdict].tone])
        painter.drawRects(places)


def paint_label_edge(painter: QPainter, where: QRectF, theme: Theme) -> None:
    """Mark a stretch as the user's word, by a bracket along its top."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(theme.faint, 1.0))
    top, bottom = where.top() + 1, where.top() + 6
    painter.drawPolyline(
        [
            QPointF(where.left(), bottom),
            QPointF(where.left(), top),
            QPointF(where.right() - 1, top),
            QPointF(where.right() - 1, bottom),
        ]
    )


def hatching(where: QRectF, anchor: float = 0.0) -> Iterator[QLineF]:
    """Yield the lines, rising to the right, that fill a rectangle."""
    for foot in _grid_places(where.left() - where.height(), where.right(), anchor):
        left, right = max(foot, where.left()), min(foot + where.height(), where.right())
        if right > left:
            yield QLineF(left, where.bottom() - (left - foot), right, where.bottom() - (right - foot))


def _dots(where: QRectF, anchor: float) -> Iterator[QPointF]:
    for column, x in enumerate(_grid_places(where.left() + 1, where.right() - 1, anchor)):
        for row in range(1, int(where.height() // _SPACING) + 1):
            if (column + row) % 2:
                yield QPointF(x, where.top() + row * _SPACING)


def _grid_places(first: float, last: float, anchor: float) -> Iterator[float]:
    place = ceil((first - anchor) / _SPACING)
    while (x := anchor + place * _SPACING) <= last:
        yield x
        place += 1


def _rules(where: QRectF) -> Iterator[QLineF]:
    for row in range(1, int(where.height() // _SPACING) + 1):
        y = round(where.top() + row * _SPACING) + 0.5
        yield QLineF(where.left(), y, where.right() - 1, y)


def _faded(colour: QColor, alpha: int) -> QColor:
    faded = QColor(colour)
    faded.setAlpha(min(255, alpha))
    return faded
