"""Incidents: services that fail together for one reason, from the first bad look to the last good one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from manara.model.diagnosis import Conclusion, Confidence
from manara.model.failure import Layer
from manara.model.verdict import Interval, Verdict


class TraitKind(StrEnum):
    """What services can have in common."""

    NAME_SERVERS = "name-servers"
    """The set of the zone's name servers, in alphabetical order."""
    NAME_SERVER_DOMAIN = "name-server-domain"
    """The registered domain of the zone's name servers: `akam.net`."""
    ALIAS_DOMAIN = "alias-domain"
    """The registered domain that the name is an alias into: `fastly.net`."""
    PREFIX = "prefix"
    """The network of an address: /24 for IPv4, /48 for IPv6."""
    NETWORK = "network"
    """The autonomous system that announces the address: `AS32934`."""
    ISSUER = "issuer"
    """Who issued the certificate."""
    DELIVERY = "delivery"
    """The delivery network that answers, told by its headers: `Cloudflare`."""
    OPERATOR = "operator"
    """Who runs the service, by the catalogue: `Meta`."""


@dataclass(frozen=True, slots=True, order=True)
class Trait:
    """One thing that a service has, and that others may have too."""

    kind: TraitKind
    value: str


@dataclass(frozen=True, slots=True)
class CommonCause:
    """What the services of an incident share, and where they fail."""

    layer: Layer | None
    """The rung on which most of them fail; None where there is no such one."""
    shared: Trait
    well: tuple[str, ...] = ()
    """Services that share it and are up: evidence against."""


class Stage(StrEnum):
    """What happened in an incident."""

    FIRST_BAD_LOOK = "first-bad-look"
    CONFIRMED = "confirmed"
    DIAGNOSED = "diagnosed"
    JOINED = "joined"
    LEFT = "left"
    UNWATCHED = "unwatched"
    """The user does not want it watched any more: how it went on is not known."""
    OFFICIAL = "official"
    """The official page said something."""
    NAMES_RESOLVE = "names-resolve"
    CONNECTS = "connects"
    ANSWERS = "answers"
    NORMAL_SPEED = "normal-speed"
    RELAPSED = "relapsed"
    SLOWER = "slower"
    """A service that is not part of it became slower than usual meanwhile."""
    ENDED = "ended"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline."""

    at: datetime
    stage: Stage
    service_id: str = ""
    """Empty where it is about all of them."""
    conclusion: Conclusion | None = None
    text: str = ""
    """An official post or a user's note. Remote text."""


@dataclass(frozen=True, slots=True)
class Member:
    """One service in an incident."""

    service_id: str
    name: str
    began: Interval
    ended: Interval | None = None
    """None while it is not well."""
    worst: Verdict = Verdict.DOWN
    conclusion: Conclusion | None = None
    """The last that was found out about it while it was not well."""
    named: tuple[str, ...] = ()
    """What that conclusion is about. Remote text."""
    confidence: Confidence | None = None
    """How sure that conclusion is."""


@dataclass(frozen=True, slots=True)
class Incident:
    """Services that fail together for one reason."""

    id: str
    """A word that stays: the moment of its beginning in UTC and a number, `20211004-153910-1`."""
    members: tuple[Member, ...]
    """In the order in which they joined."""
    began: Interval
    ended: Interval | None = None
    cause: CommonCause | None = None
    """None while there is one service only, or nothing that they share is known."""
    timeline: tuple[Happening, ...] = ()
    """Oldest first."""
    official_after: timedelta | None = None
    """How long after the beginning the official page first admitted it; None while it did not."""
    knock_on: tuple[str, ...] = ()
    """Services that became slower than usual since it began. Never called its victims, nor its cause."""

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.ended is None

    @property
    def service_ids(self) -> tuple[str, ...]:
        """The ids of its services, in the order in which they joined."""
        return tuple(member.service_id for member in self.members)

    @property
    def failing(self) -> tuple[Member, ...]:
        """Those of its services that are not well now, in the order in which they joined."""
        return tuple(member for member in self.members if member.ended is None)
