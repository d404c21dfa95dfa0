"""What it means when a name cannot be found: by what our resolvers, others', and the owner's own servers said. Pure.

The owner is accused only by what was heard of him: when nobody answers on port 53 while pages do, that port is
blocked here, and nothing can be told.
"""

from collections.abc import Iterable, Sequence

from manara.diagnosis.evidence import FAILING, NOT_ASKED, SILENT, Evidence, Heard
from manara.diagnosis.finding import UNKNOWABLE, Finding, finding
from manara.model import Conclusion, Reason, WitnessKind

DNSSEC_ERRORS = frozenset(range(6, 13))
"""Extended errors 6 to 12 of RFC 8914: bogus, signature expired or not yet valid, keys or signatures missing, …"""
BLOCKED = frozenset({15, 16, 17, 18})
"""Blocked, censored, filtered, prohibited."""
NO_AUTHORITY = frozenset({22, 23})
"""No reachable authority, network error: the resolver did not get through to the owner's servers."""


def of_name(evidence: Evidence) -> Finding:
    """Return why a name was not found."""
    if any(heard.reason is None for heard in evidence.own):
        return _found_now(evidence)
    servers = effective(evidence.servers)
    return (
        _signatures(evidence)
        or _gone_above(evidence)
        or _all_silent(evidence, servers)
        or _ours(evidence, servers)
        or _by_word(evidence, servers)
        or _by_resolvers(evidence)
    )


def of_chosen_servers(evidence: Evidence) -> Finding:
    """Return what is wrong with name servers that the check itself names."""
    asked = tuple(heard for heard in evidence.own if heard.reason not in NOT_ASKED)
    named = [heard.server for heard in asked if heard.reason is not None]
    pieces = int(evidence.line_works or evidence.local)
    if not asked:
        return UNKNOWABLE
    if not named:
        return finding(Conclusion.PASSED, 1)
    if all(heard.reason in SILENT for heard in asked):
        return finding(Conclusion.NAME_SERVERS_SILENT, pieces, *named) if pieces else UNKNOWABLE
    return _by_word(evidence, asked) or finding(Conclusion.NAME_SERVERS_FAIL, 1, *named)


def effective(servers: Sequence[Heard]) -> tuple[Heard, ...]:
    """Return those that tell something of the servers.

    Not those that were not asked, nor answers by somebody on the way, nor one kind of addresses that is silent as a
    whole while the other is heard: that may be our own IPv6.
    """
    asked = [heard for heard in servers if heard.reason not in NOT_ASKED and not heard.borrowed]
    kinds = {version: [heard for heard in asked if _version(heard) == version] for version in (4, 6)}
    mute = {version for version, kind in kinds.items() if kind and all(heard.reason in SILENT for heard in kind)}
    if len(mute) == 1 and all(kinds.values()):
        return tuple(heard for heard in asked if _version(heard) not in mute)
    return tuple(asked)


def _found_now(evidence: Evidence) -> Finding:
    """Our resolvers know the name again, perhaps only by what they remember."""
    servers = effective(evidence.servers)
    silent = _mute(servers)
    if not silent or not any(heard.heard for heard in evidence.parents):
        return finding(Conclusion.PASSED, 1)
    if len(silent) == len(_names(servers)):
        return finding(Conclusion.NAME_SERVERS_SILENT, 1, *silent)
    return finding(Conclusion.NAME_SERVERS_PARTLY, 1, *silent)


def _signatures(evidence: Evidence) -> Finding | None:
    """A resolver that checks signatures refuses, and one that is told not to check gives the answer."""
    if any(heard.reason is None for heard in evidence.witnesses):
        return None
    told = [h for h in (*evidence.own, *evidence.witnesses) if DNSSEC_ERRORS.intersection(h.extended)]
    without = [heard for heard in evidence.unchecked if heard.reason is None]
    if not told and not without:
        return None
    return finding(Conclusion.DNSSEC_BROKEN, len(_names(told)) + bool(without), _zone_name(evidence))


