"""What a change makes of a settings file: its text, and the tables that the text must read back as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from manara.model import Check, CheckDefaults, Said, Service, id_of, options_of
from manara.settings.changes import (
    AddServices,
    Change,
    ChangedMeanwhile,
    ChangeServices,
    RemoveServices,
    ReplaceService,
    SetOptions,
    UnknownService,
)
from manara.settings.editing import Edit, text_with, text_with_tables, text_without
from manara.settings.nearest import did_you_mean
from manara.settings.table import table_of_check

Table: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Basis:
    """A file before a change, as text, as tables and as what they mean."""

    text: str
    table: Table
    services: tuple[Service, ...]
    defaults: CheckDefaults

    @property
    def tables(self) -> list[Table]:
        """The tables of the services."""
        return self.table.get("services", [])  # type: ignore[no-any-return]

    @property
    def chosen(self) -> bool:
        """Whether the services are the user's own choice, be it none; otherwise the starter set is meant."""
        return "services" in self.table


@dataclass(frozen=True, slots=True)
class Edited:
    """A file after a change."""

    text: str
    table: Table


class Applier:
    """Applies changes. Check types and catalogue entries are known only by what is passed in."""

    def __init__(self, check_types: Mapping[str, type[Check]], catalogue: Mapping[str, Service]) -> None:
        self._check_types = check_types
        self._catalogue = catalogue

    def edited(self, basis: Basis, change: Change) -> Edited:
        """Return the file after a change; raise `UnknownService` or `ChangedMeanwhile`."""
        match change:
            case AddServices(tables):
                more = [plain(table) for table in tables]
                text = text_with(basis.text, basis.tables, more) if more else basis.text
                return _with_services(basis, text, [*basis.tables, *more])
            case RemoveServices(service_ids):
                return _without_services(basis, _positions(basis, service_ids))
            case ReplaceService(service_id, table, expected):
                (position,) = _positions(basis, (service_id,))
                if basis.tables[position] != plain(expected):
                    name = basis.services[position].name
                    raise ChangedMeanwhile(Said('"{name}" has been changed in the settings file meanwhile.', name=name))
                return _with_tables(basis, {position: self._keeping_id(service_id, plain(table))})
            case ChangeServices(service_ids, values):
                new = {at: self._changed(basis, at, values) for at in _positions(basis, service_ids)}
                return _with_tables(basis, new)
            case SetOptions(section, values):
                before = basis.table.get(section, {})
                after = _with_values(before, values)
                edits: list[Edit] = [((section,), before, after)] if after != before else []
                table = {**basis.table, section: after} if after != before else basis.table
                return Edited(text_with_tables(basis.text, basis.tables, edits), table)
            case _:
                assert_never(change)

    def _keeping_id(self, service_id: str, table: dict[str, Any]) -> dict[str, Any]:
        """Return the table with its id written down where it would become another one by another name."""
        if "id" in table or self._id_made_of(table) == service_id:
            return table
        return {"id": service_id, **table}

    def _id_made_of(self, table: Table) -> str:
        entry = self._catalogue.get(str(table.get("catalogue", "")))
        return entry.id if entry else id_of(str(table.get("name", "")))

    def _changed(self, basis: Basis, position: int, values: Mapping[str, Any]) -> dict[str, Any]:
        own = {name: value for name, value in values.items() if not name.startswith(_OF_CHECKS)}
        of_checks = {name.removeprefix(_OF_CHECKS): value for name, value in values.items() if name not in own}
        before = basis.tables[position]
        after = _with_values(before, own)
        if of_checks:
            checks = self._changed_checks(basis, position, of_checks)
            if checks is not None:
                after["checks"] = checks
        return self._keeping_id(basis.services[position].id, after)

    def _changed_checks(self, basis: Basis, position: int, values: Mapping[str, Any]) -> list[dict[str, Any]] | None:
        """Return the tables of a service's checks with other values; None where nothing changes."""
        service = basis.services[position]
        # Of checks that come from the catalogue, the file says nothing until one of them differs.
        tables = basis.tables[position].get("checks") or [
            table_of_check(each, basis.defaults) for each in service.checks
        ]
        changed = [
            _with_values(table, {name: value for name, value in values.items() if name in self._options(table)})
            for table in tables
        ]
        return changed if changed != tables else None

    def _options(self, check: Table) -> Mapping[str, object]:
        return options_of(self._check_types[check["type"]])


def plain(value: Any) -> Any:
    """Return tables and lists of any kind as those that `tomllib` reads."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


_OF_CHECKS = "checks."


def _positions(basis: Basis, service_ids: Sequence[str]) -> list[int]:
    positions = {service.id: position for position, service in enumerate(basis.services)}
    for service_id in service_ids:
        if service_id not in positions:
            hint = did_you_mean(service_id, positions)
            sentence = Said('The settings have no service "{id}".', id=service_id)
            raise UnknownService(Said("{sentence} {hint}", sentence=sentence, hint=hint) if hint else sentence)
    return [positions[service_id] for service_id in dict.fromkeys(service_ids)]


def _with_services(basis: Basis, text: str, services: Sequence[Table]) -> Edited:
    return Edited(text, {**basis.table, "services": list(services)})


def _without_services(basis: Basis, positions: Sequence[int]) -> Edited:
    gone = set(positions)
    kept = [table for position, table in enumerate(basis.tables) if position not in gone]
    return _with_services(basis, text_without(basis.text, basis.tables, gone) if gone else basis.text, kept)


def _with_tables(basis: Basis, new: Mapping[int, Table]) -> Edited:
    services = [new.get(position, table) for position, table in enumerate(basis.tables)]
    edits: list[Edit] = [
        (("services", position), basis.tables[position], table)
        for position, table in new.items()
        if table != basis.tables[position]
    ]
    return _with_services(basis, text_with_tables(basis.text, basis.tables, edits), services)


def _with_values(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in table.items() if name not in values or values[name] is not None}
    return kept | {name: plain(value) for name, value in values.items() if value is not None}
