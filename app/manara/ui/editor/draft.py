"""A service as it is edited: what the form shows of its table, and the table that comes of it. Pure.

A catalogue service need not say its name, its group and its checks; they are shown all the same, and written only once
they differ. What was not touched stays as it was written, even in another form (`60`, `"60s"`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from manara.model import Check, CheckDefaults, PageKind, Service, id_of, options_of
from manara.probes import CHECK_TYPES
from manara.settings import Form, Stored, table_of, table_of_check, with_defaults

NAMELESS = "service"
"""The id of a service whose name has no letters and no digits."""


@dataclass(frozen=True, slots=True)
class Known:
    """What settings and catalogue say besides the service."""

    catalogue: Mapping[str, Service] = field(default_factory=dict)
    defaults: CheckDefaults = field(default_factory=CheckDefaults)


def table_of_new(service: Service, known: Known) -> dict[str, Any]:
    """Return how a new service would be written; a pace that is not its own is that of `[checks]`."""
    return table_of(with_defaults(service, known.defaults), known.defaults, known.catalogue)


def defaults_of(sections: Mapping[str, Mapping[str, Any]]) -> CheckDefaults:
    """Return what `[checks]` says; what is wrong with it is left to whoever reads the file."""
    values, _ = Form(CheckDefaults).read(sections.get("checks", {}), ())
    return CheckDefaults(**values)


def unused_id(wished: str, taken: Collection[str]) -> str:
    """Return the id, with a number behind it where another service has it."""
    if wished not in taken:
        return wished
    return next(each for number in count(2) if (each := f"{wished}-{number}") not in taken)


def table_in(stored: Stored, service_id: str) -> Mapping[str, Any] | None:
    """Return the table of a service; None when there is none of this id."""
    return dict(zip(stored.ids, stored.services, strict=True)).get(service_id)


def shown_table(table: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """Return the table with the name, the group and the checks that the catalogue gives."""
    entry = known.catalogue.get(table.get("catalogue", ""))
    if entry is None:
        return dict(table)
    given: dict[str, Any] = {"name": entry.name}
    if entry.group:
        given["group"] = entry.group
    given["checks"] = [table_of_check(check, known.defaults) for check in with_defaults(entry, known.defaults).checks]
    return {**given, **table}


def operator_defaults(table: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """Return what holds for who runs a service and where that one tells how it is, where the table does not say it."""
    entry = known.catalogue.get(table.get("catalogue", ""))
    page = entry.official if entry else None
    # Of a page of one's own, or that speaks in another way, the catalogue does not know the parts.
    known_page = None if "official_url" in table else page
    kind = known_page.kind if known_page else PageKind.AUTO
    parts = known_page.components if known_page and table.get("official", kind) == kind else ()
    return {
        "operator": entry.operator if entry else "",
        "official_url": page.url if page else "",
        "official": kind,
        "official_components": parts,
    }


def table_to_write(table: Mapping[str, Any], edited: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """Return the table that says what was edited; `edited` is its `shown_table` with the user's changes in it."""
    before, written = shown_table(table, known), dict(table)
    for key in (*before, *(key for key in edited if key not in before)):
        if key not in edited:
            _take_out(written, key, given=key not in table)
        elif key not in before or edited[key] != before[key]:
            written[key] = edited[key]
    return written


def new_table(table: Mapping[str, Any], taken: Collection[str]) -> dict[str, Any]:
    """Return the table of a new service with an id that none of the others has."""
    wished = table.get("id") or id_of(table.get("name", "")) or NAMELESS
    return {"id": unused_id(wished, taken), **{key: value for key, value in table.items() if key != "id"}}


def merged(written: Mapping[str, Any], at_first: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written with what a form says differently now from what it said at first."""
    table = dict(written)
    for key in (*at_first, *(key for key in now if key not in at_first)):
        if key not in now:
            table.pop(key, None)
        elif key not in at_first or now[key] != at_first[key]:
            table[key] = now[key]
    return table


def subject_of(check: Mapping[str, Any]) -> str:
    """Return what the table of a check looks at, as far as it says so: the first of what only its type has."""
    own = (name for name in options_of(CHECK_TYPES[str(check["type"])]) if name not in options_of(Check))
    return str(next((check[name] for name in own if name in check), ""))


def _take_out(table: dict[str, Any], key: str, *, given: bool) -> None:
    """Leave a key out; what the catalogue gives has to be written as empty, or it would come back."""
    if given:
        table[key] = ""
    else:
        table.pop(key)
