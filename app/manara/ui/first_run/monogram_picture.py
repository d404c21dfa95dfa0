"""The picture of a service that has none: its letters on a ground of its own colour, readable on every palette."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from manara.catalog.monogram import hue, monogram
from manara.ui.theme import Theme, readable

_WHITE, _BLACK = QColor("#ffffff"), QColor("#101010")
_SATURATION = 0.5
_LIGHTNESS = {False: 0.36, True: 0.7}
_ROUNDING = 0.24
_LETTERS = {1: 0.46, 2: 0.38, 3: 0.3}
"""The height of letters as a share of the side, by their number; two of Arabic have a sign between them."""


def ground_of(service_id: str, theme: Theme) -> QColor:
    """Return the ground of a service: always of the same hue, and in contrast to its letters and to its surroundings.

    The contrast is that of text (WCAG 2.2, AA).
    """
    own = QColor.fromHslF(hue(service_id) / 360, _SATURATION, _LIGHTNESS[theme.dark])
    return readable(own, (ink_of(theme), theme.card))


def ink_of(theme: Theme) -> QColor:
    """Return the colour of the letters."""
    return _BLACK if theme.dark else _WHITE


def draw_monogram(painter: QPainter, where: QRectF, service_id: str, name: str, theme: Theme) -> None:
    """Paint the picture of a service into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground_of(service_id, theme))
    radius = where.width() * _ROUNDING
    painter.drawRoundedRect(where, radius, radius)
    letters = monogram(name)
    font = painter.font()
    font.setPixelSize(max(1, round(where.height() * _LETTERS[len(letters)])))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(ink_of(theme))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()
