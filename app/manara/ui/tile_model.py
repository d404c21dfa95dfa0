"""The tiles, and the headings of their groups, as Qt's views see them: rows and roles. Knows no widget."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from manara.model import (
    Event,
    ResultArrived,
    Series,
    Service,
    ServicesChanged,
    ServiceState,
    SilenceChanged,
    Transitioned,
)
from manara.ui.heading import Heading, with_headings
from manara.ui.plain import tooltip
from manara.ui.tile import Choice, Order, Tile
from manara.wording import Translator, one_line

TILE_ROLE = Qt.ItemDataRole.UserRole
"""The `Tile` of a row; none for a heading."""
HEADING_ROLE = TILE_ROLE + 1
"""The `Heading` of a row; none for a tile."""

_MANY = 8
"""From so many removals on, rows are brought together first."""

_Index = QModelIndex | QPersistentModelIndex


_SAID: Mapping[int, Callable[[Tile, Translator, datetime], str]] = {
    Qt.ItemDataRole.DisplayRole: lambda tile, _tr, _now: tile.name,
    Qt.ItemDataRole.ToolTipRole: lambda tile, tr, now: tooltip(tile.name, tile.sentence(tr, now), *tile.flags(tr, now)),
    Qt.ItemDataRole.AccessibleTextRole: lambda tile, tr, now: tile.spoken(tr, now),
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda tile, _tr, _now: one_line(tile.service.group),
}
_SAID_OF_A_GROUP: Mapping[int, Callable[[Heading, Translator], str]] = {
    Qt.ItemDataRole.DisplayRole: Heading.name,
    Qt.ItemDataRole.ToolTipRole: lambda heading, tr: tooltip(heading.name(tr), heading.counts(tr)),
    Qt.ItemDataRole.AccessibleTextRole: lambda heading, tr: f"{heading.name(tr)}, {heading.counts(tr)}",
}


class TileModel(QAbstractListModel):
    """All tiles, and those of them that are shown, in the order in which they are shown."""

    order_changed = Signal(list)
    """The user has put the services into another order: their ids."""
    grouping_changed = Signal()
    """From now on there are headings, or none any more: rows are not all of one size."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._now = now
        self._tiles: dict[str, Tile] = {}
        self._shown: list[Tile | Heading] = []
        self._headings: dict[str, Heading] = {}
        self._rows: dict[str, int] = {}
        self._acknowledged: frozenset[str] = frozenset()
        self._choice = Choice()
        self._order: Sequence[str] = ()
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

    @property
    def grouped(self) -> bool:
        """Whether each group has its heading."""
        return self._choice.order is Order.BY_GROUP

    def choose(self, choice: Choice) -> None:
        """Show other tiles, or in another order; at once, wherever the pointer is."""
        if choice != self._choice:
            grouped, self._choice = self.grouped, choice
            if grouped is not self.grouped:
                self.grouping_changed.emit()
            self._arrange()

    def release(self) -> None:
        """The pointer has left or rests: the order may change again."""
        if self.held:
            self.held = False
            self._arrange()

    def put_in_order(self, service_ids: Sequence[str]) -> None:
        """Take over the user's own order of an earlier time; services that are not in it come last."""
        self._order = tuple(service_ids)
        self._tiles = self._in_order(self._tiles)
        self._arrange()

    def _in_order(self, tiles: dict[str, Tile]) -> dict[str, Tile]:
        ordered = [service_id for service_id in self._order if service_id in tiles]
        return {service_id: tiles[service_id] for service_id in dict.fromkeys([*ordered, *tiles])}

    def move(self, service_ids: Collection[str], row: int) -> None:
        """Put services before the one in a row, or last; only where the order is the user's own."""
        if self._choice.order is not Order.OWN:
            return
        staying = [service_id for service_id in self._tiles if service_id not in service_ids]
        # Where the order is the user's own, there are no headings.
        shown = [tile.service.id for tile in self._shown if isinstance(tile, Tile)]
        after = next((each for each in shown[row:] if each not in service_ids), None)
        before = next((each for each in reversed(shown[:row]) if each not in service_ids), None)
        if after is not None:
            place = staying.index(after)
        elif before is not None:
            place = staying.index(before) + 1
        else:
            return
        moved = [service_id for service_id in self._tiles if service_id in service_ids]
        order = [*staying[:place], *moved, *staying[place:]]
        if order != list(self._tiles):
            self.put_in_order(order)
            self.order_changed.emit(order)

    def shift(self, service_ids: Collection[str], by: int) -> None:
        """Put services one place earlier or later."""
        rows = [self._rows[service_id] for service_id in service_ids if service_id in self._rows]
        if rows:
            self.move(service_ids, max(0, min(rows) - 1) if by < 0 else max(rows) + 2)

    def tile(self, service_id: str) -> Tile | None:
        """Return the tile of a service."""
        return self._tiles.get(service_id)

    def index_of(self, service_id: str) -> QModelIndex:
        """Return where a service is shown; an invalid index if it is not."""
        return self.index(self._rows.get(service_id, -1))

    def take(self, events: Sequence[Event]) -> None:
        """Take over what happened."""
        touched: dict[str, Tile] = {}
        moved = False
        for event in events:
            match event:
                case ServicesChanged(_, services, states):
                    self._watch(services, states)
                case ResultArrived() if tile := self._tiles.get(event.service_id):
                    tile.looks.append(event.result.outcome)
                    tile.trend.take_result(event.result)
                    moved |= self._believe(tile, event.state)
                    touched[event.service_id] = tile
                case Transitioned(transition, state) if tile := self._tiles.get(transition.service_id):
                    moved |= self._believe(tile, state)
                    touched[transition.service_id] = tile
                case SilenceChanged(_, silence):
                    touched |= self._acknowledge(silence.acknowledged)
                case _:
                    pass
        if moved:
            self._arrange(held=self.held)
        self._tell_changed(touched)

    def _believe(self, tile: Tile, state: ServiceState) -> bool:
        """Take over what is believed of a service; return whether its tile belongs elsewhere now."""
        before = self._choice.place(tile)
        tile.state = state
        return self._choice.place(tile) != before

    def _acknowledge(self, service_ids: frozenset[str]) -> dict[str, Tile]:
        """Take over what the user knows of; return the tiles that this changes."""
        changed = self._acknowledged ^ service_ids
        self._acknowledged = service_ids
        tiles = {service_id: tile for service_id, tile in self._tiles.items() if service_id in changed}
        for service_id, tile in tiles.items():
            tile.acknowledged = service_id in service_ids
        return tiles

    def take_series(self, series: Series) -> None:
        """Take over what was measured before this start."""
        tile = self._tiles.get(series.service_id)
        if tile is not None:
            tile.trend.take_series(series)
            self._tell_changed({series.service_id})

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own signature
        """Return how many tiles and headings are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role says of a row."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        shown = self._shown[index.row()]
        if isinstance(shown, Heading):
            return self._heading_data(shown, role)
        if role == TILE_ROLE:
            return shown
        say = _SAID.get(role)
        return None if say is None else say(shown, self._tr, self._now())

    def _heading_data(self, heading: Heading, role: int) -> Any:
        if role == HEADING_ROLE:
            return heading
        say = _SAID_OF_A_GROUP.get(role)
        return None if say is None else say(heading, self._tr)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a row."""
        if index.isValid() and isinstance(self._shown[index.row()], Heading):
            # The keyboard goes from tile to tile.
            return Qt.ItemFlag.NoItemFlags
        can_move = Qt.ItemFlag.ItemIsDragEnabled if self._choice.order is Order.OWN else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | can_move if index.isValid() else super().flags(index)

    def _watch(self, services: Iterable[Service], states: Iterable[ServiceState]) -> None:
        before = self._tiles
        self._tiles = {}
        for service, state in zip(services, states, strict=True):
            tile = before.get(service.id) or Tile(service, state)
            tile.service, tile.state = service, state
            tile.acknowledged = service.id in self._acknowledged
            self._tiles[service.id] = tile
        self._tiles = self._in_order(self._tiles)
        self._arrange(held=self.held)
        self._tell_changed(self._tiles)

    def _arrange(self, *, held: bool = False) -> None:
        """Bring what is shown into step with the choice so that selection and place survive."""
        wanted = self._rows_for(self._choice.shown(self._tiles.values()))
        if held:
            wanted = self._with_all_that_is_shown(wanted)
        if len(wanted) == len(self._shown) and all(map(_same, wanted, self._shown)):
            return
        self._remove_all_but({id(tile) for tile in wanted})
        known = {id(tile) for tile in self._shown}
        added = [tile for tile in wanted if id(tile) not in known]
        if added:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
            self._show([*self._shown, *added])
            self.endInsertRows()
        self._reorder(wanted)

    def _rows_for(self, tiles: list[Tile]) -> list[Tile | Heading]:
        if self.grouped:
            return with_headings(tiles, self._headings)
        self._headings.clear()
        return list(tiles)

    def _with_all_that_is_shown(self, wanted: list[Tile | Heading]) -> list[Tile | Heading]:
        """Return the rows as they lie there, as far as they still exist, and what is new behind them."""
        kept = [row for row in self._shown if self._exists(row)]
        known = {id(row) for row in kept}
        return kept + [row for row in wanted if id(row) not in known]

    def _exists(self, row: Tile | Heading) -> bool:
        if isinstance(row, Heading):
            return self._headings.get(row.group) is row
        return self._tiles.get(row.service.id) is row

    def _remove_all_but(self, wanted: set[int]) -> None:
        stretches = _runs([row for row, tile in enumerate(self._shown) if id(tile) not in wanted])
        if len(stretches) > _MANY:
            # A view takes long over each removal: bring them together first.
            kept = [tile for tile in self._shown if id(tile) in wanted]
            self._reorder([*kept, *(tile for tile in self._shown if id(tile) not in wanted)])
            stretches = [(len(kept), len(self._shown) - 1)]
        for first, last in reversed(stretches):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._show(self._shown[:first] + self._shown[last + 1 :])
            self.endRemoveRows()

    def _reorder(self, wanted: list[Tile | Heading]) -> None:
        if all(map(_same, wanted, self._shown)):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved = [id(self._shown[index.row()]) for index in before]
        self._show(wanted)
        rows = {id(shown): row for row, shown in enumerate(wanted)} if moved else {}
        self.changePersistentIndexList(before, [self.index(rows[shown]) for shown in moved])
        self.layoutChanged.emit()

    def _show(self, rows: list[Tile | Heading]) -> None:
        self._shown = rows
        self._rows = {shown.service.id: row for row, shown in enumerate(rows) if isinstance(shown, Tile)}

    def _tell_changed(self, service_ids: Iterable[str]) -> None:
        rows = sorted(self._rows[service_id] for service_id in service_ids if service_id in self._rows)
        for first, last in _runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))


def _same(one: Tile | Heading, other: Tile | Heading) -> bool:
    return one is other


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each stretch of neighbouring rows."""
    stretches = ([row for _, row in run] for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]))
    return [(stretch[0], stretch[-1]) for stretch in stretches]
