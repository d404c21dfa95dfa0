"""What an import would do, before it is done: the services as they would be written, and what does not come over."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from manara.model import Service


class Kind(StrEnum):
    """What a file is. The values are the words of `--kind`."""

    MANARA = "manara"
    UPTIME_KUMA = "uptime-kuma"
    UPTIME_KUMA_DATABASE = "uptime-kuma-database"
    GATUS = "gatus"
    UPPTIME = "upptime"
    PROMETHEUS = "prometheus"
    CSV = "csv"
    LIST = "list"


class Why(StrEnum):
    """Why something does not come over as it was. `sentences` has the words for each."""

    UNKNOWN_TYPE = auto()
    """There is no such type of check; `detail` names it."""
    UNUSABLE_ADDRESS = auto()
    """`detail` says what is wrong with the address."""
    VARIABLE = auto()
    """A value names an environment variable; `subject` is the option, `detail` the variable."""
    SIGN_IN = auto()
    """`detail` names a way to sign in that there is not."""
    UPSIDE_DOWN = auto()
    """It counts as up when it fails."""
    SECRET_IN_ADDRESS = auto()
    """`detail` names the parameters that were taken out."""
    SECRET_IN_BODY = auto()
    NEEDED = auto()
    """An option without which a look would fail has no equivalent; `subject` names it."""
    SECRET = auto()
    """A secret was replaced by a reference; `subject` says which, `detail` is the variable to set."""
    NOT_TRANSLATED = auto()
    """`subject` is the option, `detail` the expression as it stands in the file."""
    CONDITION = auto()
    """`subject` is a condition as it stands in the file, `detail` the reason why it is not translated."""
    NO_EQUIVALENT = auto()
    """There is no such setting; `subject` names it."""
    LIMITED = auto()
    """A value is beyond the limits; `subject` is the option, `detail` the value in its place."""
    BAD_VALUE = auto()
    """The settings do not take a value; `subject` is the option, `detail` says why."""
    NAME_CHANGED = auto()
    SAME_ID = auto()
    """Two entries have one id; `detail` is that id."""
    GUESSED = auto()
    """What `subject` means was guessed from its name, `detail`."""
    NOT_READ = auto()
    """`subject` is a file that belongs to it and was not read; `detail` says why."""
    NOT_A_CHECK = auto()
    """`subject` is a part of the file that looks at nothing, so that it is not needed."""
    ALERTING = auto()
    """Ways to notify are not brought over; `subject` names that part of the file."""


PAUSING = frozenset(
    {
        *(Why.UNKNOWN_TYPE, Why.UNUSABLE_ADDRESS, Why.VARIABLE, Why.SIGN_IN, Why.UPSIDE_DOWN, Why.SECRET_IN_ADDRESS),
        *(Why.SECRET_IN_BODY, Why.NEEDED),
    }
)
"""What lets a service come over paused: a look would say something wrong of it."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is not as it was."""

    why: Why
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An expression that was translated."""

    expression: str
    options: str
    """The options that say the same here, with their values; empty for what every check wants anyway."""
    milder: bool = False
    """Whether what breaks it is degraded here, and not down."""


class Standing(StrEnum):
    """Whether a service is new."""

    NEW = auto()
    KNOWN = auto()
    """The settings have it already."""
    REPEATED = auto()
    """The same stands in the file before."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One service that was found."""

    service: Service
    table: Mapping[str, Any]
    """As it would stand in the settings file."""
    source: str
    """Where it stands in the file: "monitor 12", "line 3"."""
    standing: Standing = Standing.NEW
    known_as: str = ""
    """The id of the service that it is, where it is not new."""
    translated: tuple[str, ...] = ()
    """The options of the file that came over, by their names there."""
    rewritten: tuple[Rewritten, ...] = ()
    """What became of its expressions."""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line or a row that is no service."""

    source: str
    text: str
    """What stands there, shortened."""
    sentence: str
    """What is wrong with it."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Everything that was found in a file."""

    kind: Kind
    services: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Note, ...] = ()
    """What does not belong to one service."""

    @property
    def new(self) -> tuple[Candidate, ...]:
        """The services that are not in the settings yet, and would be added."""
        return tuple(candidate for candidate in self.services if candidate.standing is Standing.NEW)

    @property
    def tables(self) -> list[Mapping[str, Any]]:
        """The new services as `SettingsFile.add_services` takes them."""
        return [candidate.table for candidate in self.new]
