"""What is known of our own connection."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from manara.model.failure import Reason


class LineState(StrEnum):
    """Whether our own connection works."""

    ONLINE = "online"
    LIMITED = "limited"
    """It works, but not all of it: `Line.limits` says what does not."""
    CAPTIVE = "captive"
    """A network that wants people to sign in first answers in the place of everybody."""
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class Limit(StrEnum):
    """What does not work of a connection that works otherwise."""

    OWN_RESOLVER = "own-resolver"
    """The name servers that this computer asks do not know what others know."""
    IPV4 = "ipv4"
    """This computer has a way by IPv4, but nothing answers on it."""
    IPV6 = "ipv6"
    CLOCK = "clock"
    """The clock of this computer is so far off that certificates cannot be judged."""


class WitnessKind(StrEnum):
    """What sort of place was asked whether our own connection works."""

    LINK = "link"
    """The system itself: whether any way leads out."""
    GATEWAY = "gateway"
    """The router next to us."""
    OWN_RESOLVER = "own-resolver"
    """A name server that this computer asks."""
    RESOLVER = "resolver"
    """A name server of somebody unrelated."""
    PAGE = "page"
    """A page of somebody unrelated."""
    CLOCK = "clock"
    """What such a page says of the time."""
    SERVICE = "service"
    """A watched service that was seen to be well."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One place that was asked whether our own connection works."""

    place: str
    answered: bool
    detail: str
    """For people: the address that answered, or what was wrong."""
    ms: float | None = None
    kind: WitnessKind = WitnessKind.PAGE
    reason: Reason | None = None
    """Why it did not answer well."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of our own connection at one moment (aware UTC), and by what evidence."""

    state: LineState = LineState.UNKNOWN
    at: datetime | None = None
    witnesses: tuple[Witness, ...] = ()
    limits: tuple[Limit, ...] = ()
    sign_in_url: str = ""
    """Where the network that wants a sign-in leads to, else a page in whose place it answers. Remote text."""
    clock_ahead: timedelta | None = None
    """How far the clock of this computer is ahead of that of others; None where nobody told."""
