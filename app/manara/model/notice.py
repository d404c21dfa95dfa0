"""What the user is told without having asked, and what he does not want to be told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from manara.model.incident import Incident
from manara.model.line import Line
from manara.model.service import Service
from manara.model.verdict import Interval, ServiceState


class NoticeKind(StrEnum):
    """What a notice is about, or one service in it."""

    DOWN = "down"
    UNSTABLE = "unstable"
    """It goes back and forth; nothing more is told of it until it is stable."""
    DEGRADED = "degraded"
    UP_AGAIN = "up-again"
    STABLE_AGAIN = "stable-again"
    OFFLINE = "offline"
    """Our own connection is lost; services are not to blame."""
    SIGN_IN_WANTED = "sign-in-wanted"
    """The network that we are in wants a sign-in first; services are not to blame."""
    ONLINE = "online"
    WITHDRAWN = "withdrawn"
    """What was told before under this number no longer holds, and there is nothing to tell instead."""


OF_TROUBLE = frozenset({NoticeKind.DOWN, NoticeKind.UNSTABLE, NoticeKind.DEGRADED})


@dataclass(frozen=True, slots=True)
class Affected:
    """One service in a notice."""

    service: Service
    kind: NoticeKind
    state: ServiceState
    began: Interval | None = None
    """When its trouble began."""
    ended: Interval | None = None
    unseen: timedelta = timedelta(0)
    """How long nobody could tell in between."""
    news: bool = True
    """Whether this is told for the first time; else it stands here because the notice replaces an earlier one."""


@dataclass(frozen=True, slots=True)
class Believed:
    """What was believed of everything watched when something was told."""

    line: Line = field(default_factory=Line)
    services: tuple[Service, ...] = ()
    states: tuple[ServiceState, ...] = ()
    """In the order of the services."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to show. It takes the place of an earlier notice with the same number."""

    id: int
    at: datetime
    kind: NoticeKind
    """The worst of what is new; where nothing is, the worst of all."""
    services: tuple[Affected, ...] = ()
    """What is new and the worst first; none in a notice about our own connection."""
    lasted: timedelta | None = None
    """How long our own connection was lost."""
    sign_in_url: str = ""
    """Where the network that wants a sign-in can be given it, a web page. Remote text."""
    after_pause: bool = False
    """Whether it sums up what went on while notices were paused."""
    incident: Incident | None = None
    """What its services have to do with each other; None where they may have nothing."""
    believed: Believed = field(default_factory=Believed)
    told_before: bool = False
    """Whether it was told before that something of this incident is down: nobody is disturbed twice by one cause."""

    @property
    def quiet(self) -> bool:
        """Whether it should not disturb anybody."""
        return self.kind is not NoticeKind.DOWN or self.told_before or self.update

    @property
    def update(self) -> bool:
        """Whether it has no news: it says more, or says it elsewhere, of what was told before."""
        return bool(self.services) and not any(each.news for each in self.services)

    @property
    def in_trouble(self) -> tuple[str, ...]:
        """The ids of its services that are not well: what can be acknowledged."""
        return tuple(each.service.id for each in self.services if each.kind in OF_TROUBLE)


@dataclass(frozen=True, slots=True)
class Silence:
    """What the user does not want to be told."""

    acknowledged: frozenset[str] = frozenset()
    """Services of whose trouble he knows: nothing is told of them until they are well again."""
    paused: bool = False
    """Whether nothing at all is told."""
    paused_until: datetime | None = None
    """When that ends by itself; None while paused: when the user says so."""
