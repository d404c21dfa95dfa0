"""From a host name to an open connection to one named address, each phase timed."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import cast

from manara.loading import load
from manara.model import Attempt, Certificate, Reason
from manara.probes.border import LookFailed, failure_of, verification_reason
from manara.probes.host_name import ascii_host_name
from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.sighting import Phase, Sighting
from manara.probes.trust import READS_CERTIFICATES

MAX_LINE = 64 * 1024
"""Bytes a reader holds before it makes the peer wait."""

_MAX_ADDRESSES = 8
_MAX_ADDRESS_S = 3.0
_MAX_SECOND_HANDSHAKE_S = 2.0
# asyncio's own limit must never strike before the deadline of the look, whose longest is 300 s.
_HANDSHAKE_S = 600.0


@dataclass(frozen=True, slots=True)
class Tls:
    """How to speak TLS on a connection."""

    context: ssl.SSLContext
    server_name: str
    """The name or address that the certificate must be for, as people write it."""


@dataclass(slots=True)
class Connection:
    """An open connection to one address."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    address: str
    # Kept, because a StreamWriter closes its transport when it is collected.
    _bare_writer: asyncio.StreamWriter | None = None

    async def start_tls(self, tls: Tls, sighting: Sighting) -> None:
        """Speak TLS from here on; notes version and certificate. Nothing that was read before remains readable."""
        self._bare_writer = self.writer
        with sighting.measure(Phase.TLS):
            self.reader, self.writer = await _shake_hands(self.writer.transport, tls)
        _note_tls(self.writer, sighting)

    def close(self) -> None:
        """Drop the connection at once, without waiting for the peer."""
        self.writer.transport.abort()


async def connect(
    network: Network,
    host: str,
    port: int,
    sighting: Sighting,
    *,
    family: Family = Family.ANY,
    tls: Tls | None = None,
) -> Connection:
    """Resolve, connect, and with `tls` shake hands; raise `LookFailed` or a system error that the border knows.

    One address is looked at: others are tried only when it does not take the connection.
    """
    with sighting.measure(Phase.DNS):
        resolved = await network.resolver.resolve(host, family)
    sighting.note(addresses=resolved.addresses, cname_chain=resolved.cname_chain, resolver=resolved.source)
    with sighting.measure(Phase.CONNECT):
        sock, address = await _first_that_answers(resolved.addresses, port, sighting)
    if tls is None:
        with _owned(sock):
            reader, writer = await asyncio.open_connection(sock=sock, limit=MAX_LINE)
        return Connection(reader, writer, address)
    try:
        with sighting.measure(Phase.TLS):
            reader, writer = await _speak_tls(sock, tls)
    except ssl.SSLCertVerificationError as error:
        raise await _described(error, address, port, tls, sighting) from error
    _note_tls(writer, sighting)
    return Connection(reader, writer, address)


async def connected_socket(address: str, port: int) -> socket.socket:
    """Return a non-blocking socket connected to a literal address; raise `OSError` when it cannot be."""
    # With these flags it never asks anybody; it reads an address together with its interface (`fe80::1%eth0`).
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    family, kind, protocol, _, target = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=flags)[0]
    sock = socket.socket(family, kind, protocol)
    with _owned(sock):
        sock.settimeout(0)
        await asyncio.get_running_loop().sock_connect(sock, target)
    return sock


@contextlib.contextmanager
def _owned(sock: socket.socket) -> Iterator[None]:
    """Close the socket unless the block ends well."""
    try:
        yield
    except BaseException:
        sock.close()
        raise


async def _first_that_answers(addresses: tuple[str, ...], port: int, sighting: Sighting) -> tuple[socket.socket, str]:
    """Try one address after the other; each gets at most half of the time that is left when there are several."""
    addresses = addresses[:_MAX_ADDRESSES]
    for address in addresses:
        sighting.address = address
        limit_s = None if len(addresses) == 1 else min(_MAX_ADDRESS_S, sighting.remaining_s() / 2)
        try:
            async with asyncio.timeout(limit_s):
                return await connected_socket(address, port), address
        except OSError as error:
            attempt = Attempt(address, failure_of(error, Phase.CONNECT))
            sighting.note(attempts=(*sighting.facts.attempts, attempt))
    first = _preferred(sighting.facts.attempts)
    sighting.address = first.address
    raise LookFailed(first.failure.reason, first.failure.detail)


def _preferred(attempts: tuple[Attempt, ...]) -> Attempt:
    """Return the first address that there was a way to, since one without says nothing about the service."""
    reachable = (attempt for attempt in attempts if attempt.failure.reason is not Reason.NETWORK_UNREACHABLE)
    return next(reachable, attempts[0])


class _Quiet(asyncio.Protocol):
    """Holds a connection without reading, so that whatever the peer says first is left to TLS."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.ReadTransport", transport).pause_reading()


async def _speak_tls(sock: socket.socket, tls: Tls) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    with _owned(sock):
        transport, _ = await asyncio.get_running_loop().create_connection(_Quiet, sock=sock)
    return await _shake_hands(transport, tls)


async def _shake_hands(
    transport: asyncio.WriteTransport, tls: Tls
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Turn a connection into one that speaks TLS; the connection is dropped when that fails."""
    loop = asyncio.get_running_loop()
    # A new reader: what came before the handshake must not pass for something that TLS has protected.
    reader = asyncio.StreamReader(limit=MAX_LINE, loop=loop)
    protocol = asyncio.StreamReaderProtocol(reader, loop=loop)
    try:
        name = _name_for_tls(tls.server_name)
        secured = await loop.start_tls(
            transport, protocol, tls.context, server_hostname=name, ssl_handshake_timeout=_HANDSHAKE_S
        )
    except BaseException:
        transport.abort()
        raise
    new_transport = cast("asyncio.Transport", secured)
    protocol.connection_made(new_transport)
    return reader, asyncio.StreamWriter(new_transport, protocol, reader, loop)


def _name_for_tls(name: str) -> str:
    """Return the name as TLS carries it: in ASCII without a final dot, an address without its interface."""
    bare = name.partition("%")[0].removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(bare))
    except ValueError:
        return ascii_host_name(name)


def _note_tls(writer: asyncio.StreamWriter, sighting: Sighting) -> None:
    session = writer.get_extra_info("ssl_object")
    der = session.getpeercert(binary_form=True)
    certificate: Certificate | None = load(READS_CERTIFICATES)(der) if der else None
    sighting.note(tls_version=session.version() or "", certificate=certificate)


async def _described(
    error: ssl.SSLCertVerificationError, address: str, port: int, tls: Tls, sighting: Sighting
) -> LookFailed:
    """Look at the refused certificate by a second handshake that verifies nothing, and say what is wrong with it."""
    reason = verification_reason(error)
    limit_s = min(_MAX_SECOND_HANDSHAKE_S, sighting.remaining_s() / 2)
    # Without the certificate the reason still stands, so nothing that goes wrong here matters.
    with contextlib.suppress(OSError, LookFailed):
        async with asyncio.timeout(limit_s):
            sock = await connected_socket(address, port)
            _, writer = await _speak_tls(sock, Tls(_unverified(), tls.server_name))
            _note_tls(writer, sighting)
            writer.transport.abort()
    certificate = sighting.facts.certificate
    if certificate is None:
        return LookFailed(reason, error.verify_message)
    complaint: str = load("manara.probes.certificates:complaint")(reason, certificate, tls.server_name, sighting.at)
    return LookFailed(reason, complaint or error.verify_message)


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
