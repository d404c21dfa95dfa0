"""What several services have in common, option by option, and what of it was changed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from manara.model import Check, Option, options_of
from manara.probes import CHECK_TYPES
from manara.settings import ServiceOptions
from manara.settings.form import kinds_of, required_options
from manara.settings.pace import inherited_pace
from manara.settings.table import value_in_toml
from manara.ui.editor.draft import Known, operator_defaults

OF_SERVICES = ("group", "tags", "paused", "operator")
"""What makes sense to be the same for several services."""
OF_CHECKS = "checks."
"""What an option of checks begins with in a change of several services."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One option that the chosen services have."""

    key: str
    """As `ChangeServices` calls it: `group`, or `checks.interval`."""
    cls: type
    """A dataclass that declares it."""
    values: tuple[Any, ...]
    """The different values that it has now, as they stand in the file; one where all agree."""

    @property
    def name(self) -> str:
        """The name of the option in its dataclass."""
        return self.key.removeprefix(OF_CHECKS)

    @property
    def option(self) -> Option:
        """How it is declared."""
        return options_of(self.cls)[self.name]

    @property
    def kind(self) -> Any:
        """Its type."""
        return kinds_of(self.cls)[self.name]


def shared_options(tables: Sequence[Mapping[str, Any]], known: Known) -> tuple[Shared, ...]:
    """Return the options that can be changed for all these services; tables are as the form of one shows them."""
    told = [{"operator": operator_defaults(table, known)["operator"], **table} for table in tables]
    services = [Shared(name, ServiceOptions, _values(name, ServiceOptions, told, {})) for name in OF_SERVICES]
    by_class = _checks_by_class(tables)
    checks = [_of_checks(name, by_class, known) for name in _names(by_class)]
    return (*services, *checks)


def _checks_by_class(tables: Iterable[Mapping[str, Any]]) -> dict[type[Check], list[Mapping[str, Any]]]:
    found: dict[type[Check], list[Mapping[str, Any]]] = {}
    for table in tables:
        for check in table.get("checks", ()):
            found.setdefault(CHECK_TYPES[check["type"]], []).append(check)
    return found


def _names(classes: Iterable[type[Check]]) -> list[str]:
    """Return the options that all checks have, then those of their types.

    What must be set says what is looked at, and a secret is for one service; neither is the same for several. Of two
    types of checks, an option of one name may mean different things.
    """
    shared = tuple(options_of(Check))
    kinds: dict[str, set[Any]] = {}
    for cls in classes:
        for name, option in options_of(cls).items():
            if name not in required_options(cls) and not option.secret:
                kinds.setdefault(name, set()).add(kinds_of(cls)[name])
    alike = [name for name, found in kinds.items() if len(found) == 1]
    return sorted(alike, key=lambda name: name not in shared)


def _of_checks(name: str, by_class: Mapping[type[Check], Sequence[Mapping[str, Any]]], known: Known) -> Shared:
    having = [cls for cls in by_class if name in options_of(cls)]
    values: list[Any] = []
    for cls in having:
        inherited = inherited_pace(cls, {}, known.defaults)
        values += [value for value in _values(name, cls, by_class[cls], inherited) if value not in values]
    return Shared(f"{OF_CHECKS}{name}", having[0], tuple(values))


def _values(name: str, cls: type, tables: Iterable[Mapping[str, Any]], inherited: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the different values of an option in these tables, with what holds where a table does not set it."""
    default = inherited.get(name, cls.__dataclass_fields__[name].default)  # type: ignore[attr-defined]
    written = value_in_toml(default, kinds_of(cls)[name])
    values: list[Any] = []
    for table in tables:
        value = table.get(name, written)
        if value not in values:
            values.append(value)
    return tuple(values)
