"""An X server as far as its door: it looks at the cookie of who comes, and the file in which a user keeps cookies."""

import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

MAGIC = b"MIT-MAGIC-COOKIE-1"
INTERNET, LOCAL, WILD = 0, 256, 65535


def own_name() -> bytes:
    """The name under which this machine stands in the file."""
    return os.fsencode(socket.gethostname())


def entry(family: int, *fields: bytes) -> bytes:
    """One entry of the file: family, address, number, name, secret."""
    return struct.pack(">H", family) + b"".join(struct.pack(">H", len(field)) + field for field in fields)


@contextmanager
def listening(path: str) -> Iterator[None]:
    """A socket that takes connections and says nothing."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        yield


class XServer:
    """Lets in who has its cookie, or everybody if it has none; or answers in its own way."""

    def __init__(
        self,
        where: str | tuple[str, int],
        cookie: bytes = b"",
        reason: bytes = b"Authorization required\n",
        answer: bytes | None = None,
    ) -> None:
        self._cookie = cookie
        self._reason = reason
        self._answer = answer
        self.clients = 0
        """How many are connected that were let in."""
        self._server = socket.create_server(where) if isinstance(where, tuple) else socket.socket(socket.AF_UNIX)
        if isinstance(where, str):
            self._server.bind(where)
            self._server.listen()
        self._thread = threading.Thread(target=self._serve, name="fake-x-server")

    @property
    def port(self) -> int:
        """Where it listens on the network."""
        port: int = self._server.getsockname()[1]
        return port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._server.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                with client:
                    self._welcome(client)

    def _welcome(self, client: socket.socket) -> None:
        begin = client.recv(12, socket.MSG_WAITALL)
        if len(begin) < 12:
            return
        order, major, minor, name_length, secret_length = struct.unpack("<cxHHHHxx", begin)
        assert (order, major, minor) == (b"l", 11, 0)
        name, secret = (
            client.recv(length + -length % 4, socket.MSG_WAITALL)[:length] for length in (name_length, secret_length)
        )
        if self._answer is not None:
            client.sendall(self._answer.ljust(8, b"\0") if self._answer else b"")
        elif self._cookie and (name, secret) != (MAGIC, self._cookie):
            client.sendall(struct.pack("<BBHHH", 0, len(self._reason), 11, 0, 0) + self._reason)
        else:
            client.sendall(struct.pack("<BxHHH", 1, 11, 0, 0))
            self.clients += 1
            client.recv(1)
            self.clients -= 1
