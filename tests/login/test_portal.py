"""The portal of Flatpak: a real bus, and on it a portal that does what the test wants. No Flatpak is needed."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_error, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection

from fakes.notifications import message_bus_in
from manara.login import LoginNotChanged, LoginTrouble
from manara.login.portal import BackgroundPortal
from manara.login.program import Program
from manara.login.state import DISABLED, ENABLED

NAME = "org.freedesktop.portal.Desktop"


class FakePortal:
    """Grants what is asked for, unless the test wants otherwise."""

    def __init__(self, address: str) -> None:
        self.asked: list[dict[str, Any]] = []
        self.code = 0
        """What the user chose: 0 yes, 1 no."""
        self.grants: bool | None = None
        """What it grants whatever was asked for; None: what was asked for."""
        self.answers = True
        """Whether it ever answers."""
        self.refuses = False
        """Whether the call itself is an error."""
        self._orders: SimpleQueue[None] = SimpleQueue()
        self._connection = open_dbus_connection(address)
        self._connection.send_and_get_reply(message_bus.RequestName(NAME), timeout=10)
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        self._orders.put(None)
        self._thread.join()
        self._connection.close()

    def _serve(self) -> None:
        while True:
            try:
                self._orders.get_nowait()
            except Empty:
                pass
            else:
                return
            try:
                message = self._connection.receive(timeout=0.02)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, call: Any) -> None:
        if self.refuses:
            self._connection.send(new_error(call, "org.freedesktop.portal.Error.NotAllowed", "s", ("no",)))
            return
        _window, options = call.body
        self.asked.append({name: value for name, (_kind, value) in options.items()})
        sender = call.header.fields[HeaderFields.sender].removeprefix(":").replace(".", "_")
        path = f"/org/freedesktop/portal/desktop/request/{sender}/{self.asked[-1]['handle_token']}"
        if self.answers:
            granted = self.asked[-1]["autostart"] if self.grants is None else self.grants
            request = DBusAddress(path, interface="org.freedesktop.portal.Request")
            # Before the answer to the call, as it may be.
            body = (self.code, {"background": ("b", True), "autostart": ("b", granted)})
            self._connection.send(new_signal(request, "Response", "ua{sv}", body))
        self._connection.send(new_method_return(call, "o", (path,)))


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with message_bus_in(tmp_path) as made:
        yield made


@pytest.fixture
def fake(address: str) -> Iterator[FakePortal]:
    made = FakePortal(address)
    yield made
    made.stop()


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """Where the last answer is kept."""
    return tmp_path / "state" / "start-at-login"


@pytest.fixture
def portal(fake: FakePortal, address: str, answer: Path) -> BackgroundPortal:
    return BackgroundPortal(Program(("/app/bin/manara",)), address, answer)


def trouble_of_setting(portal: BackgroundPortal) -> LoginTrouble:
    with pytest.raises(LoginNotChanged) as raised:
        portal.set(True)
    return raised.value.trouble


def test_the_portal_is_asked_to_start_the_program_in_the_background(portal: BackgroundPortal, fake: FakePortal) -> None:
    portal.set(True)

    assert portal.state() == ENABLED
    assert fake.asked[0]["autostart"] is True
    assert fake.asked[0]["commandline"] == ["manara", "--background"]
    assert fake.asked[0]["reason"]


def test_what_was_granted_is_known_after_the_next_start(
    portal: BackgroundPortal, fake: FakePortal, address: str, answer: Path
) -> None:
    before = portal.state()
    portal.set(True)
    later = BackgroundPortal(Program(("/app/bin/manara",)), address, answer)
    on = later.state()
    later.set(False)

    assert (before, on, later.state()) == (DISABLED, ENABLED, DISABLED)
    assert stat.S_IMODE(answer.stat().st_mode) == 0o600


def test_a_user_who_says_no_is_heard(portal: BackgroundPortal, fake: FakePortal) -> None:
    fake.code = 1

    assert trouble_of_setting(portal) is LoginTrouble.DECLINED
    assert portal.state() == DISABLED


def test_a_desktop_that_does_not_grant_it_is_believed(portal: BackgroundPortal, fake: FakePortal) -> None:
    fake.grants = False

    assert trouble_of_setting(portal) is LoginTrouble.DECLINED
    assert portal.state() == DISABLED


def test_a_desktop_that_never_answers_is_given_up(fake: FakePortal, address: str, answer: Path) -> None:
    fake.answers = False

    assert trouble_of_setting(BackgroundPortal(Program(()), address, answer, within_s=0.1)) is LoginTrouble.NO_ANSWER
    assert not answer.exists()


def test_a_portal_that_refuses_the_call_is_none(portal: BackgroundPortal, fake: FakePortal) -> None:
    fake.refuses = True

    assert trouble_of_setting(portal) is LoginTrouble.NO_ANSWER


def test_a_bus_without_a_portal_is_told(address: str, answer: Path) -> None:
    assert trouble_of_setting(BackgroundPortal(Program(()), address, answer)) is LoginTrouble.NO_ANSWER


@pytest.mark.parametrize("address", ["", "nonsense", "unix:path=/nonexistent", "tcp:host=localhost", "unix:x"])
def test_what_is_no_bus_is_told(address: str, answer: Path) -> None:
    assert trouble_of_setting(BackgroundPortal(Program(()), address, answer)) is LoginTrouble.NO_ANSWER
