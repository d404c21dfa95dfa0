"""How one tile is painted. All sizes follow the font, so that they follow the reader's settings."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from manara.model import Outcome
from manara.ui.marks import draw_mark
from manara.ui.theme import Theme, theme_of
from manara.ui.tile import LOOKS_SHOWN, Tile
from manara.ui.tile_model import TILE_ROLE
from manara.wording import Translator, sign_of_outcome


class Density(StrEnum):
    """How much room a tile takes."""

    ROOMY = "roomy"
    COMPACT = "compact"
    LIST = "list"


# Height of each kind of look in the small bar: it tells the same as the colour.
_HEIGHTS = {Outcome.OK: 0.4, Outcome.DEGRADED: 0.7, Outcome.FAILED: 1.0, Outcome.UNKNOWN: 0.25}
_TONES = {outcome: sign_of_outcome(outcome).tone for outcome in _HEIGHTS}
_MIDDLE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft | _MIDDLE, Qt.AlignmentFlag.AlignRight | _MIDDLE


class TileDelegate(QStyledItemDelegate):
    """Paints a tile: mark, name, sentence, latency, trend of the last hours, last looks, remarks."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self.density = Density.ROOMY
        self._width = 1
        self._theme: tuple[tuple[int, int], Theme] | None = None
        self._fonts = _Fonts(QFont())

    def fit(self, room: int, em: int) -> None:
        """Make as many columns as fit into a width, and let them fill it; `em` is the height of a line of text."""
        narrowest = {Density.ROOMY: em * 16, Density.COMPACT: em * 12, Density.LIST: room}[self.density]
        # Qt begins a new row when the last tile would only just fit.
        self._width = max(1, (room - 1) // max(1, room // max(1, narrowest)))

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a tile with the space around it."""
        lines = {Density.ROOMY: 7.4, Density.COMPACT: 4.7, Density.LIST: 2.2}[self.density]
        return QSize(self._width, round(option.fontMetrics.height() * lines))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the tile of a row."""
        tile = index.data(TILE_ROLE)
        if not isinstance(tile, Tile):
            return
        painter.save()
        # Every text reads in its own direction, and stands on the side where reading begins in this window.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setClipRect(option.rect)
        if option.font != self._fonts.plain:
            self._fonts = _Fonts(option.font)
        theme = self._theme_for(option.palette)
        _Painting(painter, option, tile, self._tr, self._now(), theme=theme, fonts=self._fonts).paint(self.density)
        painter.restore()

    def _theme_for(self, palette: QPalette) -> Theme:
        """Return the theme of a palette; it is the same for all tiles."""
        key = (palette.cacheKey(), palette.currentColorGroup().value)
        if self._theme is None or self._theme[0] != key:
            self._theme = (key, theme_of(palette))
        return self._theme[1]


class _Fonts:
    """The fonts of all tiles with their measures, made once."""

    def __init__(self, plain: QFont) -> None:
        self.plain = QFont(plain)
        self._made: dict[tuple[bool, bool], tuple[QFont, QFontMetrics]] = {}

    def font(self, *, bold: bool, small: bool) -> tuple[QFont, QFontMetrics]:
        """Return a font of this kind and its measures."""
        if (bold, small) not in self._made:
            font = QFont(self.plain)
            font.setBold(bold)
            if small and font.pointSizeF() > 0:
                font.setPointSizeF(font.pointSizeF() * 0.85)
            self._made[bold, small] = font, QFontMetrics(font)
        return self._made[bold, small]


class _Painting:
    """One tile being painted."""

    def __init__(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        tile: Tile,
        tr: Translator,
        now: datetime,
        *,
        theme: Theme,
        fonts: _Fonts,
    ) -> None:
        self._painter = painter
        self._option = option
        self._tile = tile
        self._tr = tr
        self._now = now
        self._theme = theme
        self._fonts = fonts
        self._em = option.fontMetrics.height()
        self._mirrored = option.direction is Qt.LayoutDirection.RightToLeft

    def paint(self, density: Density) -> None:
        gap = self._em // 4
        card = self._option.rect.adjusted(gap, gap, -gap, -gap)
        self._card(card)
        room = card.adjusted(self._em // 2, self._em // 3, -self._em // 2, -self._em // 3)
        if density is Density.LIST:
            self._in_a_row(room)
        else:
            self._on_a_card(room, roomy=density is Density.ROOMY)

    def _card(self, card: QRect) -> None:
        painter, theme, state = self._painter, self._theme, self._option.state
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = theme.selected if selected else theme.card
        pen = QPen(theme.focus if selected or focused else theme.faint if hovered else theme.edge)
        pen.setWidthF(2.0 if focused else 1.0)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), self._em * 0.4, self._em * 0.4)

    def _on_a_card(self, room: QRect, *, roomy: bool) -> None:
        em = self._em
        mark = round(em * 1.1)
        top = QRect(room.left(), room.top(), room.width(), round(em * 1.3))
        self._mark(self._start(top, mark))
        sentence_text = self._tile.sentence(self._tr, self._now)
        took = self._tile.latency(self._tr)
        # Once is enough.
        took = "" if took in sentence_text else took
        took_width = self._option.fontMetrics.horizontalAdvance(took) + 2
        self._text(self._end(top, took_width), took, self._theme.faint, at_end=True)
        name = self._between(top, mark + em // 2, took_width + em // 2 if took else 0)
        self._text(name, self._tile.name, self._theme.text, bold=True)
        sentence = QRect(room.left(), top.bottom() + 1, room.width(), round(em * (2.3 if roomy else 1.3)))
        self._text(sentence, sentence_text, self._theme.text, lines=2 if roomy else 1)
        rest = QRect(
            room.left(), sentence.bottom() + em // 4, room.width(), room.bottom() - sentence.bottom() - em // 4
        )
        if roomy:
            self._measured(rest)
        else:
            self._looks(rest)

    def _measured(self, room: QRect) -> None:
        """Paint the trend on the one side, the last looks and the remarks on the other."""
        em = self._em
        looks = round(em * 5.6)
        trend = self._between(room, 0, looks + em)
        self._trend(trend)
        side = self._end(room, looks)
        flags = " · ".join(self._tile.flags(self._tr, self._now))
        half = side.height() // 2
        self._looks(QRect(side.left(), side.top(), side.width(), half))
        self._text(QRect(side.left(), side.top() + half, side.width(), half), flags, self._theme.faint, small=True)

    def _in_a_row(self, room: QRect) -> None:
        em = self._em
        mark = round(em * 1.1)
        self._mark(self._start(room, mark))
        room = self._between(room, mark + em // 2, 0)
        # What a narrow window has no room for is left out, the least telling first.
        for needed, width, paint in ((18, round(em * 5.6), self._looks), (11, em * 4, self._latency)):
            if room.width() >= em * needed:
                paint(self._end(room, width))
                room = self._between(room, 0, width + em)
        name = min(em * 14, room.width() * 2 // 5)
        self._text(self._start(room, name), self._tile.name, self._theme.text, bold=True)
        sentence = self._between(room, name + em // 2, 0)
        self._text(sentence, self._tile.sentence(self._tr, self._now), self._theme.text)

    def _latency(self, room: QRect) -> None:
        self._text(room, self._tile.latency(self._tr), self._theme.faint, at_end=True)

    def _mark(self, room: QRect) -> None:
        side = min(room.width(), room.height())
        top = room.top() + (room.height() - side) / 2
        draw_mark(self._painter, self._tile.state.verdict, QRectF(room.left(), top, side, side), self._theme)

    def _text(
        self,
        room: QRect,
        text: str,
        colour: QColor,
        *,
        bold: bool = False,
        small: bool = False,
        at_end: bool = False,
        lines: int = 1,
    ) -> None:
        if not text:
            return
        font, metrics = self._fonts.font(bold=bold, small=small)
        painter = self._painter
        painter.setFont(font)
        painter.setPen(colour)
        flags = _RIGHT if at_end != self._mirrored else _LEFT
        if lines == 1:
            painter.drawText(room, flags, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
            return
        for place, line in enumerate(_wrapped(text, font, room.width(), lines)):
            line_room = QRect(room.left(), room.top() + place * metrics.lineSpacing(), room.width(), metrics.height())
            painter.drawText(line_room, flags, metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width()))

    def _trend(self, room: QRect) -> None:
        """Paint the latency of the last hours; time runs from left to right in every language."""
        columns = self._tile.trend.columns(self._now)
        known = [ms for ms in columns if ms is not None]
        if not known:
            return
        top = max(known) * 1.1 or 1.0
        step = room.width() / len(columns)
        painter = self._painter
        painter.setPen(QPen(self._theme.faint, max(1.0, self._em * 0.09)))
        for run in _runs_of(columns):
            points = [
                QPointF(room.left() + (place + 0.5) * step, room.bottom() - ms / top * room.height())
                for place, ms in run
            ]
            if len(points) == 1:
                painter.drawLine(points[0] - QPointF(step / 3, 0), points[0] + QPointF(step / 3, 0))
            else:
                painter.drawPolyline(points)

    def _looks(self, room: QRect) -> None:
        """Paint the last looks as bars, the newest at the right."""
        looks = self._tile.looks
        step = room.width() / LOOKS_SHOWN
        width = max(1, round(step * 0.7))
        begin, bottom = room.right() + 1, room.bottom() + 1
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        # Kind by kind: a change of colour takes longer than a bar.
        for kind in set(looks):
            height = max(2, round(room.height() * 0.8 * _HEIGHTS[kind]))
            painter.setBrush(self._theme.tones[_TONES[kind]])
            painter.drawRects(
                [
                    QRect(round(begin - place * step) - width, bottom - height, width, height)
                    for place, outcome in enumerate(reversed(looks))
                    if outcome is kind
                ]
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _start(self, room: QRect, width: int) -> QRect:
        """Return the part of a room at which reading begins."""
        return QStyle.visualRect(self._option.direction, room, QRect(room.left(), room.top(), width, room.height()))

    def _end(self, room: QRect, width: int) -> QRect:
        """Return the part of a room at which reading ends."""
        last = QRect(room.right() + 1 - width, room.top(), width, room.height())
        return QStyle.visualRect(self._option.direction, room, last)

    def _between(self, room: QRect, start: int, end: int) -> QRect:
        """Return what is left between the two."""
        left = QRect(room.left() + start, room.top(), max(0, room.width() - start - end), room.height())
        return QStyle.visualRect(self._option.direction, room, left)


def _wrapped(text: str, font: QFont, width: int, lines: int) -> list[str]:
    """Return a text in at most so many lines; the last one has all the rest."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    begins: list[int] = []
    while len(begins) < lines and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        begins.append(line.textStart())
    layout.endLayout()
    # Qt counts units of UTF-16: an emoji is two of them.
    units = text.encode("utf-16-le")
    ends = [*begins[1:], len(units) // 2]
    return [units[2 * a : 2 * b].decode("utf-16-le", "replace").strip() for a, b in zip(begins, ends, strict=True)]


def _runs_of(columns: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Return the stretches without a gap, each point with its place."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, ms in enumerate(columns):
        if ms is not None:
            runs[-1].append((place, ms))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
