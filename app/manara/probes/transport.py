"""HTTP/1.1 for httpx over connections of our own, so that each phase is timed and each address is named.

Every request opens a fresh connection and every answer ends by dropping it: a kept-alive one measures nothing.
"""

import asyncio
import base64
import ssl
from collections.abc import Callable
from typing import Self

import h11
import httpx

from manara.model import Reason, SystemClock
from manara.probes.border import LookFailed
from manara.probes.dialer import Connection, Tls, connect
from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.sighting import Phase, Sighting
from manara.probes.urls import host_of, port_of

MAX_HEAD_BYTES = 64 * 1024
MAX_INTERIM_ANSWERS = 16

_READ_SIZE = 64 * 1024
_MAX_PIECES_IN_A_ROW = 256
_PROXY_WANTS_SIGN_IN = 407


class Transport(httpx.AsyncBaseTransport):
    """Carries the requests of one look. `context` gives the TLS context for a host."""

    def __init__(
        self,
        network: Network,
        sighting: Sighting,
        context: Callable[[str], ssl.SSLContext],
        *,
        family: Family = Family.ANY,
        proxy: str = "",
    ) -> None:
        self._network = network
        self._sighting = sighting
        self._context = context
        self._family = family
        self._proxy = httpx.URL(proxy) if proxy else None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer once its head is there; the body is read, and the connection dropped, by its stream."""
        body = await request.aread()
        connection = await self._open(request.url)
        exchange = _Exchange(connection)
        try:
            exchange.send(self._head_of(request), body)
            head = await exchange.head(self._sighting)
        except BaseException:
            connection.close()
            raise
        if self._proxy and head.status_code == _PROXY_WANTS_SIGN_IN:
            connection.close()
            raise _proxy_failed(head.status_code)
        return httpx.Response(head.status_code, headers=list(head.headers), stream=exchange)

    async def _open(self, url: httpx.URL) -> Connection:
        host = host_of(url)
        tls = Tls(self._context(host), host) if url.scheme == "https" else None
        if self._proxy is None:
            return await connect(self._network, host, port_of(url), self._sighting, family=self._family, tls=tls)
        with self._sighting.measure(Phase.PROXY):
            # What is seen of the proxy says nothing about the service: it goes into a notebook of its own.
            aside = Sighting(SystemClock(), self._sighting.remaining_s())
            connection = await connect(self._network, host_of(self._proxy), port_of(self._proxy), aside)
        if tls:
            try:
                await self._tunnel(connection, url)
                await connection.start_tls(tls, self._sighting)
            except BaseException:
                connection.close()
                raise
        return connection

    async def _tunnel(self, connection: Connection, url: httpx.URL) -> None:
        """Ask the proxy for a connection to the host of the URL (RFC 9110, 9.3.6)."""
        authority = f"{_bracketed(host_of(url))}:{port_of(url)}"
        headers = [(b"Host", authority.encode()), *self._proxy_headers()]
        exchange = _Exchange(connection)
        exchange.send(h11.Request(method="CONNECT", target=authority, headers=headers), b"")
        head = await exchange.head(self._sighting, Phase.PROXY)
        if not 200 <= head.status_code < 300:
            raise _proxy_failed(head.status_code)
        if exchange.has_more:
            raise LookFailed(Reason.PROXY_FAILED, "The proxy sent more than its answer")

    def _head_of(self, request: httpx.Request) -> h11.Request:
        headers = list(request.headers.raw)
        target = request.url.raw_path
        if self._proxy and request.url.scheme == "http":
            headers += self._proxy_headers()
            target = b"http://" + request.url.netloc + target
        return h11.Request(method=request.method, target=target, headers=headers)

    def _proxy_headers(self) -> list[tuple[bytes, bytes]]:
        if not self._proxy or not self._proxy.userinfo:
            return []
        credentials = f"{self._proxy.username}:{self._proxy.password}".encode()
        return [(b"Proxy-Authorization", b"Basic " + base64.b64encode(credentials))]


class _Exchange(httpx.AsyncByteStream):
    """One request and its answer; iterating gives the body as it comes over the wire."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._protocol = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)
        self._ended = False
        self._pieces = 0

    def send(self, head: h11.Request, body: bytes) -> None:
        """Put the request on its way."""
        wire = self._protocol.send(head) or b""
        if body:
            wire += self._protocol.send(h11.Data(data=body)) or b""
        wire += self._protocol.send(h11.EndOfMessage()) or b""
        self._connection.writer.write(wire)

    async def head(self, sighting: Sighting, phase: Phase = Phase.FIRST_BYTE) -> h11.Response:
        """Return the head of the final answer. The time until the first byte is measured, the phase lasts longer."""
        with sighting.measure(phase):
            start = await self._connection.reader.read(_READ_SIZE)
        if not _MAGIC.startswith(start[: len(_MAGIC)]):
            # HTTP/0.9 has no head at all, HTTP/2 and other protocols begin in their own way.
            raise LookFailed(Reason.HTTP_PROTOCOL, "The answer does not begin like HTTP/1")
        self._take(start)
        for _ in range(MAX_INTERIM_ANSWERS + 1):
            event = await self._next_event()
            if isinstance(event, h11.Response):
                return event
        raise LookFailed(Reason.HTTP_PROTOCOL, "One interim answer follows the other without end")

    @property
    def has_more(self) -> bool:
        """Whether something has already come behind the answer."""
        return bool(self._protocol.trailing_data[0])

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        self._pieces += 1
        if self._pieces % _MAX_PIECES_IN_A_ROW == 0:
            # A body in chunks of one byte must not keep the loop from everything else.
            await asyncio.sleep(0)
        event = await self._next_event()
        if not isinstance(event, h11.Data):
            raise StopAsyncIteration
        return bytes(event.data)

    async def aclose(self) -> None:
        self._connection.close()

    async def _next_event(self) -> object:
        try:
            while (event := self._protocol.next_event()) is h11.NEED_DATA:
                self._take(await self._connection.reader.read(_READ_SIZE))
        except h11.RemoteProtocolError as error:
            if self._ended:
                raise EOFError from error
            raise
        return event

    def _take(self, data: bytes) -> None:
        self._ended = not data
        self._protocol.receive_data(data)


_MAGIC = b"HTTP/1."


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _proxy_failed(status: int) -> LookFailed:
    return LookFailed(Reason.PROXY_FAILED, f"The proxy answered HTTP {status}")
