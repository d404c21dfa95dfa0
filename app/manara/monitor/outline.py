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
LARGEST_OWN = 8 * 1024
"""Of the user's own catalogue; what is larger would take more than some 5 ms to read."""


def read_appearance(settings: Path) -> AppearanceOptions:
    """Return how the window is to look; as by default where that is unclear."""
    try:
        section = tomllib.loads(_text(settings)).get("appearance", {})
        return appearance_of(section if isinstance(section, dict) else {})
    except (OSError, ValueError, RecursionError):
        return AppearanceOptions()


def read_outline(settings: Path, catalogue: Path, own: Path | None = None) -> tuple[Service, ...]:
    """Return the services of a settings file, or the starter set, without their checks; none where that is unclear.

    `own` is the user's own catalogue, whose entries come before those of the other.
    """
    try:
        tables = _tables(tomllib.loads(_text(settings)))
        if tables is not None and all("catalogue" not in table for table in tables):
            return _distinct([_service(table, {}) for table in tables])
        parts = split_sections(_text(catalogue))
        if parts is None:
            return ()
        starter, entries = _own(own)
        if tables is None:
            known = [word for word in starter if word in entries or word in parts.by_id]
            tables = [{"catalogue": word} for word in known or tomllib.loads(parts.head)["starter"]]
        # The catalogue is long, and few of its entries are asked for.
        words = {str(table.get("catalogue", "")) for table in tables}
        entries = {word: tomllib.loads(parts.by_id[word]) for word in words & parts.by_id.keys()} | entries
        return _distinct([_service(table, entries) for table in tables])
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


def _own(path: Path | None) -> tuple[list[str], dict[str, Mapping[str, Any]]]:
    """Return the starter set and the entries by id of the user's own catalogue; nothing where they are unclear."""
    try:
        text = "" if path is None else _text(path)
        if len(text) > LARGEST_OWN:
            return [], {}
        file = tomllib.loads(text)
        entries = {str(table["id"]): table for table in file.get("services", []) if _is_clear(table)}
        return list(map(str, file.get("starter", []))), entries
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return [], {}


def _is_clear(entry: Mapping[str, Any]) -> bool:
    return bool(entry["name"]) and ("operator" in entry or entry["category"] in set(Category))


def _service(table: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]]) -> Service:
    word = table.get("catalogue", "")
    entry = entries.get(word, {})
    name = str(table.get("name") or entry.get("name") or word or table["name"])
    group = table.get("group") or (_group(entry) if entry else "")
    return Service(id=str(table.get("id") or word or id_of(name)), name=name, checks=(), group=str(group))


def _group(entry: Mapping[str, Any]) -> str:
    return str(entry.get("operator") or category_word(_ENGLISH, Category(entry["category"])))


# A group is a word of the user's own settings, which does not change with the language.
_ENGLISH = Translator()


def _distinct(services: list[Service]) -> tuple[Service, ...]:
    return tuple({service.id: service for service in services}.values())
