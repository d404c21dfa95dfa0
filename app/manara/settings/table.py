"""From services back to tables of the settings file: only what differs from the defaults, in words that it accepts."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from enum import Enum
from typing import Any

from manara.model import Check, CheckDefaults, OfficialPage, PageKind, Service, options_of
from manara.settings.duration import duration_text
from manara.settings.form import is_table, kinds_of
from manara.settings.pace import own_options, with_defaults

NO_CATALOGUE: Mapping[str, Service] = {}


def table_of(
    service: Service, defaults: CheckDefaults | None = None, catalogue: Mapping[str, Service] = NO_CATALOGUE
) -> dict[str, Any]:
    """Return the table that describes a service in a file with these defaults.

    What the defaults or the catalogue entry say is left out. Secrets are references (`env:NAME`), as in the file.
    """
    defaults = defaults or CheckDefaults()
    entry = catalogue.get(service.catalogue)
    if entry is not None:
        entry = with_defaults(entry, defaults)
    table: dict[str, Any] = {"id": service.id}
    if entry is None or service.name != entry.name:
        table["name"] = service.name
    if service.catalogue:
        table["catalogue"] = service.catalogue
    if service.group != (entry.group if entry else ""):
        table["group"] = service.group
    if service.tags:
        table["tags"] = list(service.tags)
    if service.paused:
        table["paused"] = True
    if service.note:
        table["note"] = service.note
    if service.operator != (entry.operator if entry else ""):
        table["operator"] = service.operator
    table |= _table_of_page(service.official, entry.official if entry else None)
    if entry is None or service.checks != entry.checks:
        table["checks"] = [table_of_check(check, defaults) for check in service.checks]
    return table


def _table_of_page(page: OfficialPage | None, known: OfficialPage | None) -> dict[str, Any]:
    table: dict[str, Any] = {}
    if page is None:
        return table
    parts: tuple[str, ...] = ()
    if known is not None and (page.kind, page.url) == (known.kind, known.url):
        parts = known.components
    else:
        table["official_url"] = page.url
        if page.kind is not PageKind.AUTO:
            table["official"] = page.kind.value
    if page.components != parts:
        table["official_components"] = list(page.components)
    return table


def table_of_check(check: Check, defaults: CheckDefaults | None = None) -> dict[str, Any]:
    """Return the table that describes a check in a file with these defaults."""
    cls = type(check)
    kinds = kinds_of(cls)
    own = own_options(check, defaults or CheckDefaults())
    # The check's own options first, as people write them; the pace that all checks share comes last.
    shared = {field.name for field in fields(Check)}
    names = sorted((name for name in options_of(cls) if name in own), key=lambda name: name in shared)
    return {"type": cls.type, **{name: value_in_toml(own[name], kinds[name]) for name in names}}


def table_of_options(options: Any) -> dict[str, Any]:
    """Return the table that describes a section, like `NetworkOptions`, without what is as by default."""
    cls: type = type(options)
    kinds = kinds_of(cls)
    defaults = {field.name: field.default for field in fields(options)}
    values = {name: getattr(options, name) for name in kinds}
    return {name: value_in_toml(value, kinds[name]) for name, value in values.items() if value != defaults[name]}


def value_in_toml(value: Any, kind: Any) -> Any:
    """Return the value of an option of this type as it stands in the file."""
    match value:
        case timedelta():
            return duration_text(value)
        case Enum():
            return value.value
        case tuple() if is_table(kind):
            return dict(value)
        case tuple():
            return [value_in_toml(item, type(item)) for item in value]
    return value
