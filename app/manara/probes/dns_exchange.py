"""One question to one name server, by UDP and, when the answer does not fit, by TCP.

Knows nothing of other servers, of aliases or of which answer is good: it returns what the server said.
"""

import asyncio
import secrets
import socket
import time
from dataclasses import dataclass

import dns.exception
import dns.message
import dns.rcode
from dns.rcode import Rcode

from manara.model import Failure, Layer, NameServer, Reason
from manara.probes.border import LookFailed, failure_of
from manara.probes.dns_wire import Gist, Question, answers, is_truncated, name_bytes, name_of, query_bytes, read_gist
from manara.probes.sighting import Phase

LONGEST_CHAIN = 16
"""Most aliases that are followed on the way to an address; resolvers give up at about as many."""

_RCODES = {
    Rcode.NXDOMAIN: Reason.NXDOMAIN,
    Rcode.SERVFAIL: Reason.SERVFAIL,
    Rcode.REFUSED: Reason.DNS_REFUSED,
}
_LARGEST_DATAGRAM = 65_535
# Servers from before EDNS answer it with one of these (RFC 6891 section 7).
_EDNS_NOT_UNDERSTOOD = (Rcode.FORMERR, Rcode.NOTIMP, Rcode.BADVERS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one name server said to one question."""

    question: Question
    server: NameServer
    gist: Gist
    wire: bytes
    ms: float
    over_tcp: bool

    @property
    def rcode(self) -> Rcode:
        """How the server judges the question."""
        return self.gist.rcode

    def failure(self) -> Failure | None:
        """Return what is wrong by the server's own word: None for `NOERROR`, even without records."""
        match self.rcode:
            case Rcode.NOERROR:
                return None
            case Rcode.NXDOMAIN:
                said = f"{self.server} says that {self.question.name.to_text(omit_final_dot=True)} does not exist"
            case rcode:
                said = f"{self.server} answered {dns.rcode.to_text(rcode)}"
        errors = ", ".join(str(error) for error in self.gist.extended_errors)
        reason = _RCODES.get(self.rcode, Reason.DNS_ERROR)
        return Failure(reason, f"{said} ({errors})" if errors else said)

    def path(self) -> tuple[bytes, ...]:
        """Return the name asked for and the aliases that it leads to, in wire form; raise `LookFailed` for a loop."""
        path = [name_bytes(self.question.name)]
        while path[-1] in self.gist.aliases:
            alias = self.gist.aliases[path[-1]]
            path.append(alias)
            if alias in path[:-1] or len(path) > LONGEST_CHAIN + 1:
                names = " → ".join(name_of(name).to_text(omit_final_dot=True) for name in path)
                raise LookFailed(Reason.CNAME_LOOP, f"{self.server} leads from alias to alias: {names}")
        return tuple(path)

    def message(self) -> dns.message.Message:
        """Return all of the answer; raise `LookFailed` when dnspython cannot read it."""
        try:
            return dns.message.from_wire(self.wire)
        except (dns.exception.DNSException, ValueError, IndexError) as error:
            raise LookFailed(Reason.DNS_BAD_ANSWER, f"{self.server}: {error}") from error


async def ask(question: Question, server: NameServer, *, timeout_s: float) -> Answer:
    """Ask one server; raise `LookFailed` when it cannot be reached, is silent or does not speak DNS."""
    started = time.perf_counter()
    try:
        async with asyncio.timeout(timeout_s):
            wire, gist, over_tcp = await _ask(question, server)
    except TimeoutError:
        raise LookFailed(Reason.DNS_TIMEOUT, f"{server} did not answer within {timeout_s:.2g} s") from None
    except OSError as error:
        failure = failure_of(error, Phase.DNS)
        reason = Reason.DNS_UNREACHABLE if failure.layer is Layer.TCP else failure.reason
        raise LookFailed(reason, f"{server}: {failure.detail}") from error
    return Answer(question, server, gist, wire, (time.perf_counter() - started) * 1000, over_tcp)


async def _ask(question: Question, server: NameServer) -> tuple[bytes, Gist, bool]:
    """Return the answer, the gist of it, and whether it came by TCP."""
    heard = await _ask_once(question, server, edns=True)
    if heard[1].rcode in _EDNS_NOT_UNDERSTOOD:
        heard = await _ask_once(question, server, edns=False)
    return heard


async def _ask_once(question: Question, server: NameServer, *, edns: bool) -> tuple[bytes, Gist, bool]:
    query = query_bytes(question, secrets.randbits(16), edns=edns)
    wire = await _ask_by_udp(query, server)
    over_tcp = is_truncated(wire)
    if over_tcp:
        wire = await _ask_by_tcp(query, server)
    try:
        return wire, read_gist(wire), over_tcp
    except ValueError as error:
        raise LookFailed(Reason.DNS_BAD_ANSWER, f"{server}: {error}") from error


async def _ask_by_udp(query: bytes, server: NameServer) -> bytes:
    loop = asyncio.get_running_loop()
    family = socket.AF_INET6 if ":" in server.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.settimeout(0)
        # A connected socket gets datagrams of this server only, and the ICMP errors of its host.
        sock.connect((server.address, server.port))
        sock.send(query)
        while True:
            wire = await loop.sock_recv(sock, _LARGEST_DATAGRAM)
            if answers(query, wire):
                return wire
            # sock_recv lets nobody else run while datagrams are waiting: a flood of forged ones must not hold the loop.
            await asyncio.sleep(0)


async def _ask_by_tcp(query: bytes, server: NameServer) -> bytes:
    reader, writer = await asyncio.open_connection(server.address, server.port)
    try:
        writer.write(len(query).to_bytes(2) + query)
        length = int.from_bytes(await reader.readexactly(2))
        wire = await reader.readexactly(length)
    except asyncio.IncompleteReadError:
        raise LookFailed(Reason.DNS_BAD_ANSWER, f"{server} closed the connection within its answer") from None
    finally:
        writer.transport.abort()
    if not answers(query, wire):
        raise LookFailed(Reason.DNS_BAD_ANSWER, f"{server} answered another question")
    return wire
