"""A web server in a process of its own, as light as can be, so that only the client is measured."""

import asyncio
import multiprocessing
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 11\r\n\r\nhello world"


@dataclass(frozen=True, slots=True)
class Served:
    """Where the server answers, and the authority that its certificate is from."""

    http_port: int
    https_port: int
    ca_file: Path


@contextmanager
def serving() -> Iterator[Served]:
    """Serve by HTTP and HTTPS on 127.0.0.1 until the end of the block."""
    with TemporaryDirectory() as folder:
        authority = trustme.CA()
        ca_file = Path(folder) / "ca.pem"
        authority.cert_pem.write_to_path(ca_file)
        certificate = Path(folder) / "server.pem"
        authority.issue_cert("127.0.0.1", "localhost", "bench.example").private_key_and_cert_chain_pem.write_to_path(
            certificate
        )
        here, there = multiprocessing.Pipe()
        # A fresh process: a forked one would share the measured one's memory.
        process = multiprocessing.get_context("spawn").Process(target=_run, args=(certificate, there), daemon=True)
        process.start()
        try:
            http_port, https_port = here.recv()
            yield Served(http_port, https_port, ca_file)
        finally:
            here.send("stop")
            process.join(timeout=5)


def _run(certificate: Path, control: Connection) -> None:
    asyncio.run(_serve(certificate, control))


async def _serve(certificate: Path, control: Connection) -> None:
    loop = asyncio.get_running_loop()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    plain = await loop.create_server(_Answering, "127.0.0.1", 0, backlog=1000)
    secure = await loop.create_server(_Answering, "127.0.0.1", 0, ssl=context, backlog=1000)
    control.send([server.sockets[0].getsockname()[1] for server in (plain, secure)])
    stopped = asyncio.Event()
    loop.add_reader(control.fileno(), stopped.set)
    await stopped.wait()


class _Answering(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._seen = b""

    def data_received(self, data: bytes) -> None:
        self._seen += data
        if b"\r\n\r\n" in self._seen and isinstance(self._transport, asyncio.WriteTransport):
            self._transport.write(_ANSWER)
            self._transport.close()
