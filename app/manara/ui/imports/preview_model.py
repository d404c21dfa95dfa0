"""What an import would bring, as rows: services to choose from, and what does not come over at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPalette

from manara.catalog.imports import (
    Candidate,
    ImportPreview,
    Standing,
    looks_at_words,
    note_sentence,
    rewritten_sentences,
    standing_word,
)
from manara.ui.plain import addresses_isolated, isolated, tooltip
from manara.ui.theme import theme_of
from manara.wording import Tone, Translator, one_line

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
# A view asks every row for these, and to put them together takes longer than all the rest.
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_CHECKABLE = _READABLE | Qt.ItemFlag.ItemIsUserCheckable
NAME, LOOKS_AT, BECOMES, LOST = range(4)
_SHAPES: Mapping[int, Callable[[str], str]] = {
    Qt.ItemDataRole.DisplayRole: lambda text: isolated(addresses_isolated(text)),
    Qt.ItemDataRole.ToolTipRole: tooltip,
    Qt.ItemDataRole.AccessibleTextRole: str,
}
"""How the text of a cell is given for each role."""
_LONGEST_CELL = 400


@dataclass(frozen=True, slots=True)
class Row:
    """A service that was found, or what is none."""

    text: str
    candidate: Candidate | None = None
    said: str = ""
    """Why it is no service, where it is none."""

    @property
    def is_new(self) -> bool:
        """Whether it can be chosen."""
        return self.candidate is not None and self.candidate.standing is Standing.NEW


class PreviewModel(QAbstractTableModel):
    """Knows what is chosen; at first, everything new is."""

    choice_changed = Signal()

    def __init__(self, tr: Translator, palette: QPalette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._titles = (tr("Service"), tr("What is looked at"), tr("What becomes of it"), tr("What does not come over"))
        self._rows: Sequence[Row] = ()
        self._chosen: set[int] = set()
        self.set_palette(palette)

    @property
    def rows(self) -> Sequence[Row]:
        """All rows."""
        return self._rows

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """The services to bring over, in the order of the file."""
        rows = (self._rows[place] for place in sorted(self._chosen))
        return tuple(row.candidate for row in rows if row.candidate is not None)

    def set_palette(self, palette: QPalette) -> None:
        """Take the colours from a palette."""
        self._tones: dict[Tone, QColor] = dict(theme_of(palette).tones)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what was found."""
        tr = self._tr
        self.beginResetModel()
        self._rows = (
            *(Row(one_line(candidate.service.name), candidate) for candidate in preview.services),
            *(Row(left.text, said=one_line(f"{left.source}: {left.sentence}")) for left in preview.left_out),
            *(Row("", said=note_sentence(tr, note)) for note in preview.notes),
        )
        self._chosen = {place for place, row in enumerate(self._rows) if row.is_new}
        self.endResetModel()
        self.choice_changed.emit()

    def choose_all(self) -> None:
        """Choose everything that is new."""
        self._choose({place for place, row in enumerate(self._rows) if row.is_new})

    def choose_none(self) -> None:
        """Choose nothing."""
        self._choose(set())

    def about(self, place: int) -> str:
        """Return everything about a row, line by line."""
        tr, row = self._tr, self._rows[place]
        lines = [row.text]
        if row.candidate is not None:
            lines.append(f"{standing_word(tr, row.candidate)} · {looks_at_words(tr, row.candidate.service)}")
            if row.candidate.translated:
                lines.append(tr("Comes over: {options}").format(options=one_line(", ".join(row.candidate.translated))))
            lines += rewritten_sentences(tr, row.candidate)
        return "\n".join(filter(None, (*lines, *self._lost(row))))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if shown else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: every row can be read, a new service chosen."""
        checkable = index.isValid() and index.column() == NAME and self._rows[index.row()].is_new
        return _CHECKABLE if checkable else _READABLE

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one thing about a cell."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.CheckStateRole if column == NAME and row.is_new:
                return Qt.CheckState.Checked if index.row() in self._chosen else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.ForegroundRole if column == LOST or not row.is_new:
                return self._tones[Tone.MUTED if row.candidate and not row.is_new else Tone.WARNING]
        shape = _SHAPES.get(role)
        return None if shape is None else shape(self._text(row, column))

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's
        """Choose a service, or do not."""
        if role != Qt.ItemDataRole.CheckStateRole or not self._rows[index.row()].is_new:
            return False
        wanted = Qt.CheckState(value) is Qt.CheckState.Checked
        self._choose(self._chosen | {index.row()} if wanted else self._chosen - {index.row()})
        return True

    def _choose(self, places: set[int]) -> None:
        self._chosen = places
        self.dataChanged.emit(self.index(0, NAME), self.index(len(self._rows) - 1, NAME))
        self.choice_changed.emit()

    def _lost(self, row: Row) -> Sequence[str]:
        """Return what does not come over, sentence by sentence."""
        if row.candidate is None:
            return (row.said,)
        return [note_sentence(self._tr, note) for note in row.candidate.notes] if row.is_new else ()

    def _text(self, row: Row, column: int) -> str:
        if column == NAME:
            return row.text
        if column == LOST:
            return one_line(" ".join(self._lost(row)), _LONGEST_CELL)
        if row.candidate is None:
            return self._tr("left out") if column == BECOMES else ""
        return (
            looks_at_words(self._tr, row.candidate.service)
            if column == LOOKS_AT
            else standing_word(self._tr, row.candidate)
        )
