"""A name server on loopback, by UDP and TCP, that knows a few names and can misbehave in the ways of real ones."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.opcode
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from manara.model import NameServer


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it arrived."""

    name: str
    rdtype: str
    over_tcp: bool
    message: dns.message.Message = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a well-behaved server would answer, for a behaviour to spoil."""

    asked: Asked
    message: dns.message.Message


Behaviour = Callable[[Reply], Sequence[bytes]]
"""Turns the good reply into the packets to send; none means silence."""


class DnsServer:
    """Serves `zone`: by name, addresses or records such as `MX 10 mail.example.org.` and `CNAME cdn.example.net.`.

    Names that are not in the zone do not exist. Aliases within the zone are followed, as a resolver does, unless
    `follow` is false. What was asked is in `asked`. With `behave`, replies are spoilt; see the functions below.
    """

    def __init__(
        self,
        zone: Mapping[str, Sequence[str]] | None = None,
        *,
        behave: Behaviour | None = None,
        follow: bool = True,
        address: str = "127.0.0.1",
    ) -> None:
        self.zone = {_name(name): [_record(text) for text in records] for name, records in (zone or {}).items()}
        self.behave: Behaviour = behave or good
        self.follow = follow
        self.address = address
        self.port = 0
        self.asked: list[Asked] = []
        self.sources: list[tuple[str, int]] = []
        """Where the questions by UDP came from."""

    @property
    def name_server(self) -> NameServer:
        """The server as the resolver wants it."""
        return NameServer(self.address, self.port)

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        for _ in range(20):
            self._tcp = await asyncio.start_server(self._serve_tcp, self.address, 0)
            self.port = self._tcp.sockets[0].getsockname()[1]
            try:
                self._udp, _ = await loop.create_datagram_endpoint(
                    lambda: _Udp(self), local_addr=(self.address, self.port)
                )
            except OSError:
                # Somebody else has the port by UDP.
                self._tcp.close()
                continue
            return self
        raise OSError("no port is free for both UDP and TCP")

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._udp.close()
        self._tcp.close()

    def packets_for(self, wire: bytes, *, over_tcp: bool) -> Sequence[bytes]:
        """Return what to send for a query."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True)
        asked = Asked(name, dns.rdatatype.to_text(question.rdtype), over_tcp, query)
        self.asked.append(asked)
        return self.behave(Reply(asked, self._reply(query)))

    def _reply(self, query: dns.message.Message) -> dns.message.Message:
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.RA
        question = query.question[0]
        name = question.name
        passed: set[dns.name.Name] = set()
        while name not in passed:
            passed.add(name)
            records = self.zone.get(name)
            if records is None:
                reply.set_rcode(dns.rcode.NXDOMAIN)
                break
            alias = next((text for kind, text in records if kind == "CNAME"), None)
            wanted = [text for kind, text in records if kind == dns.rdatatype.to_text(question.rdtype)]
            if wanted:
                reply.answer.append(dns.rrset.from_text(name, 60, "IN", question.rdtype, *wanted))
            if wanted or alias is None:
                break
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", "CNAME", alias))
            name = dns.name.from_text(alias)
            if not self.follow:
                break
        return reply

    async def _serve_tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            length = int.from_bytes(await reader.readexactly(2))
            for packet in self.packets_for(await reader.readexactly(length), over_tcp=True):
                writer.write(packet if isinstance(packet, Raw) else len(packet).to_bytes(2) + packet)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


class Raw(bytes):
    """Bytes that go out by TCP as they are, without their length before them."""


class _Udp(asyncio.DatagramProtocol):
    def __init__(self, server: DnsServer) -> None:
        self._server = server

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._server.sources.append(addr)
        for packet in self._server.packets_for(data, over_tcp=False):
            self._transport.sendto(packet, addr)


def good(reply: Reply) -> Sequence[bytes]:
    """Behave: by UDP, what does not fit is truncated."""
    wire = reply.message.to_wire(max_size=65_535)
    if reply.asked.over_tcp or len(wire) <= max(reply.asked.message.payload, 512):
        return [wire]
    return truncated(reply)


def silent(reply: Reply) -> Sequence[bytes]:
    """Say nothing."""
    return []


