"""A layout of rows that wrap where there is no room, as words do; a widget that may grow takes what its row leaves."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class Flow(QLayout):
    """Puts widgets from where reading begins, row below row."""

    def __init__(self, holder: QWidget, *, gap: int = 6) -> None:
        super().__init__(holder)
        self._holder = holder
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Put an item behind the others."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Return an item; none at a place where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Return that more height is of no use."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Return that a narrower layout is a higher one."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height at a width."""
        margins = self.contentsMargins()
        heights = [_height(row) for row in self._rows(width - margins.left() - margins.right())]
        between = self._gap * max(0, len(heights) - 1)
        return sum(heights) + between + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of one row."""
        shown = self._shown()
        widths = [_width(item) for item in shown]
        return self._with_margins(sum(widths) + self._gap * max(0, len(widths) - 1), _height(shown))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that the widest item needs."""
        shown = self._shown()
        return self._with_margins(max(map(_width, shown), default=0), _height(shown))

    def setGeometry(self, where: QRect) -> None:  # noqa: N802 - Qt's name
        """Put the items into their places."""
        super().setGeometry(where)
        room = where.marginsRemoved(self.contentsMargins())
        direction = self._holder.layoutDirection()
        top = room.top()
        for row in self._rows(room.width()):
            height = _height(row)
            left = room.left()
            for item, width in zip(row, _widths(row, room.width(), self._gap), strict=True):
                tall = min(height, item.sizeHint().height())
                place = QRect(left, top + (height - tall) // 2, width, tall)
                item.setGeometry(QStyle.visualRect(direction, room, place))
                left += width + self._gap
            top += height + self._gap

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _rows(self, room: int) -> Iterator[list[QLayoutItem]]:
        row: list[QLayoutItem] = []
        taken = 0
        for item in self._shown():
            width = _width(item)
            if row and taken + self._gap + width > room:
                yield row
                row, taken = [], 0
            taken += width + (self._gap if row else 0)
            row.append(item)
        if row:
            yield row


def _width(item: QLayoutItem) -> int:
    """Return the least width at which an item is of use: one that may grow needs no more than its minimum."""
    return item.minimumSize().width() if _grows(item) else item.sizeHint().width()


def _grows(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)


def _height(row: Sequence[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in row), default=0)


def _widths(row: Sequence[QLayoutItem], room: int, gap: int) -> list[int]:
    """Return the width of each item: what is left over goes to those that may grow, in equal parts."""
    widths = [min(_width(item), room) for item in row]
    growing = [place for place, item in enumerate(row) if _grows(item)]
    left_over = max(0, room - sum(widths) - gap * (len(row) - 1))
    for number, place in enumerate(growing):
        widths[place] += left_over // len(growing) + (number < left_over % len(growing))
    return widths
