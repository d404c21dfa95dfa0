"""Tables of this window: lists of rows, not sheets of cells."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from manara.ui.plain import isolated
from manara.ui.table_model import Index, TableModel

Row = TypeVar("Row")


class ListModel(TableModel[Row]):
    """Knows how rows and titles are shown; whoever inherits it knows their words. Numbers end where reading ends."""

    def __init__(self, titles: Sequence[str], numbers: Sequence[bool], parent: QObject | None = None) -> None:
        """Make it with a title for each column, and whether it has numbers."""
        super().__init__(titles, parent)
        self._numbers = numbers

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column, which stands where its words stand."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return self._side(section)
        title = super().headerData(section, orientation, role)
        return None if title is None else isolated(title)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell; for a screen reader, its row as well."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return isolated(self._cell(row, column))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._cell(row, column)
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self.words(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(column)
            case _:
                return None

    @abstractmethod
    def words(self, row: Row) -> str:
        """Return all that is told of a row."""

    @abstractmethod
    def _cell(self, row: Row, column: int) -> str:
        """Return the words of a cell."""

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignTrailing if self._numbers[column] else Qt.AlignmentFlag.AlignLeading
        return side | Qt.AlignmentFlag.AlignVCenter


def look_like_a_list(table: QTableView, line_heights: float) -> None:
    """Give a table rows of so many heights of a line, which are chosen as a whole; the Tab key leads out of it."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(round(table.fontMetrics().height() * line_heights))
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
