"""What it means when an address does not take a connection, or is not one that the name should lead to. Pure."""

from collections.abc import Iterable, Sequence
from ipaddress import ip_network

from manara.diagnosis.evidence import NOT_ASKED, Evidence, Heard, Knock
from manara.diagnosis.finding import UNKNOWABLE, Finding, finding
from manara.diagnosis.subject import is_private
from manara.model import Conclusion, Limit, Reason

MUTE = frozenset({Reason.CONNECT_TIMEOUT, Reason.HOST_UNREACHABLE, Reason.NO_ECHO})
"""Nothing was heard of the address itself."""
OF_ANOTHER = frozenset(
    {Reason.CERTIFICATE_NAME_MISMATCH, Reason.CERTIFICATE_UNKNOWN_ISSUER, Reason.CERTIFICATE_SELF_SIGNED}
)
"""Somebody else may be answering."""
_BETWEEN = {4: 16, 6: 32}
"""Addresses that begin alike in so many bits belong to one operator, roughly."""
_FAMILIES = {4: "IPv4", 6: "IPv6"}
_LIMITS = {4: Limit.IPV4, 6: Limit.IPV6}


def strange_answer(evidence: Evidence) -> Finding | None:
    """Return what is wrong with the addresses that our resolvers gave; None where nothing is."""
    seen = evidence.result.facts.addresses
    if not evidence.host or not seen or evidence.local:
        return None
    before = () if evidence.good is None else evidence.good.facts.addresses
    others = [heard for heard in (*evidence.witnesses, *evidence.servers) if heard.addresses]
    resolvers = [heard.server for heard in evidence.own] or [evidence.result.facts.resolver]
    if all(map(is_private, seen)):
        return _private_answer(evidence, before, others, resolvers)
    if near(seen, before) or any(near(seen, heard.addresses) for heard in others):
        return None
    failure = evidence.result.failure
    if before:
        # Some names lead elsewhere from one day to the next: that others still lead to the old place tells.
        faithful = [heard for heard in others if near(heard.addresses, before)]
    else:
        # Some names lead elsewhere from one resolver to the next: that a stranger's certificate is there tells.
        faithful = others if failure and failure.reason in OF_ANOTHER else []
    enough = len(faithful) == len(others) and len(faithful) > (0 if before else 1)
    return finding(Conclusion.FILTERED, len(faithful), *resolvers) if enough else None


def of_addresses(evidence: Evidence, reason: Reason) -> Finding:
    """Return why no address took the connection."""
    if strange := strange_answer(evidence):
        return strange
    knocks = _knocks(evidence, reason)
    bad = [knock for knock in knocks if knock.reason is not None]
    if not knocks:
        return UNKNOWABLE
    if not bad:
        return _all_taken(evidence, reason)
    return _some(evidence, knocks, bad) if len(bad) < len(knocks) else _none(evidence, bad)


def of_family(evidence: Evidence, reason: Reason) -> Finding:
    """Return why there is no way from here: one kind of addresses is missing on one side."""
    for version, missing in ((4, Reason.NO_IPV4), (6, Reason.NO_IPV6)):
        if reason is missing:
            return finding(Conclusion.OWN_FAMILY, 1, _FAMILIES[version])
    versions = {_version(address) for address in evidence.result.facts.addresses}
    limited = [_FAMILIES[version] for version in sorted(versions) if _is_limited(evidence, version)]
    return finding(Conclusion.OWN_FAMILY, 1, *limited) if limited else UNKNOWABLE


def near(some: Iterable[str], others: Iterable[str]) -> bool:
    """Return whether any of some addresses is of the same neighbourhood as any of the others."""
    return not _neighbourhoods(some).isdisjoint(_neighbourhoods(others))


def _neighbourhoods(addresses: Iterable[str]) -> set[str]:
    bare = (address.partition("%")[0] for address in addresses)
    return {str(ip_network(f"{address}/{_BETWEEN[_version(address)]}", strict=False)) for address in bare}


def _private_answer(
    evidence: Evidence, before: Sequence[str], others: Sequence[Heard], resolvers: Sequence[str]
) -> Finding | None:
    """A public name leads to an address that is none."""
    if any(map(is_private, before)):
        return None
    honest = [heard for heard in others if not any(map(is_private, heard.addresses))]
    if others and not honest:
        # Others are told the same: it is the owner's own record.
        return finding(Conclusion.ADDRESS_MISSING, len(others), evidence.host)
    # Without either, it may be a name that only this network knows.
    return finding(Conclusion.FILTERED, len(honest) + bool(before), *resolvers) if honest or before else None


def _knocks(evidence: Evidence, reason: Reason) -> tuple[Knock, ...]:
    """Return what was tried, else what the look itself had tried."""
    knocks = evidence.knocks
    if not knocks:
        knocks = tuple(Knock(attempt.address, attempt.failure.reason) for attempt in evidence.result.facts.attempts)
    if not knocks and evidence.result.address:
        knocks = (Knock(evidence.result.address, reason),)
    return tuple(knock for knock in knocks if knock.reason not in NOT_ASKED)


def _all_taken(evidence: Evidence, reason: Reason) -> Finding:
    if reason in (Reason.REPLY_TIMEOUT, Reason.CONNECTION_CLOSED):
        return finding(Conclusion.NO_RESPONSE, 1, evidence.result.address or "")
    return finding(Conclusion.PASSED, 1)


def _none(evidence: Evidence, bad: Sequence[Knock]) -> Finding:
    """No address takes the connection."""
    proven = evidence.line_works or evidence.local
    mute = [knock for knock in bad if knock.reason in MUTE]
    if any(knock.reason is Reason.PACKET_LOSS for knock in bad):
        # It is there: where the packets are lost cannot be told.
        return UNKNOWABLE
    if not mute:
        # The look was turned down, and so was the ladder, or several addresses did it.
        twice = bool(evidence.knocks) or len(bad) > 1
        return finding(Conclusion.PORT_CLOSED, int(proven) + twice, *_addresses(bad))
    if not proven:
        return UNKNOWABLE
    limited = [_FAMILIES[version] for version in _versions(bad) if _is_limited(evidence, version)]
    if len(limited) == len(_versions(bad)):
        return finding(Conclusion.OWN_FAMILY, 1, *limited)
    pieces = min(len(mute), 2) if len(mute) == len(bad) else 1
    return finding(Conclusion.ADDRESSES_SILENT, pieces, *_addresses(bad))


def _some(evidence: Evidence, knocks: Sequence[Knock], bad: Sequence[Knock]) -> Finding:
    """Some addresses take the connection, others do not."""
    proven = int(evidence.line_works or evidence.local)
    good = [knock for knock in knocks if knock.reason is None]
    for version in (4, 6):
        if _versions(bad) == (version,) and version not in _versions(good):
            if _is_limited(evidence, version):
                return finding(Conclusion.OWN_FAMILY, 1, _FAMILIES[version])
            return finding(Conclusion.FAMILY_SILENT, proven, _FAMILIES[version])
    return finding(Conclusion.ADDRESSES_PARTLY, proven + 1, *_addresses(bad))


def _is_limited(evidence: Evidence, version: int) -> bool:
    return evidence.line is not None and _LIMITS[version] in evidence.line.limits


def _versions(knocks: Iterable[Knock]) -> tuple[int, ...]:
    return tuple(sorted({knock.version for knock in knocks}))


def _version(address: str) -> int:
    return 6 if ":" in address else 4


def _addresses(knocks: Iterable[Knock]) -> tuple[str, ...]:
    return tuple(knock.address for knock in knocks)
