"""What the engine tells the rest of the program. Events are frozen and may cross threads."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from manara.model.line import Line
from manara.model.result import CheckResult
from manara.model.service import Service
from manara.model.verdict import ServiceState, Transition


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
    """An edited settings file has errors; the settings before it stay in force."""

    at: datetime
    problems: tuple[str, ...]


Event: TypeAlias = ResultArrived | Transitioned | NotObserved | LineChanged | ServicesChanged | SettingsRefused
