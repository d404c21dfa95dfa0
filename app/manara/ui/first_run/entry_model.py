"""The services of the catalogue as rows, each chosen or not. What is chosen stays so, whatever is searched for."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from manara.catalog import Entry
from manara.model import Category
from manara.ui.plain import isolated, tooltip
from manara.wording import Translator

ENTRY_ROLE = Qt.ItemDataRole.UserRole
"""The `Entry` of a row."""
ABOUT_ROLE = Qt.ItemDataRole.UserRole + 1
"""One line about it."""
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class EntryModel(QAbstractListModel):
    """Shows the entries that it is given and knows which of the whole catalogue are chosen."""

    choice_changed = Signal()

    def __init__(
        self,
        tr: Translator,
        name: Callable[[Entry], str],
        category_word: Callable[[Category], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tr = tr
        self.name = name
        self._category_word = category_word
        self._entries: Sequence[Entry] = ()
        self._chosen: dict[str, Entry] = {}
        self._watched: frozenset[str] = frozenset()

    @property
    def chosen(self) -> tuple[Entry, ...]:
        """What is chosen, in the order in which it was."""
        return tuple(self._chosen.values())

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def set_watched(self, ids: frozenset[str]) -> None:
        """Let nobody choose what is watched already."""
        self._watched = ids
        for service_id in ids & set(self._chosen):
            del self._chosen[service_id]
        self._tell_all()

    def toggle(self, entry: Entry) -> bool:
        """Choose what is not chosen, and the other way round; return whether it is chosen now."""
        change = self.drop if entry.service.id in self._chosen else self.choose
        change((entry,))
        return entry.service.id in self._chosen

    def is_chosen(self, entry: Entry) -> bool:
        """Tell whether an entry is chosen, or watched already, so that it cannot be chosen once more."""
        return entry.service.id in self._chosen or entry.service.id in self._watched

    def choose(self, entries: Iterable[Entry]) -> None:
        """Choose these, behind what is chosen already."""
        self._chosen.update({entry.service.id: entry for entry in entries if not self.is_chosen(entry)})
        self._tell_all()

    def drop(self, entries: Iterable[Entry]) -> None:
        """Choose these no longer."""
        for entry in entries:
            self._chosen.pop(entry.service.id, None)
        self._tell_all()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        if index.isValid() and self._entries[index.row()].service.id in self._watched:
            return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one thing about a row."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return isolated(self.name(entry))
            case Qt.ItemDataRole.CheckStateRole:
                return _CHECKED[entry.service.id in self._chosen]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.name(entry)}, {self._about(entry)}"
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(self.name(entry), *self._particulars(entry))
        return {ENTRY_ROLE: entry, ABOUT_ROLE: self._about(entry)}.get(role)

    def setData(self, index: _Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's
        """Choose a row or do not, as assistive technology does it."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.toggle(self._entries[index.row()])
        return True

    def _about(self, entry: Entry) -> str:
        if entry.service.id in self._watched:
            return self._tr("is watched already")
        return self._category_word(entry.category)

    def _particulars(self, entry: Entry) -> tuple[str, ...]:
        hosts = dict.fromkeys(check.host for check in entry.service.checks)
        return (self._about(entry), entry.operator, ", ".join(hosts))

    def _tell_all(self) -> None:
        last = self.index(max(0, len(self._entries) - 1))
        self.dataChanged.emit(self.index(0), last)
        self.choice_changed.emit()


_CHECKED = {False: Qt.CheckState.Unchecked, True: Qt.CheckState.Checked}
