"""What the settings will ask to be watched, named in a moment: the window shows it while they are still being read.

Nothing is proven and nothing explained here. That is done by `settings` a moment later; what it finds replaces this.
"""

import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from manara.model import Service, id_of

LARGEST = 4 * 1024 * 1024
"""A larger settings file is refused by `settings`."""


def read_outline(settings: Path, catalogue: Path) -> tuple[Service, ...]:
    """Return the services of a settings file, or the starter set, without their checks; none where that is unclear."""
    try:
        tables = _tables(_read(settings))
        if tables and all("catalogue" not in table for table in tables):
            return _distinct([_service(table, {}) for table in tables])
        entries = _read(catalogue)
        known = {entry["id"]: entry for entry in _tables(entries)}
        return _distinct([_service(table, known) for table in tables or _starter(entries)])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ()


def _read(path: Path) -> dict[str, Any]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return {}
    # To open a named pipe would mean to wait for ever.
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
        raise ValueError
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def _tables(file: Mapping[str, Any]) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = file.get("services", [])
    return tables


def _starter(catalogue: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"catalogue": entry_id} for entry_id in catalogue["starter"]]


def _service(table: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Service:
    entry = known[table["catalogue"]] if "catalogue" in table else {}
    name = str(table.get("name") or entry["name"])
    group = table.get("group") or entry.get("operator") or ""
    return Service(id=str(table.get("id") or entry.get("id") or id_of(name)), name=name, checks=(), group=str(group))


def _distinct(services: list[Service]) -> tuple[Service, ...]:
    return tuple({service.id: service for service in services}.values())
