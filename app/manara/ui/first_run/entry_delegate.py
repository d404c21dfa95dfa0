"""How one service of the catalogue is painted: its letters, its name, what it is for, and whether it is chosen."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from manara.ui.contrast import wants_high_contrast
from manara.ui.first_run.entry_model import ABOUT_ROLE, ENTRY_ROLE
from manara.ui.first_run.monogram_picture import Monograms
from manara.ui.theme import Theme, mixed, theme_of

_CARD_EM = 11.5
_HEIGHT_EM = 3.1
_GAP_EM = 0.35


@dataclass(frozen=True, slots=True)
class _Places:
    card: QRectF
    picture: QRectF
    name: QRectF
    about: QRectF
    box: QRectF


class EntryDelegate(QStyledItemDelegate):
    """Paints cards in columns that fill the width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._size = QSize(1, 1)
        self._theme: tuple[int, Theme] | None = None
        self._monograms = Monograms()

    def fit(self, room: int, em: int) -> None:
        """Take a width in pixels for as many columns as have their places in it."""
        columns = max(1, int(room / (em * _CARD_EM)))
        # Qt begins a new row when the last card would only just fit.
        self._size = QSize(max(1, (room - 1) // columns), round(em * _HEIGHT_EM))

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of every card."""
        return self._size

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one card."""
        theme = self._theme_of(option.palette)
        entry = index.data(ENTRY_ROLE)
        chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        can_be_chosen = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        state = option.state
        places = _places(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_card(painter, places.card, theme, state, chosen=chosen, can_be_chosen=can_be_chosen)
        name = str(index.data())
        if not can_be_chosen:
            painter.setOpacity(0.55)
        self._monograms.draw(painter, places.picture, entry.service.id, name, theme)
        painter.setOpacity(1)
        side = Qt.AlignmentFlag.AlignRight if _mirrored(option) else Qt.AlignmentFlag.AlignLeft
        painter.setFont(option.font)
        metrics = QFontMetricsF(option.font)
        for text, where, colour, level in (
            (name, places.name, theme.text if can_be_chosen else theme.faint, Qt.AlignmentFlag.AlignBottom),
            (str(index.data(ABOUT_ROLE)), places.about, theme.faint, Qt.AlignmentFlag.AlignTop),
        ):
            painter.setPen(colour)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, side | Qt.AlignmentFlag.AlignAbsolute | level, shown)
        if can_be_chosen:
            _paint_box(painter, places.box, theme, chosen=chosen)
        painter.restore()

    def _theme_of(self, palette: QPalette) -> Theme:
        # Every card would ask for the same.
        if self._theme is None or self._theme[0] != palette.cacheKey():
            self._theme = (palette.cacheKey(), theme_of(palette))
        return self._theme[1]


def _mirrored(option: QStyleOptionViewItem) -> bool:
    return bool(option.direction == Qt.LayoutDirection.RightToLeft)


def _places(option: QStyleOptionViewItem) -> _Places:
    whole: QRect = option.rect
    em = option.fontMetrics.height()
    gap = em * _GAP_EM
    card = QRectF(whole).adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2)
    side = card.height() - 2 * gap
    box = em * 0.85
    picture = QRectF(card.left() + gap, card.top() + gap, side, side)
    words = QRectF(picture.right() + gap * 1.5, card.top() + gap, 0, side)
    words.setRight(card.right() - gap * 2 - box)
    name = QRectF(words.left(), words.top(), words.width(), words.height() / 2)
    about = name.translated(0, words.height() / 2)
    check = QRectF(card.right() - gap - box, card.center().y() - box / 2, box, box)
    if _mirrored(option):
        picture, name, about, check = (_mirror(each, card) for each in (picture, name, about, check))
    return _Places(card, picture, name, about, check)


def _mirror(place: QRectF, within: QRectF) -> QRectF:
    return QRectF(within.left() + within.right() - place.right(), place.top(), place.width(), place.height())


def _paint_card(
    painter: QPainter, card: QRectF, theme: Theme, state: QStyle.StateFlag, *, chosen: bool, can_be_chosen: bool
) -> None:
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver) and can_be_chosen
    edge = theme.text if wants_high_contrast() else theme.edge
    if focused:
        pen = QPen(theme.focus, 2)
    elif chosen or hovered:
        pen = QPen(theme.focus, 1)
    else:
        pen = QPen(edge, 1)
    painter.setPen(pen)
    ground = theme.selected if chosen else theme.card
    painter.setBrush(ground if can_be_chosen else mixed(theme.card, theme.paper, 0.6))
    painter.drawRoundedRect(card, card.height() * 0.14, card.height() * 0.14)


def _paint_box(painter: QPainter, where: QRectF, theme: Theme, *, chosen: bool) -> None:
    """Paint a round box, with a tick in it where the service is chosen."""
    if not chosen:
        painter.setPen(QPen(theme.faint, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(where.adjusted(1, 1, -1, -1))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.focus)
    painter.drawEllipse(where)
    pen = QPen(theme.card, max(1.5, where.width() * 0.13))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    steps = ((0.28, 0.53), (0.44, 0.68), (0.73, 0.36))
    painter.drawPolyline(
        [QPointF(where.left() + x * where.width(), where.top() + y * where.height()) for x, y in steps]
    )
