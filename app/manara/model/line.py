"""What is known of our own connection."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LineState(StrEnum):
    """Whether our own connection works."""

    ONLINE = "online"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Witness:
    """One place that was asked whether our own connection works."""

    place: str
    answered: bool
    detail: str
    ms: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of our own connection at one moment (aware UTC), and by what evidence."""

    state: LineState = LineState.UNKNOWN
    at: datetime | None = None
    witnesses: tuple[Witness, ...] = ()
