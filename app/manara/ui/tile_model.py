"""The tiles as Qt's views see them: rows and roles. Knows no widget."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from manara.model import Event, ResultArrived, Series, Service, ServicesChanged, ServiceState, Transitioned
from manara.ui.tile import Choice, Tile
from manara.wording import Translator

TILE_ROLE = Qt.ItemDataRole.UserRole
"""The `Tile` of a row."""

_Index = QModelIndex | QPersistentModelIndex


class TileModel(QAbstractListModel):
    """All tiles, and those of them that are shown, in the order in which they are shown."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._tiles: dict[str, Tile] = {}
        self._shown: list[Tile] = []
        self._choice = Choice()
        self.held = False
        """While the pointer is over the tiles, their order stays: nothing moves away from under it."""

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """All tiles, in the user's order."""
        return tuple(self._tiles.values())

    @property
    def choice(self) -> Choice:
        """What the user wants to see."""
        return self._choice

    def choose(self, choice: Choice) -> None:
        """Show other tiles, or in another order."""
        self._choice = choice
        self._arrange()

    def release(self) -> None:
        """The pointer has left: the order may change again."""
        self.held = False
        self._arrange()

    def tile(self, service_id: str) -> Tile | None:
        """Return the tile of a service."""
        return self._tiles.get(service_id)

    def index_of(self, service_id: str) -> QModelIndex:
        """Return where a service is shown; an invalid index if it is not."""
        for row, tile in enumerate(self._shown):
            if tile.service.id == service_id:
                return self.index(row)
        return QModelIndex()

    def take(self, events: Sequence[Event]) -> None:
        """Take over what happened."""
        touched: set[str] = set()
        for event in events:
            match event:
                case ServicesChanged(_, services, states):
                    self._watch(services, states)
                case ResultArrived() if event.service_id in self._tiles:
                    tile = self._tiles[event.service_id]
                    tile.state = event.state
                    tile.looks.append(event.result.outcome)
                    tile.trend.take_result(event.result)
                    touched.add(event.service_id)
                case Transitioned(transition, state) if transition.service_id in self._tiles:
                    self._tiles[transition.service_id].state = state
                    touched.add(transition.service_id)
                case _:
                    pass
        if touched:
            self._arrange()
            self._tell_changed(touched)

    def take_series(self, series: Series) -> None:
        """Take over what was measured before this start."""
        tile = self._tiles.get(series.service_id)
        if tile is not None:
            tile.trend.take_series(series)
            self._tell_changed({series.service_id})

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own signature
        """Return how many tiles are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role says of a row."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        tile = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tile.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return tile.spoken(self._tr, self._now())
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return tile.service.group
            case _ if role == TILE_ROLE:
                return tile
        return None

    def _watch(self, services: Iterable[Service], states: Iterable[ServiceState]) -> None:
        before = self._tiles
        self._tiles = {}
        for service, state in zip(services, states, strict=True):
            tile = before.get(service.id) or Tile(service, state)
            tile.service, tile.state = service, state
            self._tiles[service.id] = tile
        self._arrange()
        self._tell_changed(self._tiles.keys())

    def _arrange(self) -> None:
        """Bring what is shown into step with the choice, row by row, so that selection and place survive."""
        wanted = self._choice.shown(self._tiles.values())
        if self.held:
            wanted = self._in_held_order(wanted)
        if len(wanted) == len(self._shown) and all(map(_same, wanted, self._shown)):
            self._shown = wanted
            return
        self._remove_all_but({id(tile) for tile in wanted})
        known = {id(tile) for tile in self._shown}
        added = [tile for tile in wanted if id(tile) not in known]
        if added:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
            self._shown += added
            self.endInsertRows()
        self._reorder(wanted)

    def _in_held_order(self, wanted: list[Tile]) -> list[Tile]:
        place = {id(tile): row for row, tile in enumerate(self._shown)}
        return sorted(wanted, key=lambda tile: place.get(id(tile), len(place)))

    def _remove_all_but(self, wanted: set[int]) -> None:
        for row in reversed(range(len(self._shown))):
            if id(self._shown[row]) not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._shown[row]
                self.endRemoveRows()

    def _reorder(self, wanted: list[Tile]) -> None:
        if all(map(_same, wanted, self._shown)):
            return
        self.layoutAboutToBeChanged.emit()
        row_of = {id(tile): row for row, tile in enumerate(wanted)}
        before = self.persistentIndexList()
        after = [self.index(row_of[id(self._shown[index.row()])]) for index in before]
        self._shown = wanted
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell_changed(self, service_ids: Iterable[str]) -> None:
        wanted = set(service_ids)
        rows = [row for row, tile in enumerate(self._shown) if tile.service.id in wanted]
        for first, last in _runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))


def _same(one: Tile, other: Tile) -> bool:
    return one is other


def _runs(rows: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Return the first and the last of each stretch of neighbouring rows."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        stretch = [row for _, row in run]
        yield stretch[0], stretch[-1]
