"""The picture in the tray: the worst mark and how many, drawn for each size, for light panels and dark ones."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap

from manara.model import Verdict
from manara.ui.marks import Mark, draw_mark, tone_of
from manara.ui.theme import Theme

SIZES = (16, 20, 22, 24, 32, 40, 44, 48, 64)
"""Pixels that tray hosts ask for; each is drawn by itself, since a scaled digit cannot be read."""
_MOST_SHOWN = 9


def tray_icon(mark: Mark, count: int, theme: Theme) -> QIcon:
    """Return the icon with a picture for every size."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(tray_picture(mark, count, theme, size))
    return icon


def tray_picture(mark: Mark, count: int, theme: Theme, size: int) -> QPixmap:
    """Return one square picture of so many pixels."""
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    # A digit takes the place of the sign inside the mark: both do not fit into 16 pixels.
    if count and mark in (Verdict.DOWN, Verdict.DEGRADED):
        _draw_counted(painter, mark, count, theme, size)
    else:
        margin = size / 16
        draw_mark(painter, mark, QRectF(margin, margin, size - 2 * margin, size - 2 * margin), theme)
    painter.end()
    return picture


def _draw_counted(painter: QPainter, mark: Mark, count: int, theme: Theme, size: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.tones[tone_of(mark)]
    pen = QPen(colour, max(1.0, size / 12))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour)
    edge = size / 16 + pen.widthF() / 2
    if mark is Verdict.DEGRADED:
        shape = QPainterPath()
        shape.moveTo(size / 2, edge)
        shape.lineTo(size - edge, size - edge)
        shape.lineTo(edge, size - edge)
        shape.closeSubpath()
        painter.drawPath(shape)
        middle = QRectF(0, size * 0.3, size, size * 0.66)
    else:
        painter.drawRect(QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
        middle = QRectF(0, 0, size, size)
    _draw_number(painter, str(count) if count <= _MOST_SHOWN else f"{_MOST_SHOWN}+", middle, theme.on(tone_of(mark)))


def _draw_number(painter: QPainter, number: str, room: QRectF, colour: QColor) -> None:
    font = QFont()
    font.setBold(True)
    height = room.height() * (0.78 if len(number) == 1 else 0.56)
    font.setPixelSize(max(7, round(height)))
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, number)
