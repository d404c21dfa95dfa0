"""Reading the catalogue's file: checked as strictly as the settings, since wrong data here would blame a service."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manara.catalog.catalogue import Catalogue, Entry
from manara.model import Check, CheckDefaults, Service, option, options_of
from manara.settings import (
    MAX_ID,
    MAX_NAME,
    Form,
    Interpreter,
    Problem,
    SettingsInvalid,
    TomlText,
    accept_id,
    accept_label,
    did_you_mean,
    read_toml,
    with_lines,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOptions:
    """What the catalogue says of a service, besides its checks."""

    id: str = option(help="The word for it in settings", minimum=1, maximum=MAX_ID, accepts=accept_id)
    name: str = option(help="What to call it", minimum=1, maximum=MAX_NAME, accepts=accept_label)
    category: str = option(help="What it is for", minimum=1, maximum=MAX_ID, accepts=accept_label)
    operator: str = option("", help="Who runs it", maximum=MAX_NAME, accepts=accept_label)
    name_ar: str = option("", help="The name in Arabic", maximum=MAX_NAME, accepts=accept_label)
    aliases: tuple[str, ...] = option((), help="Other words for it", maximum=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueOptions:
    """What the file says besides its services."""

    starter: tuple[str, ...] = option((), help="Ids of what is watched when nothing was chosen yet")


def read_catalogue(path: Path, check_types: Mapping[str, type[Check]]) -> Catalogue:
    """Read the catalogue; raise `SettingsInvalid` with everything that is wrong with its file."""
    file = read_toml(path)
    if file is None:
        raise SettingsInvalid(path, [Problem((), "The catalogue is missing.")])
    catalogue, problems = _Reader(check_types).catalogue_of(file)
    if problems:
        raise SettingsInvalid(path, with_lines(problems, file.text))
    return catalogue


class _Reader:
    def __init__(self, check_types: Mapping[str, type[Check]]) -> None:
        self._check_types = check_types
        self._interpreter = Interpreter(check_types, {})
        self._form = Form(EntryOptions, besides=("checks",))

    def catalogue_of(self, file: TomlText) -> tuple[Catalogue, list[Problem]]:
        values, problems = Form(CatalogueOptions, besides=("services",)).read(file.table, ())
        tables = file.table.get("services")
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            problems.append(Problem(("services",), "These must be sections that each begin with [[services]]."))
            tables = []
        entries = [self._entry_of(table, position, problems) for position, table in enumerate(tables)]
        whole = tuple(entry for entry in entries if entry is not None)
        words = Counter(word.casefold() for entry in whole for word in {word.casefold() for word in entry.words})
        problems += [
            Problem(("services",), f'"{word}" means more than one service.')
            for word, count in words.items()
            if count > 1
        ]
        starter = values.get("starter", ())
        ids = [entry.service.id for entry in whole]
        problems += [
            Problem(("starter",), f'There is no service "{entry_id}".', did_you_mean(entry_id, ids))
            for entry_id in starter
            if entry_id not in ids
        ]
        return Catalogue(whole, tuple(entry_id for entry_id in starter if entry_id in ids)), problems

    def _entry_of(self, table: dict[str, Any], position: int, problems: list[Problem]) -> Entry | None:
        place = ("services", position)
        values, found = self._form.read(table, place)
        tables = table.get("checks")
        if not isinstance(tables, list) or not tables or not all(isinstance(check, dict) for check in tables):
            found.append(Problem(place, "There is nothing to look at: checks are missing."))
            tables = []
        checks = []
        for number, check_table in enumerate(tables):
            at = (*place, "checks", number)
            check, wrong = self._interpreter.check_of(self._excused(check_table), at, CheckDefaults())
            found += wrong
            if check is not None:
                checks.append(check)
        problems += found
        if found:
            return None
        service = Service(
            id=values["id"],
            name=values["name"],
            checks=tuple(checks),
            group=values.get("operator") or values["category"],
            catalogue=values["id"],
        )
        about = {name: value for name, value in values.items() if name not in ("id", "name")}
        return Entry(service, **about)

    def _excused(self, table: dict[str, Any]) -> dict[str, Any]:
        """Return a check that holds against a service only what its users would notice.

        These are made for people, so that turning programs away is no fault; and the renewal of a certificate that
        still holds is the operator's business.
        """
        cls = self._check_types.get(str(table.get("type")))
        if cls is None or "when_refused" not in options_of(cls):
            return table
        return {"when_refused": "up", "days_left_warning": 0, **table}
