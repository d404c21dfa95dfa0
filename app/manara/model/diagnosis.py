"""The diagnosis of a failure: what was asked, what was found, and what that means."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from typing import Self

from manara.model.failure import Layer, Reason


class Blame(StrEnum):
    """Where the trouble is."""

    US = "us"
    """This computer, its network or its provider."""
    THEM = "them"
    """The service or those who carry it."""
    BETWEEN = "between"
    """On the way: some can reach it, others cannot."""
    NOBODY_KNOWN = "nobody-known"
    """It cannot be told."""


class Conclusion(Enum):
    """What a diagnosis ends in.

    Each line gives the word (stable: it stands in JSON and in the history), the layer and the blame.
    """

    layer: Layer | None
    blame: Blame

    def __new__(cls, word: str, layer: Layer | None, blame: Blame) -> Self:
        """Make a member whose value is its word."""
        member = object.__new__(cls)
        member._value_ = word
        member.layer = layer
        member.blame = blame
        return member

    OFFLINE = ("offline", Layer.LINK, Blame.US)
    SIGN_IN_WANTED = ("sign-in-wanted", Layer.LINK, Blame.US)
    OWN_RESOLVER = ("own-resolver", Layer.DNS, Blame.US)
    """Our name servers fail where others answer."""
    FILTERED = ("filtered", Layer.DNS, Blame.US)
    """Our name servers hide the name: a filter, a block, or a false address."""
    OWN_FAMILY = ("own-family", Layer.LINK, Blame.US)
    """Our IPv6 or IPv4 does not work; the other one does."""
    OWN_CLOCK = ("own-clock", Layer.LOCAL, Blame.US)
    OWN_TRUST = ("own-trust", Layer.TLS, Blame.US)
    """Many unrelated certificates are refused alike: our list of authorities is probably out of date."""
    PROXY = ("proxy", Layer.LINK, Blame.US)
    CHECK_ITSELF = ("check-itself", Layer.LOCAL, Blame.US)
    """The look could not be made: a missing secret, tool or permission."""

    NAME_SERVERS_SILENT = ("name-servers-silent", Layer.DNS, Blame.THEM)
    """None of the zone's own name servers answers, and others do not get an answer either."""
    NAME_SERVERS_PARTLY = ("name-servers-partly", Layer.DNS, Blame.THEM)
    """Some of the zone's own name servers answer, others do not."""
    NAME_SERVERS_FAIL = ("name-servers-fail", Layer.DNS, Blame.THEM)
    """They answer with an error, or do not know the zone (a lame delegation)."""
    NAME_SERVERS_DISAGREE = ("name-servers-disagree", Layer.DNS, Blame.THEM)
    DNSSEC_BROKEN = ("dnssec-broken", Layer.DNS, Blame.THEM)
    NAME_GONE = ("name-gone", Layer.DNS, Blame.THEM)
    """The owner's own name servers, or the zone above, say that the name does not exist."""
    ADDRESS_MISSING = ("address-missing", Layer.DNS, Blame.THEM)
    """The owner's own name servers know the name, but no address."""
    ADDRESSES_SILENT = ("addresses-silent", Layer.TCP, Blame.THEM)
    ADDRESSES_PARTLY = ("addresses-partly", Layer.TCP, Blame.BETWEEN)
    """Some of its addresses answer, others do not."""
    FAMILY_SILENT = ("family-silent", Layer.TCP, Blame.BETWEEN)
    """Its IPv6 or IPv4 addresses do not answer, while our own IPv6 or IPv4 works."""
    PORT_CLOSED = ("port-closed", Layer.TCP, Blame.THEM)
    """The computer is there and refuses or resets the connection."""
    CERTIFICATE_EXPIRED = ("certificate-expired", Layer.TLS, Blame.THEM)
    CERTIFICATE_WRONG = ("certificate-wrong", Layer.TLS, Blame.THEM)
    """For another name, self-signed, or otherwise not acceptable."""
    ENCRYPTION_FAILS = ("encryption-fails", Layer.TLS, Blame.THEM)
    DELIVERY_FAILS = ("delivery-fails", Layer.HTTP, Blame.THEM)
    """The error page is that of a delivery network, which does not serve."""
    ORIGIN_FAILS = ("origin-fails", Layer.HTTP, Blame.THEM)
    """The delivery network answers and says that the servers behind it do not."""
    SERVER_ERRORS = ("server-errors", Layer.HTTP, Blame.THEM)
    NO_RESPONSE = ("no-response", Layer.HTTP, Blame.THEM)
    """It takes connections, and then nothing comes, or something broken."""
    MAINTENANCE_TOLD = ("maintenance-told", Layer.HTTP, Blame.THEM)
    """503 with a time to come back at."""
    TOO_MANY_CHECKS = ("too-many-checks", Layer.HTTP, Blame.US)
    """429: it is there, and wants to be asked less often."""
    TURNS_US_AWAY = ("turns-us-away", Layer.HTTP, Blame.NOBODY_KNOWN)
    """It is there, and does not talk to programs, or not to this one: 401, 403, 451."""
    PAGE_GONE = ("page-gone", Layer.HTTP, Blame.NOBODY_KNOWN)
    """404: it is there, and the check may be out of date."""
    WRONG_CONTENT = ("wrong-content", Layer.CONTENT, Blame.THEM)
    SLOW = ("slow", Layer.SPEED, Blame.THEM)

    PASSED = ("passed", None, Blame.NOBODY_KNOWN)
    """When the ladder was climbed, all was well again."""
    CANNOT_TELL = ("cannot-tell", None, Blame.NOBODY_KNOWN)


class Confidence(StrEnum):
    """How sure a conclusion is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


class StepKind(StrEnum):
    """What a step of the ladder asks."""

    LINE = "line"
    """Whether our own connection works."""
    OWN_RESOLVER = "own-resolver"
    WITNESS_RESOLVER = "witness-resolver"
    UNCHECKED = "unchecked"
    """A witness, told not to check signatures (the CD bit)."""
    PARENT = "parent"
    """A name server of the zone above."""
    NAME_SERVER = "name-server"
    """One of the zone's own name servers."""
    ANSWER = "answer"
    """Whether the addresses can be right."""
    ADDRESS = "address"
    """A connection to one address."""
    CERTIFICATE = "certificate"
    HTTP = "http"
    CONTENT = "content"
    SPEED = "speed"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder: what was asked of whom, and what came of it."""

    kind: StepKind
    layer: Layer
    subject: str
    """Who was asked, or what: `a.ns.facebook.com (129.134.30.12)`, `1.1.1.1`, `HTTP`. Plain text."""
    reason: Reason | None = None
    """What was wrong; None where all was well."""
    detail: str = ""
    """For people: addresses, a status, what a server said. May carry remote text; never read by the program."""
    ms: float | None = None

    @property
    def ok(self) -> bool:
        """Whether all was well."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why one check of a service failed, as far as can be told."""

    service_id: str
    check: int
    """Position of the check in the service."""
    at: datetime
    """When the ladder was begun, aware UTC."""
    conclusion: Conclusion
    confidence: Confidence
    steps: tuple[Step, ...] = ()
    """The evidence, from the bottom of the ladder up."""
    named: tuple[str, ...] = ()
    """What the conclusion is about: name servers, addresses, a delivery network, an issuer, a status. Remote text."""
    zone: str = ""
    """The zone that answers for the name, where it is known."""
    ms: float = 0.0
    """How long it took."""
