"""How the line above the services of a group is drawn."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from manara.ui.heading import Heading
from manara.ui.theme import theme_of
from manara.ui.tile_painting import Fonts
from manara.wording import Translator

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


def paint_heading(
    painter: QPainter, option: QStyleOptionViewItem, heading: Heading, tr: Translator, *, fonts: Fonts, strong: bool
) -> None:
    """Draw the name of the group and, behind it, how its services are."""
    theme, em = theme_of(option.palette, strong=strong), option.fontMetrics.height()
    room = option.rect.adjusted(em // 2, 0, -(em // 2), -(em // 3))
    bold, bold_measures = fonts.font(bold=True, small=False)
    small, small_measures = fonts.font(bold=False, small=True)
    counts = heading.counts(tr)
    name_room = room.width() - small_measures.horizontalAdvance(counts) - em
    name = bold_measures.elidedText(heading.name(tr), Qt.TextElideMode.ElideRight, max(em, name_room))
    width = bold_measures.horizontalAdvance(name) + em // 2
    painter.save()
    # Every text reads in its own direction, and stands on the side where reading begins in this window.
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.setFont(bold)
    painter.setPen(theme.text)
    _draw(painter, option, room, name)
    painter.setFont(small)
    painter.setPen(theme.faint)
    _draw(painter, option, room.adjusted(width, 0, 0, 0), counts)
    painter.restore()


def _draw(painter: QPainter, option: QStyleOptionViewItem, room: QRect, text: str) -> None:
    """Draw at the side where reading begins."""
    place = QStyle.visualRect(option.direction, option.rect, room)
    align = QStyle.visualAlignment(option.direction, _START) | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(place, align | Qt.TextFlag.TextSingleLine, text)
