"""Keyrings: one in memory, and the real daemon of GNOME on a bus of its own, which needs no screen."""

import gc
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import keyring
import pytest
from jeepney import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from keyring.backends import fail

from desktop.processes import end
from fakes.notifications import message_bus_in
from fakes.waiting import eventually


class FakeRing:
    """A keyring in memory; each answer can be held back, and be an error."""

    name = "Fake Keyring"

    def __init__(self, **secrets: str) -> None:
        self.secrets = dict(secrets)
        self.reads = 0
        self.forgetful = False
        """Whether it takes what it is given and keeps nothing."""
        self.error: Exception | None = None
        self.open = threading.Event()
        """While this is not set, it waits for somebody to unlock it."""
        self.open.set()

    def read(self, name: str) -> str | None:
        self.reads += 1
        self._think()
        return self.secrets.get(name)

    def write(self, name: str, secret: str) -> None:
        self._think()
        if not self.forgetful:
            self.secrets[name] = secret

    def delete(self, name: str) -> None:
        self._think()
        del self.secrets[name]

    def _think(self) -> None:
        self.open.wait()
        if self.error is not None:
            raise self.error


def surroundings_of_keyring(folder: Path, bus: str) -> dict[str, str]:
    """Return the environment of somebody whose keyring is in a folder and whose desktop has a bus, but no screen."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }


@contextmanager
def on_a_bus_without_keyring(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Put the tests' own process on a bus of its own, on which no keyring runs yet; its environment."""
    before = keyring.get_keyring()
    with message_bus_in(folder) as address:
        surroundings = surroundings_of_keyring(folder, address)
        for name, value in surroundings.items():
            monkeypatch.setenv(name, value)
        # As the library is when nothing has been found yet.
        keyring.set_keyring(fail.Keyring())
        yield surroundings
    keyring.set_keyring(before)
    # With its bus, the question that nobody answered ends.
    eventually(lambda: all(thread.name != "manara-keyring" for thread in threading.enumerate()))
    gc.collect()


@contextmanager
def keyring_daemon(environment: Mapping[str, str], password: str = "") -> Iterator[None]:
    """Run GNOME's keyring until the end of the block; without its password it is locked, or not there yet."""
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if password else [])]
    daemon = subprocess.Popen(
        command, env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(password.encode())
        daemon.stdin.close()
        with open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            eventually(lambda: _owned(connection, "org.freedesktop.secrets"))
        yield
    finally:
        end(daemon)


@contextmanager
def prompter_that_waits(bus: str) -> Iterator[None]:
    """Be the program that asks for the password of a keyring, and never get one, as when nobody is there."""
    with open_dbus_connection(bus) as connection:
        connection.send_and_get_reply(message_bus.RequestName("org.gnome.keyring.SystemPrompter"), timeout=10)
        yield


def _owned(connection: DBusConnection, name: str) -> bool:
    with suppress(TimeoutError):
        return bool(connection.send_and_get_reply(message_bus.NameHasOwner(name), timeout=10).body[0])
    return False