def _gone_above(evidence: Evidence) -> Finding | None:
    """The zone above says that this one does not exist: it was given up, or has run out."""
    gone = [heard for heard in evidence.parents if heard.reason is Reason.NXDOMAIN and not heard.borrowed]
    given = [heard for heard in evidence.parents if heard.reason is None and not heard.borrowed]
    if not gone or given:
        return None
    pieces = len(_names(gone)) + len(_gone(evidence.witnesses))
    return finding(Conclusion.NAME_GONE, pieces, _zone_name(evidence))


def _all_silent(evidence: Evidence, servers: Sequence[Heard]) -> Finding | None:
    if not servers or not all(heard.reason in SILENT for heard in servers):
        return None
    others = [heard for heard in (*evidence.witnesses, *evidence.parents) if heard.heard]
    if all(_version(heard) == 6 for heard in servers) and not any(_version(heard) == 6 for heard in others):
        # Nobody was heard by IPv6: that may be our own.
        return None
    given = any(heard.heard for heard in evidence.parents)
    witnesses = [heard for heard in evidence.witnesses if heard.heard]
    found = [heard for heard in witnesses if heard.reason is None]
    told = bool(NO_AUTHORITY.intersection(code for heard in (*witnesses, *evidence.own) for code in heard.extended))
    if not given and (found or not witnesses) and not told:
        # Nobody else was heard there, either: that port may be open to a few resolvers only, or to none.
        return None if found else UNKNOWABLE
    failing = [heard for heard in witnesses if heard.reason in FAILING]
    if found:
        return finding(Conclusion.NAME_SERVERS_SILENT, 1, *_names(servers))
    pieces = 2 * given + len(_names(failing)) + told
    return finding(Conclusion.NAME_SERVERS_SILENT, pieces, *_names(servers))


def _ours(evidence: Evidence, servers: Sequence[Heard]) -> Finding | None:
    """Others know the name: ours do not, or hide it."""
    witnesses = [heard for heard in evidence.witnesses if heard.heard]
    found = [heard for heard in witnesses if heard.reason is None]
    known = [heard for heard in servers if heard.reason is None]
    denied = [heard for heard in servers if heard.reason in (Reason.NXDOMAIN, Reason.NO_ADDRESSES)]
    if not evidence.own or denied or not (found or (known and not witnesses)):
        return None
    if len(found) < len(witnesses) and any(heard.reason in SILENT or heard.reason in FAILING for heard in servers):
        return None
    own = _names(evidence.own)
    pieces = len(_names(found)) + len(_names(known))
    hidden = (Reason.NXDOMAIN, Reason.NO_ADDRESSES)
    blocked = BLOCKED.intersection(code for heard in evidence.own for code in heard.extended)
    if blocked or any(heard.reason in hidden for heard in evidence.own):
        return finding(Conclusion.FILTERED, pieces, *own)
    return finding(Conclusion.OWN_RESOLVER, pieces, *own)


def _by_word(evidence: Evidence, servers: Sequence[Heard]) -> Finding | None:
    """What the owner's own servers said."""
    known = [heard for heard in servers if heard.reason is None]
    gone = _gone(servers)
    empty = [heard for heard in servers if heard.reason is Reason.NO_ADDRESSES]
    failing = [heard for heard in servers if heard.reason in FAILING]
    useful = _names((*known, *gone, *empty))
    bad = tuple(name for name in _names((*failing, *_silent(servers))) if name not in useful)
    if sum(map(bool, (known, gone, empty))) > 1:
        return finding(Conclusion.NAME_SERVERS_DISAGREE, len(useful), *useful)
    if useful and bad:
        return finding(Conclusion.NAME_SERVERS_PARTLY, len(bad), *bad)
    if gone:
        return finding(Conclusion.NAME_GONE, len(_names(gone)) + len(_gone(evidence.witnesses)), evidence.host)
    if empty:
        agree = [heard for heard in evidence.witnesses if heard.reason is Reason.NO_ADDRESSES]
        return finding(Conclusion.ADDRESS_MISSING, len(_names((*empty, *agree))), evidence.host)
    if failing and not known:
        return finding(Conclusion.NAME_SERVERS_FAIL, len(_names(failing)), *_names((*failing, *_silent(servers))))
    return None


