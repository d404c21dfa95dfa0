"""A list of lines in columns that is read in peace: filled anew only for something new, and copied as text."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QBrush, QGuiApplication, QIcon, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from manara.model import Verdict
from manara.ui.marks import Mark, draw_mark
from manara.ui.plain import addresses_isolated, breakable, isolated, tooltip
from manara.ui.theme import Theme, theme_of
from manara.wording import Tone, Translator

_MARK_SIDE = 16


@dataclass(frozen=True, slots=True)
class Line:
    """What a row shows."""

    cells: tuple[str, ...]
    spoken: str = ""
    """What a screen reader says; the text of the widest column if nothing else."""
    heading: bool = False
    mark: Verdict | None = None
    tone: Tone | None = None
    """The colour of the widest column."""
    tip: str = ""


class Rows(QTreeWidget):
    """Shows lines; one column takes the room that is left, and as many lines of text as it needs."""

    def __init__(
        self,
        tr: Translator,
        name: str,
        titles: Sequence[str],
        *,
        widest: int,
        numbers: int | None = None,
        aligned: bool = False,
        airy: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make it empty.

        Where rows are `aligned`, those without a mark begin where the others begin behind theirs; `airy` ones stand
        apart.
        """
        super().__init__(parent)
        self._aligned = aligned
        self._widest = widest
        self._numbers = numbers
        self._shown: object = None
        self._lines: Sequence[Line] = ()
        self.setHeaderLabels(list(titles))
        self.setAccessibleName(name)
        self.setAccessibleDescription(tr("Control and C copies the selected lines."))
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        # The end of an address tells as much as its beginning.
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegateForColumn(widest, _Wrapping(self, airy=airy))
        header = self.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        header.setAccessibleName(tr("Columns"))
        # A narrower column needs taller rows.
        header.sectionResized.connect(self.scheduleDelayedItemsLayout)
        copy = QAction(tr("Copy"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the place that is looked at stays."""
        shown = (tuple(lines), self.palette().cacheKey(), self.devicePixelRatioF())
        if shown == self._shown:
            return
        self._shown, self._lines = shown, lines
        theme = theme_of(self.palette())
        bar, current = self.verticalScrollBar(), self.currentIndex().row()
        scrolled = bar.value()
        self.clear()
        for line in lines:
            self._add(line, theme)
        self.setCurrentIndex(self.model().index(current, 0))
        self.doItemsLayout()
        bar.setValue(scrolled)

    def copy(self) -> None:
        """Put the selected lines on the clipboard, as they are told in full."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        texts = (self._lines[row].tip or "\t".join(filter(None, self._lines[row].cells)) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(texts))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Take over the colours of another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.show_lines(self._lines)

    def _add(self, line: Line, theme: Theme) -> None:
        row = QTreeWidgetItem([isolated(breakable(addresses_isolated(cell))) for cell in line.cells])
        # A mark stands in the middle of its row.
        level = Qt.AlignmentFlag.AlignTop if line.mark is None else Qt.AlignmentFlag.AlignVCenter
        for column in range(len(line.cells)):
            side = Qt.AlignmentFlag.AlignTrailing if column == self._numbers else Qt.AlignmentFlag.AlignLeading
            row.setTextAlignment(column, side | level)
            if line.heading:
                font = row.font(column)
                font.setBold(True)
                row.setFont(column, font)
        seen = line.cells[self._widest]
        row.setToolTip(self._widest, tooltip(line.tip or seen))
        told = (line.spoken or seen, *line.cells[1:])
        for column, text in enumerate(told):
            row.setData(column, Qt.ItemDataRole.AccessibleTextRole, text)
        if line.mark is not None:
            row.setIcon(0, QIcon(picture(line.mark, theme, _MARK_SIDE, self.devicePixelRatioF())))
        elif self._aligned:
            room = QPixmap(_MARK_SIDE, _MARK_SIDE)
            room.fill(Qt.GlobalColor.transparent)
            row.setIcon(0, QIcon(room))
        if line.tone is not None:
            row.setForeground(self._widest, QBrush(theme.tones[line.tone]))
        self.addTopLevelItem(row)


class _Wrapping(QStyledItemDelegate):
    """Gives a text as many lines as it needs in its column: by itself a tree gives one."""

    def __init__(self, tree: QTreeWidget, *, airy: bool) -> None:
        super().__init__(tree)
        self._tree = tree
        self._air = tree.fontMetrics().height() // 3 if airy else 0

    def sizeHint(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a text in the width of its column."""
        in_column = QStyleOptionViewItem(option)
        in_column.rect = QRect(0, 0, self._tree.columnWidth(index.column()), self._tree.height() or 1)
        return super().sizeHint(in_column, index) + QSize(0, self._air)


def picture(mark: Mark, theme: Theme, side: int, scale: float) -> QPixmap:
    """Return a mark as a picture of so many pixels of the screen's scale."""
    made = QPixmap(round(side * scale), round(side * scale))
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw_mark(painter, mark, QRectF(1, 1, side - 2, side - 2), theme)
    painter.end()
    return made
