"""What the ladder has found, in a form that can be judged: frozen, no sockets, no words for people but remote ones."""

from dataclasses import dataclass, replace
from datetime import datetime

from manara.diagnosis.delivery import Delivery
from manara.model import CheckResult, Facts, Line, LineState, Reason, StepKind, Zone

SILENT = frozenset({Reason.DNS_TIMEOUT, Reason.DNS_UNREACHABLE})
"""A name server that was asked was not heard."""
NOT_ASKED = frozenset({Reason.NETWORK_UNREACHABLE, Reason.OUT_OF_RESOURCES, Reason.NO_PERMISSION})
"""No question left this computer: that says nothing of whom it was for."""
FAILING = frozenset({Reason.SERVFAIL, Reason.DNS_REFUSED, Reason.DNS_ERROR, Reason.DNS_BAD_ANSWER, Reason.CNAME_LOOP})
"""A name server was heard, and what it said is of no use."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one name server said of one name."""

    kind: StepKind
    server: str
    """Its name, or its address where it has none."""
    address: str
    reason: Reason | None = None
    """What was wrong; None where it knows the name, or to whom it was given."""
    addresses: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    extended: tuple[int, ...] = ()
    """Extended errors (RFC 8914)."""
    lame: bool = False
    """It was said to know the zone, and does not."""
    borrowed: bool = False
    """Somebody on the way answered in its place: what it says is recursion, which it does not do."""
    detail: str = ""
    ms: float | None = None
    zone: str = ""
    """The zone that it was asked about; empty for resolvers."""

    @property
    def heard(self) -> bool:
        """Whether the server itself was heard, whatever it said."""
        return self.reason not in SILENT and self.reason not in NOT_ASKED and not self.borrowed


@dataclass(frozen=True, slots=True)
class Knock:
    """A connection to one address; `reason` is None where it was taken."""

    address: str
    reason: Reason | None
    ms: float | None = None

    @property
    def version(self) -> int:
        """4 or 6."""
        return 6 if ":" in self.address else 4


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the last good look at a check saw."""

    at: datetime
    address: str | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one failure. What was not asked is empty."""

    result: CheckResult
    host: str = ""
    """The name that was looked up, in lower case; empty where there is none."""
    local: bool = False
    """It is on the local network, which is reached without the line."""
    line: Line | None = None
    own: tuple[Heard, ...] = ()
    witnesses: tuple[Heard, ...] = ()
    unchecked: tuple[Heard, ...] = ()
    parents: tuple[Heard, ...] = ()
    servers: tuple[Heard, ...] = ()
    knocks: tuple[Knock, ...] = ()
    zones: tuple[Zone, ...] = ()
    """That of the host, then that of the name which its aliases led to last."""
    good: Remembered | None = None
    delivery: Delivery | None = None
    refused_alike: tuple[str, ...] = ()
    """Other hosts, of other owners, whose certificates were refused lately for the same reason."""

    @property
    def zone(self) -> Zone | None:
        """The zone that is in question."""
        return self.zones[0] if self.zones else None

    @property
    def line_state(self) -> LineState:
        """What is known of our own line."""
        return LineState.UNKNOWN if self.line is None else self.line.state

    @property
    def line_works(self) -> bool:
        """Whether our own line was proven, if only in part."""
        return self.line_state in (LineState.ONLINE, LineState.LIMITED)


def in_question(evidence: Evidence) -> Evidence:
    """Return the evidence with only that zone, of those on the way to an address, whose servers are not all well."""
    if len(evidence.zones) < 2:
        return evidence
    troubled = {heard.zone for heard in evidence.servers if heard.reason is not None}
    zone = next((zone for zone in evidence.zones if zone.name in troubled), evidence.zones[0])
    return replace(
        evidence,
        zones=(zone,),
        parents=tuple(heard for heard in evidence.parents if heard.zone == zone.name),
        servers=tuple(heard for heard in evidence.servers if heard.zone == zone.name),
    )
