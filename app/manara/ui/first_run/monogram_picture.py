"""The picture of a service that has none: its letters on a ground of its own colour, readable on every palette."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from manara.catalog.monogram import hue, monogram
from manara.ui.theme import Theme, readable

_WHITE, _BLACK = QColor("#ffffff"), QColor("#101010")
_SATURATION = 0.5
_LIGHTNESS = {False: 0.36, True: 0.7}
_ROUNDING = 0.24
_MOST_KEPT = 2_000
"""Some megabytes."""
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


class Monograms:
    """Keeps the pictures that were drawn: the letters of one take longer than all the rest of a card."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._kept: dict[tuple[str, str, int, bool, int], QPixmap] = {}

    def draw(self, painter: QPainter, where: QRectF, service_id: str, name: str, theme: Theme) -> None:
        """Paint the picture of a service into a square."""
        scale = painter.device().devicePixelRatio()
        side = max(1, round(where.width() * scale))
        key = (service_id, name, side, theme.dark, theme.card.rgb())
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) >= self._most:
                self._kept.clear()
            picture = QPixmap(side, side)
            picture.fill(Qt.GlobalColor.transparent)
            on_picture = QPainter(picture)
            on_picture.setFont(painter.font())
            draw_monogram(on_picture, QRectF(0, 0, side, side), service_id, name, theme)
            on_picture.end()
            self._kept[key] = picture
        painter.drawPixmap(where, picture, QRectF(picture.rect()))


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
