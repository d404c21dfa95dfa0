"""What the settings will ask for, told in a moment: the window shows it while they are still being read.

Nothing is proven and nothing explained here. That is done by `settings` a moment later; what it finds replaces this.
"""

import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from manara.model import AppearanceOptions, Category, Service, appearance_of, id_of, split_sections
from manara.wording import Translator, category_word

LARGEST = 4 * 1024 * 1024
"""A larger settings file is refused by `settings`."""


def read_appearance(settings: Path) -> AppearanceOptions:
    """Return how the window is to look; as by default where that is unclear."""
    try:
        section = tomllib.loads(_text(settings)).get("appearance", {})
        return appearance_of(section if isinstance(section, dict) else {})
    except (OSError, ValueError, RecursionError):
        return AppearanceOptions()


def read_outline(settings: Path, catalogue: Path) -> tuple[Service, ...]:
    """Return the services of a settings file, or the starter set, without their checks; none where that is unclear."""
    try:
        tables = _tables(tomllib.loads(_text(settings)))
        if tables is not None and all("catalogue" not in table for table in tables):
            return _distinct([_service(table, {}) for table in tables])
        parts = split_sections(_text(catalogue))
        if parts is None:
            return ()
        return _distinct(
            [_service(table, parts.by_id) for table in (_starter(parts.head) if tables is None else tables)]
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ()


def _text(path: Path) -> str:
    try:
        status = path.stat()
    except FileNotFoundError:
        return ""
    # To open a named pipe would mean to wait for ever.
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
        raise ValueError
    return path.read_text(encoding="utf-8-sig")


def _tables(file: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the tables of the services; None where nothing is said of them, which means the starter set."""
    tables: list[dict[str, Any]] | None = file.get("services")
    return tables


def _starter(head: str) -> list[dict[str, Any]]:
    return [{"catalogue": entry_id} for entry_id in tomllib.loads(head)["starter"]]


def _service(table: Mapping[str, Any], sections: Mapping[str, str]) -> Service:
    # The catalogue is long, and few of its entries are asked for. Those of the user's own catalogue go by their id yet.
    word = table.get("catalogue", "")
    entry = tomllib.loads(sections.get(word, ""))
    name = str(table.get("name") or entry.get("name") or word or table["name"])
    group = table.get("group") or (_group(entry) if entry else "")
    return Service(id=str(table.get("id") or word or id_of(name)), name=name, checks=(), group=str(group))


def _group(entry: Mapping[str, Any]) -> str:
    return str(entry.get("operator") or category_word(_ENGLISH, Category(entry["category"])))


# A group is a word of the user's own settings, which does not change with the language.
_ENGLISH = Translator()


def _distinct(services: list[Service]) -> tuple[Service, ...]:
    return tuple({service.id: service for service in services}.values())
