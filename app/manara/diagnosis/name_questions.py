"""Questions about a name to one name server: what was said becomes a `Heard`, whatever happens.

Resolvers are asked with recursion. The servers of a zone, and those of the zone above, are asked without (RD=0): they
are to say what they know themselves.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import dns.message
import dns.name
import dns.rcode
from dns.rcode import Rcode
from dns.rdatatype import RdataType

from manara.diagnosis.evidence import Heard
from manara.diagnosis.sharing import Shared
from manara.model import NameServer, Reason, StepKind
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import Answer, ask
from manara.probes.dns_wire import Question, name_of
from manara.probes.resolver import has_route

RESOLVER_TRIES_S = (0.7, 1.1)
"""A lost packet is no failure yet; a resolver that itself waits for others needs longer than a server that knows."""
SERVER_TRIES_S = (0.6, 0.6)

_AUTHORITATIVE = 0x04
_RECURSION_AVAILABLE = 0x80


class Ask(Protocol):
    """Asks one server; raises `LookFailed`."""

    async def __call__(self, question: Question, server: NameServer, *, timeout_s: float) -> Answer:
        """Return what it said."""


class NameQuestions:
    """Asks about names, each question once for all who want to know."""

    def __init__(self, shared: Shared, *, ask: Ask = ask, routed: Callable[[str], bool] = has_route) -> None:
        self._shared = shared
        self._ask = ask
        self._routed = routed

    async def of_resolver(self, kind: StepKind, server: NameServer, name: dns.name.Name, rdtype: RdataType) -> Heard:
        """Ask a resolver for a name; where that has no address of the one kind, for the other."""
        checked = kind is not StepKind.UNCHECKED
        heard = await self._heard(kind, str(server), server, Question(name, rdtype, checked=checked))
        if heard.reason is Reason.NO_ADDRESSES and rdtype is RdataType.A:
            other = await self._heard(kind, str(server), server, Question(name, RdataType.AAAA, checked=checked))
            return other if other.reason is None else heard
        return heard

    async def of_parent(self, name: str, address: str, zone: dns.name.Name) -> Heard:
        """Ask a server of the zone above to whom a zone was given."""
        question = Question(zone, RdataType.NS, recursion=False)
        heard = await self._heard(StepKind.PARENT, name, NameServer(address), question)
        return replace(heard, zone=_text(zone))

    async def of_server(
        self, name: str, address: str, zone: dns.name.Name, host: dns.name.Name, rdtype: RdataType
    ) -> Heard:
        """Ask a server of a zone whether it knows the zone, then for a name in it."""
        server = NameServer(address)
        kinds = (RdataType.A, RdataType.AAAA) if rdtype is RdataType.A else (rdtype,)
        top = Question(zone, RdataType.SOA, recursion=False)
        for question in (top, *(Question(host, kind, recursion=False) for kind in kinds)):
            heard = await self._heard(StepKind.NAME_SERVER, name, server, question)
            if heard.borrowed or heard.reason not in ((None,) if question is top else (Reason.NO_ADDRESSES,)):
                break
        return replace(heard, zone=_text(zone))

    async def _heard(self, kind: StepKind, name: str, server: NameServer, question: Question) -> Heard:
        # Whoever asks with another purpose gets the same answer in another form: the form is part of the question.
        return await self._shared.get((kind, name, server, question), lambda: self._put(kind, name, server, question))

    async def _put(self, kind: StepKind, name: str, server: NameServer, question: Question) -> Heard:
        if not self._routed(server.address):
            return Heard(kind, name, server.address, Reason.NETWORK_UNREACHABLE)
        tries = SERVER_TRIES_S if kind in (StepKind.PARENT, StepKind.NAME_SERVER) else RESOLVER_TRIES_S
        started = time.perf_counter()
        for timeout_s in tries:
            try:
                answer = await self._ask(question, server, timeout_s=timeout_s)
                return _understood(kind, name, answer)
            except LookFailed as failed:
                reason = failed.failure.reason
                if reason is not Reason.DNS_TIMEOUT:
                    break
        return Heard(kind, name, server.address, reason, ms=(time.perf_counter() - started) * 1000)


def _understood(kind: StepKind, name: str, answer: Answer) -> Heard:
    recursive = answer.question.recursion
    authoritative = bool(answer.wire[2] & _AUTHORITATIVE)
    # RFC 1035, 4.1.1: who answers without authority and offers recursion is no server of a zone.
    borrowed = not recursive and not authoritative and bool(answer.wire[3] & _RECURSION_AVAILABLE)
    reason, addresses, aliases, lame = _judged(kind, answer, authoritative=authoritative)
    errors = answer.gist.extended_errors
    return Heard(
        kind,
        name,
        answer.server.address,
        reason,
        addresses,
        aliases,
        tuple(error.code for error in errors),
        lame,
        borrowed,
        ", ".join(map(str, errors)) or _gist(answer, addresses or aliases, lame=lame),
        answer.ms,
    )


def _gist(answer: Answer, found: tuple[str, ...], *, lame: bool) -> str:
    if lame:
        return "not authoritative"
    return ", ".join(found) if answer.rcode is Rcode.NOERROR else dns.rcode.to_text(answer.rcode)


_Judged = tuple[Reason | None, tuple[str, ...], tuple[str, ...], bool]


def _judged(kind: StepKind, answer: Answer, *, authoritative: bool) -> _Judged:
    failure = answer.failure()
    if failure is not None:
        return failure.reason, (), (), False
    if kind is StepKind.PARENT:
        to = _delegated_to(answer, exactly=True)
        return (None, (), to, False) if authoritative or to else _LAME
    path = answer.path()
    aliases = tuple(name_of(alias).to_text(omit_final_dot=True) for alias in path[1:])
    addresses = tuple(answer.gist.addresses.get(path[-1], ()))
    if kind is StepKind.NAME_SERVER and not authoritative:
        # A name further down may have been given on; the top of the zone may not.
        to = () if answer.question.rdtype is RdataType.SOA else _delegated_to(answer)
        return (None, (), to, False) if to else _LAME
    if answer.question.rdtype is RdataType.SOA or addresses or (aliases and kind is StepKind.NAME_SERVER):
        return None, addresses, aliases, False
    return Reason.NO_ADDRESSES, (), aliases, False


_LAME: _Judged = (Reason.DNS_ERROR, (), (), True)


def _delegated_to(answer: Answer, *, exactly: bool = False) -> tuple[str, ...]:
    """Return the names of the servers that a zone was given to; `exactly` wants the very zone that was asked for."""
    message = answer.message()
    asked = answer.question.name
    found = [
        _text(record.target)
        for section in (dns.message.ANSWER, dns.message.AUTHORITY)
        for rrset in message.section_from_number(section)
        # A referral upwards, to the root as old servers do, is none.
        if rrset.rdtype == RdataType.NS and asked.is_subdomain(rrset.name) and rrset.name != dns.name.root
        if rrset.name == asked or not exactly
        for record in rrset
    ]
    return tuple(dict.fromkeys(found))


def _text(name: dns.name.Name) -> str:
    return str(name.to_text(omit_final_dot=True)).lower()
