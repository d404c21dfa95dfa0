"""Puts tiles into a view. A tile is painted once, into a picture, and again when it shows something else.

A tile takes half a millisecond to paint, most of it text; a picture goes onto the screen in a tenth of that.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from manara.model import TileSize
from manara.ui.heading import Heading
from manara.ui.heading_painting import paint_heading
from manara.ui.theme import Theme, theme_of
from manara.ui.tile import Face, Tile
from manara.ui.tile_model import HEADING_ROLE, TILE_ROLE
from manara.ui.tile_painting import Fonts, TilePainting
from manara.ui.tile_pictures import TilePictures
from manara.wording import Translator

_BYTES_OF_A_PIXEL = 4
_FLAGS = QStyle.StateFlag
_SEEN_STATES = (_FLAGS.State_Selected | _FLAGS.State_HasFocus | _FLAGS.State_MouseOver).value


class TileDelegate(QStyledItemDelegate):
    """Paints a tile: mark, name, sentence, latency, trend of the last hours, last looks, remarks."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self.density = TileSize.ROOMY
        self.strong = False
        """Whether the user has asked for more contrast."""
        self._room = self._width = 1
        self._theme: tuple[tuple[int, int, bool], Theme] | None = None
        self._fonts = Fonts(QFont())
        self._pictures = TilePictures()

    def fit(self, room: int, em: int) -> None:
        """Make as many columns as fit into a width, and let them fill it; `em` is the height of a line of text."""
        narrowest = {TileSize.ROOMY: em * 16, TileSize.COMPACT: em * 12, TileSize.LIST: room}[self.density]
        # Qt begins a new row when the last tile would only just fit.
        self._room = max(1, room - 1)
        self._width = max(1, self._room // max(1, room // max(1, narrowest)))

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a tile with the space around it."""
        height = option.fontMetrics.height()
        if isinstance(index.data(HEADING_ROLE), Heading):
            return QSize(self._room, round(height * 2.4))
        lines = {TileSize.ROOMY: 7.4, TileSize.COMPACT: 4.7, TileSize.LIST: 2.2}[self.density]
        return QSize(self._width, round(height * lines))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the tile of a row."""
        if option.font != self._fonts.plain:
            self._fonts = Fonts(option.font)
        heading = index.data(HEADING_ROLE)
        if isinstance(heading, Heading):
            paint_heading(painter, option, heading, self._tr, fonts=self._fonts, strong=self.strong)
        tile = index.data(TILE_ROLE)
        if not isinstance(tile, Tile):
            return
        place, size, direction = option.rect.topLeft(), option.rect.size(), option.direction
        palette = option.palette
        colours = (palette.cacheKey(), palette.currentColorGroup().value, self.strong)
        scale = painter.device().devicePixelRatioF()
        style = (self.density, size.toTuple(), scale, direction, colours, self._fonts)
        self._pictures.use_style(style)
        face = tile.face(self._tr, self._now())
        state = option.state.value & _SEEN_STATES
        picture = self._pictures.picture(
            tile.service.id,
            (face, state),
            _most_bytes(option, scale),
            lambda: self._picture(
                face, state, size, scale, direction=direction, theme=self._theme_for(palette, colours)
            ),
        )
        # On whole pixels of the screen, or it would be drawn blurred where the scale is not whole.
        painter.drawPixmap(QPointF(round(place.x() * scale) / scale, round(place.y() * scale) / scale), picture)

    def forget_pictures(self) -> None:
        """Give back the memory of what cannot be seen any more; it is painted anew when it is."""
        self._pictures.clear()

    @property
    def bytes_kept(self) -> int:
        """How much memory the pictures of tiles take."""
        return self._pictures.bytes_kept

    def _picture(
        self, face: Face, state: int, size: QSize, scale: float, *, direction: Qt.LayoutDirection, theme: Theme
    ) -> QPixmap:
        picture = QPixmap(round(size.width() * scale), round(size.height() * scale))
        picture.setDevicePixelRatio(scale)
        # With the ground it lies on: letters with coloured edges, as some screens have them, need one.
        picture.fill(theme.paper)
        painter = QPainter(picture)
        # Every text reads in its own direction, and stands on the side where reading begins in this window.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        room = QRect(QPoint(), size)
        painting = TilePainting(painter, room, face, self._tr, theme=theme, fonts=self._fonts, direction=direction)
        painting.card(state)
        if self.density is TileSize.LIST:
            painting.in_a_row()
        else:
            painting.on_a_card(roomy=self.density is TileSize.ROOMY)
        painter.end()
        return picture

    def _theme_for(self, palette: QPalette, key: tuple[int, int, bool]) -> Theme:
        """Return the theme of a palette; it is the same for all tiles."""
        if self._theme is None or self._theme[0] != key:
            self._theme = (key, theme_of(palette, strong=key[2]))
        return self._theme[1]


def _most_bytes(option: QStyleOptionViewItem, scale: float) -> int:
    """Return what the pictures may take together: all in sight, and a row above and below."""
    tile = option.rect.size()
    sight = tile if option.widget is None else option.widget.size()
    return round(sight.width() * (sight.height() + 2 * tile.height()) * scale * scale * _BYTES_OF_A_PIXEL)
