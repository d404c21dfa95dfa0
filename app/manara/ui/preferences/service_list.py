"""The list of what is watched: knows only rows and columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from manara.model import Service
from manara.settings import Stored
from manara.ui.plain import isolated, tooltip
from manara.ui.table_model import Index, TableModel
from manara.wording import Translator, one_line

_LONGEST_TIP = 600


@dataclass(frozen=True, slots=True)
class Row:
    """One service as it is listed."""

    id: str
    name: str
    group: str
    looks: str
    paused: bool


def rows_of(stored: Stored, services: Sequence[Service]) -> list[Row]:
    """Return what to list, by name. What the file leaves out is taken from what is watched, where it is known."""
    known = {service.id: service for service in services}
    rows = []
    for service_id, table in zip(stored.ids, stored.services, strict=True):
        service = known.get(service_id)
        name = str(table.get("name") or (service.name if service else service_id))
        group = str(table.get("group") or (service.group if service else ""))
        looks = ", ".join(check.target for check in service.checks) if service else ""
        rows.append(Row(service_id, name, group, looks, table.get("paused") is True))
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


class ServiceList(TableModel[Row]):
    """Shows rows, or those of them that are searched for."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__((tr("Name"), tr("Group"), tr("Looks at")), parent)
        self._tr = tr
        self._all: Sequence[Row] = ()
        self._found: Callable[[str], bool] = lambda _: True

    def show_rows(self, rows: Sequence[Row]) -> bool:
        """Show other rows; return whether they differ from those before."""
        if rows == self._all:
            return False
        self._all = rows
        self._choose()
        return True

    def search(self, found: Callable[[str], bool]) -> None:
        """Show only rows whose words are found."""
        self._found = found
        self._choose()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what stands in a cell."""
        # Qt asks for a dozen roles of every cell that it paints.
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self._rows[index.row()]
        text = (self._name(row), row.group, row.looks)[index.column()]
        shown = role == Qt.ItemDataRole.DisplayRole
        return isolated(one_line(text)) if shown else tooltip(one_line(text, _LONGEST_TIP))

    def _name(self, row: Row) -> str:
        name = one_line(row.name)
        return self._tr("{name} (paused)").format(name=name) if row.paused else name

    def _choose(self) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if self._found(f"{row.name} {row.group} {row.id} {row.looks}")]
        self.endResetModel()
