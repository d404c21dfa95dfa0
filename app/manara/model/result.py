"""What one look found."""

from dataclasses import dataclass, field
from datetime import datetime

from manara.model.failure import Failure, Outcome


@dataclass(frozen=True, slots=True)
class Timings:
    """How long each phase of a look took, in milliseconds; None where a phase was not reached."""

    dns_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    first_byte_ms: float | None = None
    """From the request on its way to the first byte of the answer."""
    total_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server's certificate says of itself, verified or not."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    """DNS names and addresses it is for."""
    not_before: datetime
    not_after: datetime
    sha256: str
    """Fingerprint of the whole certificate, lower-case hexadecimal."""

    def days_left(self, now: datetime) -> int:
        """Whole days until it ends at `now`; negative once it has ended."""
        return (self.not_after - now).days


@dataclass(frozen=True, slots=True)
class Attempt:
    """An address that was tried in vain before another one was used."""

    address: str
    failure: Failure


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen on the way, good or bad. Empty where a look did not come to it."""

    addresses: tuple[str, ...] = ()
    cname_chain: tuple[str, ...] = ()
    """The names that the looked-up name pointed to, in order."""
    resolver: str = ""
    """Who answered for the name: a server's address, `/etc/hosts`, or nothing for a literal address."""
    attempts: tuple[Attempt, ...] = ()
    method: str = ""
    """How it was looked at where there is a choice: `icmp`, `ping` or `tcp` for a ping."""
    tls_version: str = ""
    certificate: Certificate | None = None
    http_status: int | None = None
    http_server: str = ""
    carriers: tuple[tuple[str, str], ...] = ()
    """The headers of the answer that tell who carried it, like `via` and `cf-ray`: lower-case name and value, cut."""
    retry_after_s: float | None = None
    """When the answer asks to come back, in seconds from then."""
    redirects: tuple[str, ...] = ()
    body_bytes: int | None = None
    """Size of the body that was read, decoded."""
    body_cut: bool = False
    """The body went on beyond the read limit."""
    records: tuple[str, ...] = ()
    """Records of a DNS check's answer, in text form."""
    usual_ms: float | None = None
    """How long such a look usually takes at this hour of the week, where it took much longer."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one look found. `at` is its beginning, aware UTC."""

    at: datetime
    failure: Failure | None = None
    timings: Timings = field(default_factory=Timings)
    address: str | None = None
    """The one address that was looked at; None where none was reached."""
    facts: Facts = field(default_factory=Facts)

    @property
    def outcome(self) -> Outcome:
        """What the look says of the service."""
        return Outcome.OK if self.failure is None else self.failure.outcome
