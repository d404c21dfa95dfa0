"""A table to choose from: a box in the first column of each row that can be chosen, and text in all columns."""

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette

from manara.ui.plain import addresses_isolated, isolated, tooltip
from manara.ui.table_model import Index, TableModel
from manara.ui.theme import theme_of
from manara.wording import Tone

# A view asks every row for these, and to put them together takes longer than all the rest.
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_CHECKABLE = _READABLE | Qt.ItemFlag.ItemIsUserCheckable
_SHAPES: Mapping[int, Callable[[str], str]] = {
    Qt.ItemDataRole.DisplayRole: lambda text: isolated(addresses_isolated(text)),
    Qt.ItemDataRole.ToolTipRole: tooltip,
    Qt.ItemDataRole.AccessibleTextRole: str,
}
"""How the text of a cell is given for each role."""
_BOXES = 0
"""The column that has them."""


class _Choosable(Protocol):
    @property
    def can_be_chosen(self) -> bool:
        """Whether the row has a box."""


Row = TypeVar("Row", bound=_Choosable)


class ChoiceModel(TableModel[Row]):
    """Knows how rows are shown; whoever inherits it knows their words, and which of them are chosen."""

    def __init__(self, titles: Sequence[str], palette: QPalette, parent: QObject | None = None) -> None:
        super().__init__(titles, parent)
        self.set_palette(palette)

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours from a palette."""
        self._tones: dict[Tone, QColor] = dict(theme_of(palette).tones)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell; every row can be read."""
        checkable = index.isValid() and index.column() == _BOXES and self._rows[index.row()].can_be_chosen
        return _CHECKABLE if checkable else _READABLE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one thing about a cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.CheckStateRole if column == _BOXES and row.can_be_chosen:
                return Qt.CheckState.Checked if self._is_chosen(index.row()) else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole:
                tone = self._tone(row, column)
                return None if tone is None else self._tones[tone]
        shape = _SHAPES.get(role)
        return None if shape is None else shape(self._text(row, column))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's
        """Choose a row, or do not."""
        if role != Qt.ItemDataRole.CheckStateRole or not self._rows[index.row()].can_be_chosen:
            return False
        self._take_choice(index.row(), chosen=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    @abstractmethod
    def _is_chosen(self, place: int) -> bool:
        """Return whether a row is chosen."""

    @abstractmethod
    def _take_choice(self, place: int, *, chosen: bool) -> None:
        """Note what the user wants of a row, and tell of it."""

    @abstractmethod
    def _text(self, row: Row, column: int) -> str:
        """Return the words of a cell."""

    @abstractmethod
    def _tone(self, row: Row, column: int) -> Tone | None:
        """Return the colour of a cell; None where it is that of any text."""
