"""A real HTTP/1.1 server on loopback whose answers, good and bad, a test programs.

An answer is a coroutine that gets the `Exchange`: what was asked, and the connection to do with as it likes.
"""

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Exchange:
    """One connection, and the request that came over it."""

    asked: Asked
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Send as fast as the client reads."""
        self.writer.write(data)
        await self.writer.drain()

    async def hang(self) -> None:
        """Do nothing until the client drops the connection."""
        while await self.reader.read(65_536):
            pass

    def reset(self) -> None:
        """Drop the connection with a reset."""
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Answer: TypeAlias = Callable[[Exchange], Awaitable[None]]


def reply(
    body: bytes | str = b"ok", status: int = 200, headers: Iterable[tuple[str, str]] = (), *, length: int | None = None
) -> Answer:
    """Answer properly; `length` may lie about the size of the body."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Because", *(f"{name}: {value}" for name, value in headers)]
    lines.append(f"Content-Length: {len(content) if length is None else length}")
    return raw("\r\n".join([*lines, "", ""]).encode() + content)


def redirect(location: str, status: int = 302, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """Lead the client elsewhere."""
    return reply(b"", status, [("Location", location), *headers])


def raw(data: bytes, *, hang: bool = False, reset: bool = False) -> Answer:
    """Send these very bytes, then close the connection, hang or reset it."""

    async def answer(exchange: Exchange) -> None:
        await exchange.send(data)
        if hang:
            await exchange.hang()
        if reset:
            exchange.reset()

    return answer


def endless(start: bytes, block: bytes) -> Answer:
    """Send the start, then the block again and again."""

    async def answer(exchange: Exchange) -> None:
        await exchange.send(start)
        while True:
            await exchange.send(block)

    return answer


def drip(data: bytes, every_s: float) -> Answer:
    """Send one byte at a time, from the beginning again when all are sent."""

    async def answer(exchange: Exchange) -> None:
        while True:
            for byte in data:
                await exchange.send(bytes([byte]))
                await asyncio.sleep(every_s)

    return answer


async def tunnel(exchange: Exchange) -> None:
    """Answer CONNECT as a proxy does that finds every name on loopback."""
    port = int(exchange.asked.target.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await exchange.send(b"HTTP/1.1 200 Connected\r\n\r\n")
    await asyncio.gather(_pump(exchange.reader, writer), _pump(reader, exchange.writer))


@dataclass(slots=True)
class HttpServer:
    """Where it listens and what it was asked."""

    answers: Mapping[str, Answer]
    """By path; the empty path stands for all others."""
    scheme: str
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    ended: int = 0
    _end: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the URL of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    async def one_ended(self) -> None:
        """Wait until another connection has ended."""
        self._end.clear()
        async with asyncio.timeout(5):
            await self._end.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        try:
            # The misbehaviours end when the client drops the connection.
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
                asked = await _read(reader)
                self.asked.append(asked)
                path = asked.target.partition("?")[0]
                await self.answers.get(path, self.answers.get("", reply(status=404)))(Exchange(asked, reader, writer))
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()
            self.ended += 1
            self._end.set()


@contextlib.asynccontextmanager
async def http_server(
    answers: Answer | Mapping[str, Answer], tls: ssl.SSLContext | None = None
) -> AsyncIterator[HttpServer]:
    """Serve on a free port of loopback; a single answer holds for every path."""
    server = HttpServer(answers if isinstance(answers, Mapping) else {"": answers}, "https" if tls else "http")
    tasks: set[asyncio.Task[None]] = set()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(server.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listener = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Asked(method, target, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
    finally:
        writer.close()
