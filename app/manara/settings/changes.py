"""What can be changed in the settings file, and what takes a change back. Tables are as they stand in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class AddServices:
    """More services, behind all others."""

    tables: tuple[Mapping[str, Any], ...]
    instead_of_starter: bool = False
    """Whether the starter set goes, where it is all that is watched; otherwise it becomes the user's own."""


@dataclass(frozen=True, slots=True)
class ReplaceService:
    """Another table for one service. The service keeps its id, and with it its past, unless the table names another."""

    service_id: str
    table: Mapping[str, Any]
    expected: Mapping[str, Any]
    """The table as it was when the user began to edit it; where it is another one by now, nothing is changed."""


@dataclass(frozen=True, slots=True)
class ChangeServices:
    """Other values of some options of several services; None takes an option out.

    Options are named "name", "group", "tags", "paused", "note", "operator", or like "checks.interval": that is an
    option of all checks of these services, as far as they have it.
    """

    service_ids: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RemoveServices:
    """Fewer services."""

    service_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetOptions:
    """Other values of some options of a section like "network"; None means as by default."""

    section: str
    values: Mapping[str, Any]


Change: TypeAlias = AddServices | ReplaceService | ChangeServices | RemoveServices | SetOptions


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes one change back, with all comments and in the same place."""

    change: Change
    before: str = field(repr=False)
    """The text of the whole file; it may hold nothing that is not in the file."""
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the settings file says, with nothing filled in."""

    path: Path
    services: tuple[Mapping[str, Any], ...]
    """The tables of the services; those of the starter set where the user has chosen nothing yet."""
    ids: tuple[str, ...]
    """The id of each service, which may be made from its name."""
    sections: Mapping[str, Mapping[str, Any]]
    chosen: bool
    """Whether the services are the user's own choice, and not the starter set."""
    writable: bool


class SettingsNotWritten(Exception):  # noqa: N818 - it names what happened
    """The settings file could not be changed and is as it was. Its text is a sentence."""


class ChangedMeanwhile(SettingsNotWritten):
    """Somebody else changed the same part of the file, and nothing was written. Its text is a sentence."""


class UnknownService(Exception):  # noqa: N818 - it names what happened
    """The settings have no service of this id. Its text is a sentence."""
