"""The `dns` check: do name servers give the records, or the refusal, that they should?"""

import contextlib
import ipaddress
from dataclasses import dataclass
from typing import ClassVar

import dns.exception
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.reversename
from dns.rcode import Rcode
from dns.rdatatype import RdataType

from manara.model import Check, Failure, NameServer, Reason, option
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import Answer, ask
from manara.probes.dns_wire import Question, name_of
from manara.probes.name_servers import ask_around
from manara.probes.network import Network
from manara.probes.sighting import Phase, Sighting

_MOST_RECORDS = 64
_LONGEST_RECORD = 500
_ADDRESS_TYPES = (RdataType.A, RdataType.AAAA)
_OF_THE_NAME = (Rcode.NOERROR, Rcode.NXDOMAIN)
"""Codes that a server gives because of what it knows; with others it speaks of itself, and the next one is asked."""


def _accept_name(name: str) -> None:
    _name(name, reverse=True)


def _accept_record_type(record_type: str) -> None:
    _rdtype(record_type)


def _accept_servers(servers: tuple[str, ...]) -> None:
    for server in servers:
        NameServer.parse(server)


def _accept_rcode(rcode: str) -> None:
    _rcode(rcode)


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsCheck(Check):
    """Asks name servers one question and judges the answer."""

    type: ClassVar[str] = "dns"

    name: str = option(help="The name to ask for; for `PTR` an address does as well", accepts=_accept_name)
    record_type: str = option(
        "A", help="The type of record to ask for, like `A`, `AAAA`, `MX` or `TXT`", accepts=_accept_record_type
    )
    servers: tuple[str, ...] = option(
        (),
        help="Name servers to ask, each `address` or `address:port`; empty means those that all checks use",
        accepts=_accept_servers,
        maximum=16,
    )
    expect: tuple[str, ...] = option((), help="Records that must all be among the answer", maximum=64)
    expect_rcode: str = option(
        "NOERROR",
        help="The code that the answer must have, like `NXDOMAIN` for a name that must not exist",
        accepts=_accept_rcode,
    )

    @property
    def target(self) -> str:
        """The name and the type of record."""
        return f"{self.name} {self.record_type.upper()}"

    @property
    def host(self) -> str:
        """The first server that is asked, or the name when that is left to the network."""
        return self.servers[0] if self.servers else self.name


async def probe_dns(check: DnsCheck, network: Network, sighting: Sighting) -> Failure | None:
    """Ask, and compare the answer with what is expected."""
    question = _question(check)
    expected = _rcode(check.expect_rcode)
    servers = tuple(NameServer.parse(server) for server in check.servers) or network.resolver.servers

    async def ask_one(server: NameServer, timeout_s: float) -> Answer:
        # Noted first, so that it is known of silence as well who was silent.
        sighting.note(resolver=str(server))
        answer = await ask(question, server, timeout_s=timeout_s)
        sighting.address = server.address
        failure = _judge_rcode(answer, expected)
        if failure and answer.rcode not in _OF_THE_NAME:
            raise LookFailed(failure.reason, failure.detail)
        return answer

    with sighting.measure(Phase.DNS):
        answer = await ask_around(servers, network.resolver.patience, ask_one)
    return _judge_rcode(answer, expected) or _judge_records(answer, check, sighting)


def _judge_rcode(answer: Answer, expected: Rcode) -> Failure | None:
    if answer.rcode is expected:
        return None
    failure = answer.failure()
    if failure and expected is Rcode.NOERROR:
        return failure
    said = failure.detail if failure else f"{answer.server} answered NOERROR"
    return Failure(Reason.UNEXPECTED_RCODE, f"{said}; {expected.name} was expected")


def _judge_records(answer: Answer, check: DnsCheck, sighting: Sighting) -> Failure | None:
    rdtype = answer.question.rdtype
    # The alias of a name is what a question for CNAME is about; for all others it is the way.
    path = answer.path()[:1] if rdtype is RdataType.CNAME else answer.path()
    aliases = tuple(name_of(name).to_text(omit_final_dot=True) for name in path[1:])
    rrset = answer.message().get_rrset(dns.message.ANSWER, name_of(path[-1]), dns.rdataclass.IN, rdtype)
    records = sorted(rrset, key=str) if rrset else []
    texts = (_text(record)[:_LONGEST_RECORD] for record in records[:_MOST_RECORDS])
    sighting.note(records=tuple(texts), cname_chain=aliases)
    if answer.rcode is not Rcode.NOERROR:
        return None
    if not records:
        reason = Reason.NO_ADDRESSES if rdtype in _ADDRESS_TYPES else Reason.UNEXPECTED_RECORDS
        return Failure(reason, f"{answer.server} gives no record for {answer.question}")
    present = {_comparable(_text(record), rdtype) for record in records}
    missing = [value for value in check.expect if _comparable(value, rdtype) not in present]
    if missing:
        return Failure(Reason.UNEXPECTED_RECORDS, f"{answer.server} does not give {', '.join(missing)}")
    return None


def _text(record: dns.rdata.Rdata) -> str:
    if record.rdtype == RdataType.TXT:
        return b"".join(record.strings).decode("utf-8", "backslashreplace")  # type: ignore[attr-defined]
    return record.to_text()


def _comparable(text: str, rdtype: RdataType) -> bytes:
    """Return one form for all that means the same: `MX.Example.org.` and `mx.example.org`, `::1` and `0::1`."""
    if rdtype is RdataType.TXT:
        return text.removeprefix('"').removesuffix('"').encode()
    try:
        record = dns.rdata.from_text(
            dns.rdataclass.IN,
            rdtype,
            text,
            origin=dns.name.root,
            relativize=False,
            idna_codec=dns.name.IDNA_2008_Practical,
        )
        return record.to_digestable()
    except (dns.exception.DNSException, ValueError):
        return text.casefold().encode()


def _question(check: DnsCheck) -> Question:
    rdtype = _rdtype(check.record_type)
    try:
        return Question(_name(check.name, reverse=rdtype is RdataType.PTR), rdtype)
    except ValueError as error:
        raise LookFailed(Reason.UNUSABLE_NAME, str(error)) from error


def _name(text: str, *, reverse: bool) -> dns.name.Name:
    """Read a name with any labels that DNS allows, `_dmarc.example.org` or `*.example.org`; IDN in its own letters."""
    if reverse:
        with contextlib.suppress(ValueError):
            return dns.reversename.from_address(str(ipaddress.ip_address(text)))
    if not text.strip() or not text.isprintable():
        raise ValueError("the name is empty or has characters that cannot be seen")
    try:
        return dns.name.from_text(text.strip(), idna_codec=dns.name.IDNA_2008_Practical)
    except (dns.exception.DNSException, UnicodeError) as error:
        raise ValueError(f"{text!r} cannot be a name: {error}") from error


def _rdtype(text: str) -> RdataType:
    try:
        rdtype = dns.rdatatype.from_text(text)
    except (dns.exception.DNSException, ValueError):
        rdtype = RdataType.NONE
    if rdtype is RdataType.NONE or dns.rdatatype.is_metatype(rdtype):
        raise ValueError(f"{text!r} is not a type of record, like A, AAAA, CNAME, MX, NS, TXT, SOA, CAA, SRV or PTR")
    return rdtype


def _rcode(text: str) -> Rcode:
    try:
        return dns.rcode.from_text(text)
    except (dns.exception.DNSException, ValueError):
        raise ValueError(f"{text!r} is not a code of an answer, like NOERROR, NXDOMAIN or REFUSED") from None
