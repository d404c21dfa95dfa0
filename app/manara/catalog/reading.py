"""Reading the catalogue's files: checked as strictly as the settings, since wrong data here would blame a service.

The file that is shipped is opened in parts; the tests prove that it is whole. The user's own file is read as a whole.
"""

import tomllib
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from manara.catalog.catalogue import Catalogue
from manara.catalog.entry import Entry, EntryOptions, entry_of
from manara.catalog.lazy_entries import LazyEntries
from manara.model import (
    Check,
    CheckDefaults,
    Place,
    Problem,
    Service,
    SettingsInvalid,
    option,
    options_of,
    split_sections,
)
from manara.settings import Form, Interpreter, TomlText, did_you_mean, read_toml, with_lines
from manara.wording import Translator, category_word


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueOptions:
    """What the file says besides its services."""

    starter: tuple[str, ...] = option((), help="Ids of what is watched when nothing was chosen yet")


def read_catalogue(path: Path, check_types: Mapping[str, type[Check]]) -> Catalogue:
    """Read a catalogue as a whole; raise `SettingsInvalid` with everything that is wrong with its file."""
    file = read_toml(path)
    if file is None:
        raise SettingsInvalid(path, [Problem((), "The catalogue is missing.")])
    found = _Reader(check_types).all_of(file)
    if found.problems:
        raise SettingsInvalid(path, with_lines(found.problems, file.text))
    return Catalogue(found.entries, found.starter)


def open_catalogue(path: Path, own: Path, check_types: Mapping[str, type[Check]]) -> Catalogue:
    """Return the catalogue that is shipped, with the user's own entries added or in the place of those of their id.

    An entry that is shipped is read when it is first asked for. A user's own file that is wrong stops nothing: what is
    good in it counts, the rest is told in `Catalogue.refused`. Raise `SettingsInvalid` when the shipped one is broken.
    """
    parts = split_sections(path.read_text("utf-8")) if path.is_file() else None
    if parts is None:
        read_catalogue(path, check_types)
        raise SettingsInvalid(path, [Problem((), "Each section of the catalogue must begin with its id.")])
    reader = _Reader(check_types)
    read = partial(_read_alone, reader, path)
    starter = tuple(tomllib.loads(parts.head).get("starter", ()))
    try:
        file = read_toml(own)
    except SettingsInvalid as unusable:
        return Catalogue(LazyEntries(parts.by_id, read), starter, unusable)
    if file is None:
        return Catalogue(LazyEntries(parts.by_id, read), starter)
    found = reader.all_of(file, others=parts.by_id)
    refused = SettingsInvalid(own, with_lines(found.problems, file.text)) if found.problems else None
    return Catalogue(LazyEntries(parts.by_id, read, found.entries), found.starter or starter, refused)


def _read_alone(reader: "_Reader", path: Path, table: dict[str, Any]) -> Entry:
    entry, problems = reader.entry_of(table, ())
    if entry is None:
        raise SettingsInvalid(path, problems)
    return entry


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file says: the entries that are good, and everything that is wrong."""

    entries: Mapping[str, Entry]
    starter: tuple[str, ...]
    problems: list[Problem]


class _Reader:
    def __init__(self, check_types: Mapping[str, type[Check]]) -> None:
        self._check_types = check_types
        self._interpreter = Interpreter(check_types, {})
        self._form = Form(EntryOptions, besides=("checks",))

    def all_of(self, file: TomlText, others: Container[str] | None = None) -> _Found:
        """Read a whole file. `others` are ids that it may name without having them; then it need not have any."""
        values, problems = Form(CatalogueOptions, besides=("services",)).read(file.table, ())
        tables = file.table.get("services", None if others is None else [])
        others = others or ()
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            problems.append(Problem(("services",), "These must be sections that each begin with [[services]]."))
            tables = []
        read = [self.entry_of(table, ("services", position)) for position, table in enumerate(tables)]
        problems += [problem for _, found in read for problem in found]
        whole = [entry for entry, _ in read if entry is not None]
        problems += _ambiguous(whole)
        entries = {entry.service.id: entry for entry in whole}
        starter = values.get("starter", ())
        problems += [
            Problem(("starter",), f'There is no service "{entry_id}".', did_you_mean(entry_id, entries))
            for entry_id in starter
            if entry_id not in entries and entry_id not in others
        ]
        known = tuple(entry_id for entry_id in starter if entry_id in entries or entry_id in others)
        return _Found(entries, known, problems)

    def entry_of(self, table: dict[str, Any], place: Place) -> tuple[Entry | None, list[Problem]]:
        """Return the entry that a section describes, or None and everything that is wrong with it."""
        values, problems = self._form.read(table, place)
        checks = self._checks_of(table, place, problems)
        if problems:
            return None, problems
        service = Service(
            id=values["id"],
            name=values["name"],
            checks=checks,
            group=values.get("operator") or category_word(_ENGLISH, values["category"]),
            catalogue=values["id"],
            operator=values.get("operator", ""),
        )
        try:
            return entry_of(values, service), []
        except ValueError as error:
            return None, [Problem(place, str(error))]

    def _checks_of(self, table: dict[str, Any], place: Place, problems: list[Problem]) -> tuple[Check, ...]:
        tables = table.get("checks")
        if not isinstance(tables, list) or not tables or not all(isinstance(check, dict) for check in tables):
            problems.append(Problem(place, "There is nothing to look at: checks are missing."))
            return ()
        checks = []
        for number, check_table in enumerate(tables):
            at = (*place, "checks", number)
            check, wrong = self._interpreter.check_of(self._excused(check_table), at, CheckDefaults())
            problems += wrong
            if check is not None:
                checks.append(check)
        return tuple(checks)

    def _excused(self, table: dict[str, Any]) -> dict[str, Any]:
        """Return a check that holds against a service only what its users would notice.

        These are made for people, so that turning programs away is no fault; and the renewal of a certificate that
        still holds is the operator's business.
        """
        cls = self._check_types.get(str(table.get("type")))
        excuses = {"when_refused": "up", "days_left_warning": 0}
        known = () if cls is None else options_of(cls)
        return {**{name: value for name, value in excuses.items() if name in known}, **table}


# A group is a word of the user's own settings, which does not change with the language.
_ENGLISH = Translator()


def _ambiguous(entries: list[Entry]) -> list[Problem]:
    words = Counter(word for entry in entries for word in {name.casefold() for name in entry.names})
    return [
        Problem(("services",), f'"{word}" means more than one service.') for word, count in words.items() if count > 1
    ]
