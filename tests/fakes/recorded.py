"""States as they are on famous and on ordinary days, for everything that shows them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fakes.checks import FakeCheck
from manara.model import (
    Attempt,
    Cause,
    Certificate,
    CheckResult,
    CheckState,
    Circumstance,
    Claim,
    Facts,
    Failure,
    Interval,
    Reason,
    Service,
    ServiceState,
    Timings,
    Verdict,
)

NOW = datetime(2021, 10, 4, 15, 52, 10, tzinfo=UTC)
BEGAN = Interval(datetime(2021, 10, 4, 15, 39, 10, tzinfo=UTC), datetime(2021, 10, 4, 15, 40, 10, tzinfo=UTC))
HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u202egnp.exe\n\nnext\x9b2J"

_HTTPS = Timings(dns_ms=4.2, connect_ms=11.0, tls_ms=23.4, first_byte_ms=101.2, total_ms=143.0)
_FACTS = Facts(
    addresses=("203.0.113.7", "203.0.113.8"),
    resolver="192.0.2.53",
    tls_version="TLSv1.3",
    http_status=200,
    http_server="nginx",
    body_bytes=12_345,
)


def certificate(ends_in: timedelta = timedelta(days=43, hours=1), **fields: Any) -> Certificate:
    """A certificate for example.org that ends so long after `NOW`."""
    made = Certificate(
        subject="example.org",
        issuer="Example CA",
        names=("example.org", "www.example.org"),
        not_before=NOW - timedelta(days=47),
        not_after=NOW + ends_in,
        sha256="ab" * 32,
    )
    return replace(made, **fields)


def good_look(**facts: Any) -> CheckResult:
    """A good look over HTTPS."""
    return CheckResult(
        NOW - timedelta(seconds=10),
        None,
        _HTTPS,
        "203.0.113.7",
        replace(_FACTS, certificate=certificate(), **facts),
    )


def bad_look(
    reason: Reason,
    detail: str = "",
    *,
    timings: Timings | None = None,
    address: str | None = "203.0.113.7",
    excused: bool = False,
    **facts: Any,
) -> CheckResult:
    """A look that failed."""
    failure = Failure(reason, detail, excused)
    return CheckResult(
        NOW - timedelta(seconds=10), failure, timings or Timings(total_ms=900.0), address, Facts(**facts)
    )


def check_state(
    look: CheckResult | None,
    verdict: Verdict,
    *against: Claim,
    cause: Cause = None,
) -> CheckState:
    """What is believed of a check after a look; the cause is that of the look unless another one is given."""
    reason = look.failure.reason if look and look.failure else None
    return CheckState(verdict, cause or reason, BEGAN, look, None, against)


def service(*names: str, service_id: str = "example", title: str = "Example") -> Service:
    """A service with a check for each name."""
    return Service(service_id, title, tuple(FakeCheck(name=name) for name in names or ("example",)))


def state(
    verdict: Verdict,
    *checks: CheckState,
    cause: Cause = None,
    since: Interval | None = BEGAN,
    service_id: str = "example",
) -> ServiceState:
    """What is believed of a service; the cause is that of its first check with this verdict unless one is given."""
    found = next((check.cause for check in checks if check.verdict is verdict), None)
    return ServiceState(service_id, verdict, cause or found, since, checks)


def up() -> ServiceState:
    """A good service."""
    return state(Verdict.UP, check_state(good_look(), Verdict.UP))


def dns_dead() -> ServiceState:
    """The name servers are silent, as on 4 October 2021."""
    look = bad_look(Reason.DNS_TIMEOUT, timings=Timings(dns_ms=6000.0, total_ms=6000.1), address=None)
    return state(Verdict.DOWN, check_state(look, Verdict.DOWN))


def certificate_expired() -> ServiceState:
    """The certificate ended three days ago."""
    timings = Timings(dns_ms=4.2, connect_ms=11.0, tls_ms=23.4, total_ms=39.0)
    look = bad_look(
        Reason.CERTIFICATE_EXPIRED,
        timings=timings,
        addresses=("203.0.113.7",),
        certificate=certificate(timedelta(days=-3)),
    )
    return state(Verdict.DOWN, check_state(look, Verdict.DOWN))


def hanging() -> ServiceState:
    """The second address connected after the first was tried in vain, and then said nothing."""
    timings = Timings(dns_ms=4.2, connect_ms=11.0, first_byte_ms=9900.0, total_ms=10_000.0)
    in_vain = (Attempt("2001:db8::7", Failure(Reason.CONNECT_TIMEOUT)),)
    look = bad_look(Reason.RESPONSE_TIMEOUT, timings=timings, attempts=in_vain)
    return state(Verdict.DOWN, check_state(look, Verdict.DOWN))


def hostile() -> ServiceState:
    """A server that tries to steer the terminal."""
    look = bad_look(Reason.JSON_MISMATCH, HOSTILE, timings=_HTTPS, http_server=HOSTILE, http_status=200)
    return state(Verdict.DOWN, check_state(look, Verdict.DOWN))


def not_looked_yet(count: int = 1) -> ServiceState:
    """A service just added."""
    return state(Verdict.UNKNOWN, *(CheckState() for _ in range(count)), cause=Circumstance.NOT_LOOKED_YET, since=None)
