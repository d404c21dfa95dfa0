"""Which looks say nothing of a service because our own side explains them: pure functions over one look and our line.

Our own trouble excuses what it can explain and nothing else: a server that proved who it is and then failed has failed,
whatever is wrong here. What is on the local network is reached without the line, and never excused.
"""

from datetime import timedelta
from enum import Enum, auto
from ipaddress import ip_address, ip_network

from manara.model import (
    CheckResult,
    Circumstance,
    Layer,
    Limit,
    Line,
    LineState,
    NameServer,
    Outcome,
    Reason,
    WitnessKind,
)

_LOCAL_NETWORKS = tuple(
    ip_network(network)
    for network in (
        *("127.0.0.0/8", "::1/128"),  # this computer
        *("169.254.0.0/16", "fe80::/10"),  # the link
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),  # home and office: RFC 1918, RFC 4193
    )
)
_OF_TIME = frozenset({Reason.CERTIFICATE_EXPIRED, Reason.CERTIFICATE_NOT_YET_VALID})
_LATER_THAN_TLS = frozenset({Layer.HTTP, Layer.CONTENT, Layer.SPEED})
_UNPROVEN = frozenset({LineState.OFFLINE, LineState.UNKNOWN})


class Proof(Enum):
    """What must be known of our own line before a look may accuse a service."""

    NONE = auto()
    ALIVE = auto()
    """That it works: any distant place that proved its identity shows that, on the same family of addresses."""
    WHOLE = auto()
    """That nothing of it is broken, our name servers and our clock among it."""


def proof_needed(result: CheckResult) -> Proof:
    """Return what must be known of our own line before this look is judged."""
    failure = result.failure
    if failure is None or failure.excused or _is_local(result) or is_identified(result):
        return Proof.NONE
    silent = failure.reason.silent
    if failure.reason in _OF_TIME or (silent and failure.layer is Layer.DNS):
        return Proof.WHOLE
    return Proof.ALIVE if silent or failure.outcome is Outcome.FAILED else Proof.NONE


def excuse(result: CheckResult, line: Line) -> Circumstance | None:
    """Return why a look says nothing of the service; None where it speaks for or against it."""
    failure = result.failure
    if _is_local(result) or (failure is not None and failure.outcome is Outcome.UNKNOWN and not failure.reason.silent):
        return None
    if line.state is LineState.CAPTIVE:
        # What is well may come from the sign-in page just as what is not.
        return None if is_identified(result) else Circumstance.SIGN_IN_WANTED
    if failure is None or failure.excused:
        return None
    if line.state in _UNPROVEN:
        return Circumstance.OWN_LINE if failure.reason.silent else None
    return _excuse_of_limits(result, failure.reason, line)


def proves_line(result: CheckResult) -> bool:
    """Return whether a look shows that our own line works: a distant place proved its identity and answered well."""
    return result.failure is None and is_identified(result) and not _is_local(result)


def limits_left(result: CheckResult, line: Line) -> tuple[Limit, ...]:
    """Return which limits of our line still hold after a look that came out well."""
    disproven = {limit_of(result.address)} if result.address else set()
    if result.facts.resolver in _own_resolvers(line):
        disproven.add(Limit.OWN_RESOLVER)
    return tuple(limit for limit in line.limits if limit not in disproven)


def only_family(result: CheckResult) -> Limit | None:
    """Return the limit that would explain silence, where only addresses of one family could be used."""
    addresses = result.facts.addresses or (result.address or _address_of_server(result.facts.resolver),)
    families = {limit_of(address) for address in addresses if address}
    return families.pop() if len(families) == 1 else None


def limit_of(address: str) -> Limit:
    """Return the limit that keeps an address from being reached."""
    return Limit.IPV6 if ":" in address else Limit.IPV4


def is_identified(result: CheckResult) -> bool:
    """Return whether it is certain who was seen: a good certificate was shown."""
    # A session is noted as well that was only opened to read a bad certificate, and one with whom it led on from.
    later_than_tls = result.failure is None or result.failure.layer in _LATER_THAN_TLS
    return bool(result.facts.tls_version) and later_than_tls


def _excuse_of_limits(result: CheckResult, reason: Reason, line: Line) -> Circumstance | None:
    if Limit.CLOCK in line.limits and reason in _OF_TIME and _is_valid_now(result, line.clock_ahead):
        return Circumstance.OWN_CLOCK
    if Limit.OWN_RESOLVER in line.limits and _rests_on_own_resolver(result, reason, line):
        return Circumstance.OWN_RESOLVER
    if reason.silent and only_family(result) in line.limits:
        return Circumstance.OWN_LINE
    return None


def _is_valid_now(result: CheckResult, clock_ahead: timedelta | None) -> bool:
    """Return whether a certificate is good at the time that others have; where either is not known, it may be."""
    certificate = result.facts.certificate
    if certificate is None or clock_ahead is None:
        return True
    return certificate.not_before <= result.at - clock_ahead <= certificate.not_after


def _rests_on_own_resolver(result: CheckResult, reason: Reason, line: Line) -> bool:
    """Return whether a failure comes from our own name servers: they failed, or they gave the address that did."""
    resolver = result.facts.resolver
    if reason.layer is Layer.DNS:
        return reason.silent and (not resolver or resolver in _own_resolvers(line))
    return not is_identified(result) and resolver in _own_resolvers(line)


def _own_resolvers(line: Line) -> set[str]:
    return {witness.place for witness in line.witnesses if witness.kind is WitnessKind.OWN_RESOLVER}


def _address_of_server(text: str) -> str:
    try:
        return NameServer.parse(text).address
    except ValueError:
        return ""


def _is_local(result: CheckResult) -> bool:
    address = result.address or next(iter(result.facts.addresses), None)
    if address is None:
        return False
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return any(found in network for network in _LOCAL_NETWORKS)