def truncated(reply: Reply) -> Sequence[bytes]:
    """By UDP, say only that the answer does not fit."""
    if reply.asked.over_tcp:
        return [reply.message.to_wire(max_size=65_535)]
    short = dns.message.make_response(reply.asked.message)
    short.flags |= dns.flags.TC
    return [short.to_wire()]


def wrong_id(reply: Reply) -> Sequence[bytes]:
    """Answer with an id that nobody sent, as forgers do."""
    wire = reply.message.to_wire()
    return [bytes((wire[0] ^ 0xFF, wire[1])) + wire[2:]]


def wrong_question(reply: Reply) -> Sequence[bytes]:
    """Answer what nobody asked."""
    other = dns.message.make_query("other.example", "A", id=reply.message.id)
    forged = dns.message.make_response(other)
    forged.answer.append(dns.rrset.from_text("other.example.", 60, "IN", "A", "192.0.2.66"))
    return [forged.to_wire()]


def garbage(reply: Reply) -> Sequence[bytes]:
    """Answer the right question with bytes that make no records."""
    header = reply.message.to_wire()[:6] + b"\xff\xff\xff\xff\xff\xff"
    question = reply.asked.message.to_wire()[12:]
    return [header + question + random.Random(1).randbytes(300)]


def before(spoilt: Behaviour, then: Behaviour = good) -> Behaviour:
    """Send bad packets first and good ones after them."""
    return lambda reply: [*spoilt(reply), *then(reply)]


def code(rcode: str, extended: tuple[int, str] | None = None) -> Behaviour:
    """Answer with a code such as `SERVFAIL` and no records; `extended` adds an extended error and its text."""

    def behave(reply: Reply) -> Sequence[bytes]:
        refusal = dns.message.make_response(reply.asked.message)
        refusal.set_rcode(dns.rcode.from_text(rcode))
        if extended:
            refusal.use_edns(0, options=[dns.edns.EDEOption(*extended)])
        return [refusal.to_wire()]

    return behave


def without_edns(reply: Reply, rcode: str = "FORMERR") -> Sequence[bytes]:
    """Be from before 1999: any EDNS is an error."""
    if reply.asked.message.edns >= 0:
        return code(rcode)(reply)
    return good(reply)


def for_type(rdtype: str, spoilt: Behaviour, otherwise: Behaviour = good) -> Behaviour:
    """Misbehave for one type of record only."""
    return lambda reply: spoilt(reply) if reply.asked.rdtype == rdtype else otherwise(reply)


def first(times: int, spoilt: Behaviour, then: Behaviour = good) -> Behaviour:
    """Misbehave for so many questions, then no more."""
    left = iter([spoilt] * times)

    def behave(reply: Reply) -> Sequence[bytes]:
        return next(left, then)(reply)

    return behave


def authoritative(reply: Reply) -> Sequence[bytes]:
    """Answer as a zone's own server does: by its own knowledge, with no recursion on offer."""
    reply.message.flags = reply.message.flags & ~dns.flags.RA | dns.flags.AA
    return good(reply)


def referring(zone: str, *servers: str) -> Behaviour:
    """Answer as a server of the zone above does: name those to whom the zone was given."""

    def behave(reply: Reply) -> Sequence[bytes]:
        referral = dns.message.make_response(reply.asked.message)
        targets = [f"{server}." for server in servers]
        referral.authority.append(dns.rrset.from_text(f"{zone}.", 172_800, "IN", "NS", *targets))
        return [referral.to_wire()]

    return behave


def below(zone: str, behave: Behaviour = good) -> Behaviour:
    """Name the zone by its SOA record where there is nothing of the kind that was asked for."""

    def told(reply: Reply) -> Sequence[bytes]:
        if not any(rrset.rdtype == dns.rdatatype.from_text(reply.asked.rdtype) for rrset in reply.message.answer):
            soa = f"ns.{zone}. host.{zone}. 1 7200 900 1209600 86400"
            reply.message.authority.append(dns.rrset.from_text(f"{zone}.", 60, "IN", "SOA", soa))
        return behave(reply)

    return told


def _name(text: str) -> dns.name.Name:
    return dns.name.from_text(text.lower())


def _record(text: str) -> tuple[str, str]:
    """Split `MX 10 mail.` into type and value; a bare address is an A or AAAA record."""
    kind, _, value = text.partition(" ")
    if value:
        return kind, value
    return ("AAAA" if ":" in text else "A"), text
