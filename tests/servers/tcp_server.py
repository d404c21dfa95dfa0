"""TCP servers on loopback that behave as told, well or badly."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TypeAlias

Talk: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def tcp_server(
    talk: Talk, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """Serve every connection by `talk` and yield the port; open connections are dropped at the end."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        # The peer may go away at any time, and the end of the test cancels what still runs.
        with suppress(OSError, asyncio.CancelledError):
            try:
                await talk(reader, writer)
            finally:
                writer.transport.abort()

    server = await asyncio.start_server(serve, host, port, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        # Begun before the end, it waits for connections too, on Python 3.11 as on later ones.
        closed = asyncio.ensure_future(server.wait_closed())
        await asyncio.sleep(0)
        server.close()
        for task in tasks:
            task.cancel()
        async with asyncio.timeout(5):
            await closed
            await asyncio.gather(*tasks)


def say(*chunks: bytes) -> Talk:
    """Send the chunks, then wait in silence until the peer closes."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for chunk in chunks:
            writer.write(chunk)
            await writer.drain()
        await reader.read()

    return talk


def say_and_close(data: bytes = b"") -> Talk:
    """Send the data and close in order."""

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    return talk


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send back what comes."""
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()


async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Break the connection off with a TCP reset."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send one byte after the other for ever."""
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.02)


async def flood(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send as fast as the peer takes it, for ever."""
    while True:
        writer.write(b"." * 65_536)
        await writer.drain()


async def alert(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a TLS handshake with the alert "handshake failure"."""
    await reader.read(1)
    writer.write(bytes.fromhex("15 0303 0002 02 28"))
    await reader.read()


@contextmanager
def refusing_port(host: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """Hold a port on which every connection is refused."""
    with socket.socket() as sock:
        sock.bind((host, port))
        yield sock.getsockname()[1]


@contextmanager
def black_hole(host: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """Hold a port that never answers: its queue of one is full, so Linux drops what comes."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener, socket.socket(family) as first, socket.socket(family) as second:
        listener.bind((host, port))
        listener.listen(0)
        address = listener.getsockname()
        first.connect(address)
        second.setblocking(False)
        second.connect_ex(address)
        yield address[1]
