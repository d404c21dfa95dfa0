"""What is chosen so far, always in sight; a click or the Delete key takes one out."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from manara.catalog import Entry
from manara.ui.first_run.monogram_picture import draw_monogram
from manara.ui.plain import isolated, tooltip
from manara.ui.theme import theme_of
from manara.wording import Translator

_ID_ROLE = Qt.ItemDataRole.UserRole
_TAKING_OUT = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEIGHT_EM = 1.7


class ChosenList(QListWidget):
    """Shows entries in the order in which they were chosen."""

    taken_out = Signal(object)
    """The user does not want this `Entry` any more."""

    def __init__(self, tr: Translator, name: Callable[[Entry], str]) -> None:
        super().__init__()
        self._tr = tr
        self._name = name
        self._entries: Sequence[Entry] = ()
        self.setItemDelegate(_Row(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Chosen services"))
        self.setAccessibleDescription(tr("Delete takes a service out."))
        self.itemClicked.connect(self._take_out)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; the keyboard stays where it is."""
        row = self.currentRow()
        grown = len(entries) > len(self._entries)
        self._entries = entries
        self.clear()
        for entry in entries:
            item = QListWidgetItem(isolated(self._name(entry)))
            item.setData(_ID_ROLE, entry.service.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._name(entry))
            item.setToolTip(tooltip(self._tr("Take {name} out").format(name=self._name(entry))))
            self.addItem(item)
        self.setCurrentRow(min(row, len(entries) - 1))
        if grown:
            self.scrollToBottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take out by a key."""
        item = self.currentItem()
        if event.key() in _TAKING_OUT and not event.modifiers() and item is not None:
            self._take_out(item)
        else:
            super().keyPressEvent(event)

    @Slot(QListWidgetItem)
    def _take_out(self, item: QListWidgetItem) -> None:
        service_id = item.data(_ID_ROLE)
        self.taken_out.emit(next(entry for entry in self._entries if entry.service.id == service_id))


class _Row(QStyledItemDelegate):
    """Paints letters, name and a cross."""

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of every row."""
        em = option.fontMetrics.height()
        return QSize(em * 5, round(em * _HEIGHT_EM))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        whole = QRectF(option.rect)
        theme = theme_of(option.palette)
        state = option.state
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        em = option.fontMetrics.height()
        side, gap = em * 1.3, em * 0.3
        top = whole.center().y() - side / 2
        picture = QRectF(whole.left() + gap, top, side, side)
        cross = QRectF(whole.right() - gap - em * 0.6, whole.center().y() - em * 0.25, em * 0.5, em * 0.5)
        name = QRectF(picture.right() + gap, whole.top(), cross.left() - picture.right() - 2 * gap, whole.height())
        if mirrored:
            turn = whole.left() + whole.right()
            picture, cross, name = (
                QRectF(turn - each.right(), each.top(), each.width(), each.height()) for each in (picture, cross, name)
            )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.fillRect(whole, theme.selected)
        text = str(index.data())
        draw_monogram(painter, picture, str(index.data(_ID_ROLE)), text, theme)
        painter.setPen(theme.text)
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, name.width())
        level = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        beginning = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.drawText(name, level | beginning, shown)
        painter.setPen(QPen(theme.faint, max(1.2, em * 0.08)))
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())
        painter.restore()
