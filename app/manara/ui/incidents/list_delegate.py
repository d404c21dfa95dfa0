"""How one incident of the list is painted: its mark, its title, when and how long, and why."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from manara.ui.incidents.banner_lines import mark_of
from manara.ui.incidents.list_model import INCIDENT_ROLE, WHEN_ROLE, WHY_ROLE
from manara.ui.marks import draw_mark
from manara.ui.plain import isolated
from manara.ui.theme import readable, theme_of

_LINES = 3
_AIR_EM = 0.4


class IncidentDelegate(QStyledItemDelegate):
    """Paints three lines, each of them cut where it ends."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of every row."""
        em = option.fontMetrics.height()
        return QSize(em * 12, round(em * (_LINES + 2 * _AIR_EM)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one incident."""
        theme = theme_of(option.palette)
        incident = index.data(INCIDENT_ROLE)
        where: QRect = option.rect
        em, air = option.fontMetrics.height(), round(option.fontMetrics.height() * _AIR_EM)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = theme.selected if selected else theme.card
        painter.save()
        painter.fillRect(where, ground)
        painter.setPen(theme.edge)
        painter.drawLine(where.bottomLeft(), where.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(where.adjusted(1, 1, -2, -2))

        def placed(place: QRect) -> QRect:
            return QStyle.visualRect(option.direction, where, place)

        mark = mark_of(incident)
        side = round(em * 0.95)
        mark_at = placed(QRect(where.left() + em // 2, where.top() + air + (em - side) // 2, side, side))
        # What is over stands back: its mark says how bad it was only by words.
        painter.setOpacity(1.0 if incident.open else 0.75)
        draw_mark(painter, mark, QRectF(mark_at), theme)
        painter.setOpacity(1.0)
        left = where.left() + em // 2 + side + em // 2
        bold = QFont(option.font)
        bold.setBold(True)
        faint = readable(theme.faint, (ground,))
        for line, (text, font, ink) in enumerate(
            (
                (str(index.data()), bold, readable(theme.text, (ground,))),
                (str(index.data(WHEN_ROLE)), option.font, faint),
                (str(index.data(WHY_ROLE)), option.font, faint),
            )
        ):
            place = QRect(left, where.top() + air + line * em, where.right() - left - em // 2, em)
            alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
            mirrored = option.direction == Qt.LayoutDirection.RightToLeft
            alignment |= Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            shown = QFontMetrics(font).elidedText(isolated(text), Qt.TextElideMode.ElideRight, place.width())
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(placed(place), alignment | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()
