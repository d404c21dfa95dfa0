"""What the engine tells the rest of the program. Events are frozen and may cross threads."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from manara.model.incident import Incident
from manara.model.line import Line
from manara.model.notice import Notice, Silence
from manara.model.result import CheckResult
from manara.model.service import Service
from manara.model.verdict import ServiceState, Transition
from manara.model.zone import Zone


@dataclass(frozen=True, slots=True)
class ResultArrived:
    """A look ended; `state` is what is believed of the service now."""

    service_id: str
    check: int
    """Position of the check in the service."""
    due: datetime
    """When the look should have begun."""
    result: CheckResult
    state: ServiceState


@dataclass(frozen=True, slots=True)
class Transitioned:
    """A service's verdict changed."""

    transition: Transition
    state: ServiceState


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """Something was found out about why a service is not well: `state.diagnosis`, None where it no longer holds."""

    at: datetime
    state: ServiceState


@dataclass(frozen=True, slots=True)
class OfficialHeard:
    """The page of a service's operator was read, or could not be: `state.official`."""

    at: datetime
    state: ServiceState


@dataclass(frozen=True, slots=True)
class ZoneLearned:
    """Who answers for some names was learned or has changed."""

    hosts: tuple[str, ...]
    """In lower case, without the final dot."""
    zone: Zone


@dataclass(frozen=True, slots=True)
class NetworkLearned:
    """Which network some addresses belong to was learned or has changed."""

    at: datetime
    prefix: str
    """`129.134.30.0/24` or `2a03:2880:f0fc::/48`."""
    network: str
    """Number and name of the autonomous system: `AS32934 (FACEBOOK, US)`."""


@dataclass(frozen=True, slots=True)
class IncidentChanged:
    """An incident began, went on or ended."""

    at: datetime
    incident: Incident
    merged: tuple[str, ...] = ()
    """The ids of incidents that turned out to be the same one; they are no more."""


@dataclass(frozen=True, slots=True)
class NotObserved:
    """Nobody was looking from `after` until `until`: sleep, a stop, or a jump of the clock."""

    after: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class LineChanged:
    """What is known of our own connection changed."""

    line: Line


@dataclass(frozen=True, slots=True)
class ServicesChanged:
    """The watched services or their order changed."""

    at: datetime
    services: tuple[Service, ...]
    states: tuple[ServiceState, ...]


@dataclass(frozen=True, slots=True)
class SettingsRefused:
    """An edited settings file has errors, and the settings before it stay; or the user's own catalogue has some."""

    at: datetime
    problems: tuple[str, ...]


class Keeping(StrEnum):
    """How the history is kept."""

    WELL = "well"
    ELSEWHERE = "elsewhere"
    """Another Manara writes it; this one only reads."""
    IN_MEMORY = "in-memory"
    """The disk does not take it now; it is written once that is possible."""
    SALVAGED = "salvaged"
    """The file was damaged: it was set aside, and what could be read of it is in a new one."""
    REFUSED = "refused"
    """The file comes from a newer Manara; it is left alone, and nothing is kept."""


@dataclass(frozen=True, slots=True)
class HistoryKept:
    """How the history is kept changed."""

    at: datetime
    keeping: Keeping
    detail: str = ""
    """For people: which file, what the system said."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """There is something to tell the user."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class SilenceChanged:
    """What the user does not want to be told changed: by his wish, by a recovery, or because its time is over."""

    at: datetime
    silence: Silence


Event: TypeAlias = (
    ResultArrived
    | Transitioned
    | Diagnosed
    | OfficialHeard
    | ZoneLearned
    | NetworkLearned
    | IncidentChanged
    | NotObserved
    | LineChanged
    | ServicesChanged
    | SettingsRefused
    | HistoryKept
    | Noticed
    | SilenceChanged
)