def _by_resolvers(evidence: Evidence) -> Finding:
    """Nothing is known of the owner's servers but what resolvers say."""
    witnesses = [heard for heard in evidence.witnesses if heard.heard]
    if not witnesses:
        return _by_own_resolver(evidence)
    pieces = len(_names(witnesses))
    if agreed := _agreed(evidence, witnesses, pieces):
        return agreed
    if any(heard.reason not in FAILING for heard in witnesses):
        return UNKNOWABLE
    told = [heard for heard in witnesses if NO_AUTHORITY.intersection(heard.extended)]
    if told:
        return finding(Conclusion.NAME_SERVERS_SILENT, len(_names(told)), *_server_names(evidence))
    if not evidence.servers:
        # Whether they are silent or fail, nobody asked them.
        return finding(Conclusion.NAME_SERVERS_FAIL, min(pieces - 1, 1), *_server_names(evidence))
    return UNKNOWABLE


def _agreed(evidence: Evidence, heard: Iterable[Heard], pieces: int) -> Finding | None:
    """Resolvers pass on one and the same word of the owner."""
    match {each.reason for each in heard}:
        case reasons if reasons == {Reason.NXDOMAIN}:
            return finding(Conclusion.NAME_GONE, pieces, evidence.host)
        case reasons if reasons == {Reason.NO_ADDRESSES}:
            return finding(Conclusion.ADDRESS_MISSING, pieces, evidence.host)
        case _:
            return None


def _by_own_resolver(evidence: Evidence) -> Finding:
    """No other resolver was heard on this name."""
    heard = [each for each in evidence.own if each.heard]
    codes = {code for each in heard for code in each.extended}
    if BLOCKED & codes:
        return finding(Conclusion.FILTERED, 1, *_names(heard))
    if not evidence.line_works:
        return UNKNOWABLE
    if NO_AUTHORITY & codes:
        return finding(Conclusion.NAME_SERVERS_SILENT, 1, *_server_names(evidence))
    if not evidence.witnesses:
        return _agreed(evidence, heard, 0) or UNKNOWABLE
    if _resolver_lives(evidence) and all(each.reason in FAILING for each in heard):
        # Others answer different questions at once: on this one they wait in vain.
        return finding(Conclusion.NAME_SERVERS_SILENT, 0, *_server_names(evidence))
    return UNKNOWABLE


def _resolver_lives(evidence: Evidence) -> bool:
    seen = () if evidence.line is None else evidence.line.witnesses
    return any(witness.kind is WitnessKind.RESOLVER and witness.answered for witness in seen)


def _server_names(evidence: Evidence) -> tuple[str, ...]:
    if evidence.zone is None:
        return ()
    return tuple(server.name for server in evidence.zone.servers)


def _zone_name(evidence: Evidence) -> str:
    return evidence.host if evidence.zone is None else evidence.zone.name


def _gone(heard: Iterable[Heard]) -> list[Heard]:
    return [each for each in heard if each.reason is Reason.NXDOMAIN and not each.borrowed]


def _silent(heard: Iterable[Heard]) -> list[Heard]:
    return [each for each in heard if each.reason in SILENT]


def _names(heard: Iterable[Heard]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.server for each in heard))


def _mute(servers: Sequence[Heard]) -> tuple[str, ...]:
    """Return the servers of which no address was heard."""
    speaking = {heard.server for heard in servers if heard.reason not in SILENT}
    return tuple(name for name in _names(servers) if name not in speaking)


def _version(heard: Heard) -> int:
    return 6 if ":" in heard.address else 4
