"""The picture in the tray: the worst mark and how many, drawn for each size, for light panels and dark ones."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPainterPath, QPen, QPixmap

from manara.model import Verdict
from manara.ui.marks import Mark, draw_mark, tone_of
from manara.ui.theme import Theme

SIZES = (16, 20, 22, 24, 32, 40, 44, 48, 64)
"""Pixels that tray hosts ask for; each is drawn by itself, since a scaled digit cannot be read."""
_MOST_SHOWN = 9


def tray_icon(mark: Mark, count: int, theme: Theme, written: Callable[[str], str] = str) -> QIcon:
    """Return the icon with a picture for every size. `written` gives a number in the reader's digits."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(tray_picture(mark, count, theme, size, written))
    return icon


def tray_picture(mark: Mark, count: int, theme: Theme, size: int, written: Callable[[str], str] = str) -> QPixmap:
    """Return one square picture of so many pixels."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    # A digit takes the place of the sign inside the mark: both do not fit into 16 pixels.
    if count and mark in (Verdict.DOWN, Verdict.DEGRADED):
        _draw_counted(painter, mark, _shown(count, written), theme, size)
    else:
        margin = size / 16
        draw_mark(painter, mark, QRectF(margin, margin, size - 2 * margin, size - 2 * margin), theme)
    painter.end()
    return picture


def _draw_counted(painter: QPainter, mark: Mark, number: str, theme: Theme, size: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.tones[tone_of(mark)]
    pen = QPen(colour, max(1.0, size / 12))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour)
    edge = pen.widthF() / 2
    if mark is Verdict.DEGRADED:
        painter.drawPolygon([QPointF(size / 2, edge), QPointF(size - edge, size - edge), QPointF(edge, size - edge)])
        # The lower middle, where a triangle is wide.
        room = QRectF(size * 0.16, size * 0.42, size * 0.68, size * 0.52)
    else:
        painter.drawRect(QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
        room = QRectF(0, 0, size, size).adjusted(size / 16, size / 8, -size / 16, -size / 8)
    _draw_number(painter, number, room, pen, theme.on(tone_of(mark)))


def _shown(count: int, written: Callable[[str], str]) -> str:
    return written(str(count)) if count <= _MOST_SHOWN else f"{written(str(_MOST_SHOWN))}+"


def _draw_number(painter: QPainter, number: str, room: QRectF, ground: QPen, colour: QColor) -> None:
    """Paint a number as large as the room allows, with ground around it where it reaches beyond the mark."""
    font = QFont()
    font.setBold(True)
    font.setPixelSize(max(8, round(room.height() * 1.5)))
    while (ink := _ink(font, number)).width() > room.width() + 1 or ink.height() > room.height() + 1:
        font.setPixelSize(font.pixelSize() - 1)
    # On whole pixels, or the strokes of the digit are blurred.
    start = QPointF(
        round(room.center().x() - ink.width() / 2 - ink.left()),
        round(room.center().y() + ink.height() / 2 - ink.bottom()),
    )
    path = QPainterPath()
    path.addText(start, font, number)
    painter.setPen(QPen(ground.color(), 3.0, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(start, number)


def _ink(font: QFont, number: str) -> QRectF:
    return QRectF(QFontMetrics(font).tightBoundingRect(number))
