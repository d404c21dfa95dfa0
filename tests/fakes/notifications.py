"""A message bus of the test's own, and a notification server on it that does what the test wants."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.freedesktop.Notifications"
_OBJECT = DBusAddress("/org/freedesktop/Notifications", NAME, NAME)

# No folders of services: nothing that is installed on this machine is started.
_CONFIGURATION = """<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>"""


@contextmanager
def message_bus_in(folder: Path) -> Iterator[str]:
    """A bus that runs until the end of the block; its address."""
    path = folder / "bus"
    configuration = folder / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(path=path))
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        try:
            yield address
        finally:
            daemon.terminate()


class FakeServer:
    """Shows nothing, but keeps what it is told."""

    def __init__(self, address: str, *capabilities: str) -> None:
        self._capabilities = list(capabilities)
        self.notified: list[tuple[Any, ...]] = []
        self.closed: list[int] = []
        self.numbers: list[int] = []
        """The number that was given to each."""
        self.silent = False
        """Whether it hangs: it answers nothing."""
        self.free = threading.Event()
        """While this is not set, it thinks about a bubble."""
        self.free.set()
        self.refuses = False
        self.replaces = True
        """Whether it can put a bubble in the place of another."""
        self.mumbles = False
        """Whether its answers make no sense."""
        self._next = 1
        self._orders: SimpleQueue[Message | None] = SimpleQueue()
        self._connection: DBusConnection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME))
        self._thread = threading.Thread(target=self._serve, name="fake-notification-server", daemon=True)
        self._thread.start()

    def act(self, shown: int, key: str, token: str = "") -> None:
        """The user clicks."""
        if token:
            self._orders.put(new_signal(_OBJECT, "ActivationToken", "us", (shown, token)))
        self._orders.put(new_signal(_OBJECT, "ActionInvoked", "us", (shown, key)))

    def expire(self, shown: int) -> None:
        """A bubble goes away by itself."""
        self.tell("NotificationClosed", "uu", (shown, 1))

    def tell(self, signal: str, signature: str, body: tuple[Any, ...]) -> None:
        """Emit a signal."""
        self._orders.put(new_signal(_OBJECT, signal, signature, body))

    def stop(self) -> None:
        """Go away, as a server that crashes."""
        self._orders.put(None)
        self._thread.join(10)

    def _serve(self) -> None:
        with self._connection as connection:
            while True:
                try:
                    order = self._orders.get_nowait()
                    if order is None:
                        return
                    connection.send(order)
                except Empty:
                    pass
                try:
                    message = connection.receive(timeout=0.01)
                except TimeoutError:
                    continue
                except OSError:
                    return
                if message.header.message_type is MessageType.method_call:
                    self._answer(connection, message)

    def _answer(self, connection: DBusConnection, message: Message) -> None:
        if self.silent:
            return
        if self.refuses:
            connection.send(new_error(message, "org.example.Error", "s", ("no",)))
            return
        match message.header.fields[HeaderFields.member]:
            case "GetCapabilities" if self.mumbles:
                connection.send(new_method_return(message, "s", ("mumble",)))
            case "GetCapabilities":
                connection.send(new_method_return(message, "as", (self._capabilities,)))
            case "GetServerInformation" if self.mumbles:
                connection.send(new_method_return(message, "s", ("mumble",)))
            case "GetServerInformation":
                connection.send(new_method_return(message, "ssss", ("fake", "tests", "1.2", "1.2")))
            case "Notify":
                self.free.wait(10)
                self.notified.append(message.body)
                number = (self.replaces and message.body[1]) or self._next
                self._next = max(self._next, number + 1)
                self.numbers.append(number)
                connection.send(new_method_return(message, "u", (number,)))
            case "CloseNotification":
                self.closed += message.body
                connection.send(new_method_return(message))
