"""How one tile is drawn: mark, name, sentence, latency, trend of the last hours, last looks, remarks.

All sizes follow the font, so that they follow the reader's settings.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from manara.model import Outcome
from manara.ui.marks import draw_mark
from manara.ui.theme import Theme
from manara.ui.tile import LOOKS_SHOWN, Face
from manara.ui.trend import LENGTH
from manara.wording import Translator, sign_of_outcome

# Height of each kind of look in the small bar: it tells the same as the colour.
_HEIGHTS = {Outcome.OK: 0.4, Outcome.DEGRADED: 0.7, Outcome.FAILED: 1.0, Outcome.UNKNOWN: 0.25}
_TONES = {outcome: sign_of_outcome(outcome).tone for outcome in _HEIGHTS}
_MIDDLE = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft | _MIDDLE, Qt.AlignmentFlag.AlignRight | _MIDDLE


class Fonts:
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


class TilePainting:
    """One tile being painted into a room."""

    def __init__(
        self,
        painter: QPainter,
        room: QRect,
        face: Face,
        tr: Translator,
        *,
        theme: Theme,
        fonts: Fonts,
        direction: Qt.LayoutDirection,
    ) -> None:
        self._painter = painter
        self._face = face
        self._tr = tr
        self._theme = theme
        self._fonts = fonts
        self._direction = direction
        self._mirrored = direction is Qt.LayoutDirection.RightToLeft
        self._plain = fonts.font(bold=False, small=False)[1]
        em = self._em = self._plain.height()
        self._card = room.adjusted(em // 4, em // 4, -(em // 4), -(em // 4))
        self._room = self._card.adjusted(em // 2, em // 3, -(em // 2), -(em // 3))

    def card(self, state: int) -> None:
        """Paint the ground; `state` has Qt's flags of what is selected, has the focus, or lies under the pointer."""
        painter, theme, flags = self._painter, self._theme, QStyle.StateFlag
        selected, focused, hovered = (
            bool(state & flag.value) for flag in (flags.State_Selected, flags.State_HasFocus, flags.State_MouseOver)
        )
        pen = QPen(theme.focus if selected or focused else theme.faint if hovered else theme.edge)
        pen.setWidthF(2.0 if focused else 1.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(theme.selected if selected else theme.card)
        painter.drawRoundedRect(QRectF(self._card).adjusted(0.5, 0.5, -0.5, -0.5), self._em * 0.4, self._em * 0.4)

    def on_a_card(self, *, roomy: bool) -> None:
        """Paint everything below each other; with the trend and the remarks where the tile is roomy."""
        em, room, face = self._em, self._room, self._face
        mark = round(em * 1.1)
        top = QRect(room.left(), room.top(), room.width(), round(em * 1.3))
        self._mark(self._start(top, mark))
        # Once is enough.
        took = "" if face.latency in face.sentence else face.latency
        took_width = self._plain.horizontalAdvance(took) + 2
        self._text(self._end(top, took_width), took, self._theme.faint, at_end=True)
        name = self._between(top, mark + em // 2, took_width + em // 2 if took else 0)
        self._text(name, face.name, self._theme.text, bold=True)
        sentence = QRect(room.left(), top.bottom() + 1, room.width(), round(em * (2.3 if roomy else 1.3)))
        self._text(sentence, face.sentence, self._theme.text, lines=2 if roomy else 1)
        rest = QRect(
            room.left(), sentence.bottom() + em // 4, room.width(), room.bottom() - sentence.bottom() - em // 4
        )
        if roomy:
            self._measured(rest)
        else:
            self._looks(rest)

    def in_a_row(self) -> None:
        """Paint everything beside each other."""
        em, room = self._em, self._room
        mark = round(em * 1.1)
        self._mark(self._start(room, mark))
        room = self._between(room, mark + em // 2, 0)
        # What a narrow window has no room for is left out, the least telling first.
        for needed, width, paint in ((18, round(em * 5.6), self._looks), (11, em * 4, self._latency)):
            if room.width() >= em * needed:
                paint(self._end(room, width))
                room = self._between(room, 0, width + em)
        name = min(em * 14, room.width() * 2 // 5)
        self._text(self._start(room, name), self._face.name, self._theme.text, bold=True)
        self._text(self._between(room, name + em // 2, 0), self._face.sentence, self._theme.text)

    def _measured(self, room: QRect) -> None:
        """Paint the trend on the one side, the last looks and the remarks on the other."""
        em = self._em
        looks = round(em * 5.6)
        trend = self._between(room, 0, looks + em)
        self._trend(trend)
        side = self._end(room, looks)
        half = side.height() // 2
        self._looks(QRect(side.left(), side.top(), side.width(), half))
        self._text(
            QRect(side.left(), side.top() + half, side.width(), half), self._face.flags, self._theme.faint, small=True
        )

    def _latency(self, room: QRect) -> None:
        self._text(room, self._face.latency, self._theme.faint, at_end=True)

    def _mark(self, room: QRect) -> None:
        side = min(room.width(), room.height())
        top = room.top() + (room.height() - side) / 2
        draw_mark(self._painter, self._face.verdict, QRectF(room.left(), top, side, side), self._theme)

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
        columns = self._face.trend
        step = room.width() / len(columns)
        first = next((place for place, ms in enumerate(columns) if ms is not None), len(columns))
        self._time_to_come(room, round(first * step))
        if first == len(columns):
            return
        top = max(ms for ms in columns if ms is not None) * 1.1 or 1.0
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

    def _time_to_come(self, room: QRect, width: int) -> None:
        """Paint the axis that measurements will fill, and its length where there is room before the first one."""
        painter = self._painter
        painter.setPen(QPen(self._theme.edge, 1.0))
        painter.drawLine(QPointF(room.left(), room.bottom() + 0.5), QPointF(room.right() + 1, room.bottom() + 0.5))
        hours = round(LENGTH.total_seconds() / 3600)
        text = self._tr.plural("the last {n} hour", "the last {n} hours", hours).format(n=hours)
        metrics = self._fonts.font(bold=False, small=True)[1]
        free = QRect(room.left(), room.bottom() - metrics.height(), width - self._em // 2, metrics.height())
        if metrics.horizontalAdvance(text) <= free.width():
            # At the left, where the axis begins, in every language.
            self._text(free, text, self._theme.faint, small=True, at_end=self._mirrored)

    def _looks(self, room: QRect) -> None:
        """Paint the last looks as bars, the newest at the right; looks that are still to come as the foot of one."""
        looks = self._face.looks
        # In whole pixels of the screen: bars and gaps are all alike.
        scale = self._painter.device().devicePixelRatioF()
        step = max(1, int(room.width() * scale / LOOKS_SHOWN))
        width = max(1, round(step * 0.7))
        begin, bottom = round((room.right() + 1) * scale), room.bottom() + 1
        places: dict[Outcome | None, list[float]] = {}
        for place in range(LOOKS_SHOWN):
            kind = looks[-1 - place] if place < len(looks) else None
            places.setdefault(kind, []).append((begin - place * step - width) / scale)
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        # Kind by kind: a change of colour takes longer than a bar.
        for kind, lefts in places.items():
            height = 2 if kind is None else max(2, round(room.height() * 0.8 * _HEIGHTS[kind]))
            painter.setBrush(self._theme.edge if kind is None else self._theme.tones[_TONES[kind]])
            painter.drawRects([QRectF(left, bottom - height, width / scale, height) for left in lefts])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _start(self, room: QRect, width: int) -> QRect:
        """Return the part of a room at which reading begins."""
        return QStyle.visualRect(self._direction, room, QRect(room.left(), room.top(), width, room.height()))

    def _end(self, room: QRect, width: int) -> QRect:
        """Return the part of a room at which reading ends."""
        last = QRect(room.right() + 1 - width, room.top(), width, room.height())
        return QStyle.visualRect(self._direction, room, last)

    def _between(self, room: QRect, start: int, end: int) -> QRect:
        """Return what is left between the two."""
        left = QRect(room.left() + start, room.top(), max(0, room.width() - start - end), room.height())
        return QStyle.visualRect(self._direction, room, left)


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
