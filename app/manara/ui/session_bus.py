"""A connection to the desktop's message bus (D-Bus) on the GUI thread, on which nothing ever waits.

jeepney speaks the protocol, Qt moves the bytes. A bus that is not there, hangs or goes away is a lost connection and
never an exception.
"""

import struct
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from jeepney import HeaderFields, Message, MessageType, Parser, message_bus
from jeepney.auth import BEGIN, AuthenticationError, Authenticator
from jeepney.bus import get_connectable_addresses
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalSocket

OPEN_WITHIN_MS = 5000
ANSWER_WITHIN_MS = 10_000
_LARGEST = 1_000_000
"""More than this waits for one of the two sides only when something is wrong."""

Body: TypeAlias = tuple[Any, ...]
Done: TypeAlias = Callable[[Body | None], object]
"""Is told the answer; None if there is none: an error, silence, a lost connection."""


class _State(Enum):
    CLOSED = "closed"
    OPENING = "opening"
    OPEN = "open"


class SessionBus(QObject):
    """The connection: closed until `open` is called, and again when it is lost."""

    opened = Signal()
    lost = Signal()
    """The connection could not be made, or is gone."""
    signalled = Signal(object)
    """A signal of the bus that was subscribed to: a `Message`."""

    def __init__(
        self,
        address: str,
        parent: QObject | None = None,
        *,
        open_within_ms: int = OPEN_WITHIN_MS,
        answer_within_ms: int = ANSWER_WITHIN_MS,
    ) -> None:
        super().__init__(parent)
        self._address = address
        self._answer_within_ms = answer_within_ms
        self._state = _State.CLOSED
        self._authenticator = Authenticator()
        self._parser = Parser()
        self._serials = count(1)
        self._calls: dict[int, Done] = {}
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._authenticate)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self._lose)
        self._socket.errorOccurred.connect(self._lose)
        self._patience = QTimer(self, singleShot=True, interval=open_within_ms)
        self._patience.timeout.connect(self._lose)

    @property
    def is_open(self) -> bool:
        """Whether calls can be made."""
        return self._state is _State.OPEN

    def open(self) -> None:
        """Connect if it is not connected; `opened` or `lost` follows, perhaps before this returns."""
        if self._state is not _State.CLOSED:
            return
        self._state = _State.OPENING
        self._authenticator, self._parser = Authenticator(), Parser()
        path = _socket_path(self._address)
        if not path:
            self._lose()
            return
        self._patience.start()
        abstract = path.startswith("\0")
        option = QLocalSocket.SocketOption
        self._socket.setSocketOptions(option.AbstractNamespaceOption if abstract else option.NoOptions)
        self._socket.connectToServer(path.removeprefix("\0"))

    def call(self, message: Message, done: Done, within_ms: int | None = None) -> None:
        """Call a method; only while it is open."""
        serial = next(self._serials)
        self._calls[serial] = done
        self._send(message.serialise(serial))
        QTimer.singleShot(within_ms or self._answer_within_ms, self, partial(self._settle, serial, None))

    def close(self) -> None:
        """Hang up; whoever waits for an answer is told that there is none."""
        self._patience.stop()
        if self._state is not _State.CLOSED:
            self._state = _State.CLOSED
            self._socket.abort()
        for serial in tuple(self._calls):
            self._settle(serial, None)

    @Slot()
    def _authenticate(self) -> None:
        self._socket.write(self._authenticator.data_to_send())

    @Slot()
    def _lose(self) -> None:
        if self._state is not _State.CLOSED:
            self.close()
            self.lost.emit()

    @Slot()
    def _read(self) -> None:
        try:
            data = bytes(self._socket.readAll().data())
            if not self._authenticator.authenticated:
                self._hear_out(data)
            else:
                self._take(data)
        except (AuthenticationError, ValueError, LookupError, TypeError, struct.error):
            # What is no D-Bus is no bus.
            self._lose()

    def _hear_out(self, data: bytes) -> None:
        self._authenticator.feed(data)
        if self._authenticator.authenticated:
            self._socket.write(BEGIN)
            self.call(message_bus.Hello(), self._welcome)

    def _welcome(self, name: Body | None) -> None:
        if name is None:
            self._lose()
        else:
            self._patience.stop()
            self._state = _State.OPEN
            self.opened.emit()

    def _take(self, data: bytes) -> None:
        messages = self._parser.feed(data)
        if self._parser.buf.bytes_buffered > _LARGEST:
            self._lose()
        for message in messages:
            kind = message.header.message_type
            if kind is MessageType.signal:
                self.signalled.emit(message)
            else:
                # Calls have no such number; nothing can be asked of us.
                serial = message.header.fields.get(HeaderFields.reply_serial)
                self._settle(serial, message.body if kind is MessageType.method_return else None)

    def _settle(self, serial: int | None, body: Body | None) -> None:
        done = None if serial is None else self._calls.pop(serial, None)
        if done is not None:
            done(body)

    def _send(self, data: bytes) -> None:
        self._socket.write(data)
        if self._socket.bytesToWrite() > _LARGEST:
            self._lose()


def bus_address(environment: Mapping[str, str]) -> str:
    """Return where the session bus is; empty if there is none."""
    told = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if told:
        return told
    # Where systemd puts it; the variable may be missing in what a desktop starts.
    usual = Path(environment.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
    return f"unix:path={usual}" if usual.exists() else ""


def _socket_path(address: str) -> str:
    try:
        return str(next(get_connectable_addresses(address)))
    except (ValueError, LookupError, RuntimeError):
        return ""
