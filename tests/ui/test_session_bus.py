import socket
import threading
from contextlib import suppress

import pytest
from jeepney import message_bus
from PySide6.QtCore import QTimer

from fakes.notifications import message_bus_in
from manara.ui.session_bus import SessionBus, bus_address


@pytest.fixture
def address(tmp_path):
    with message_bus_in(tmp_path) as made:
        yield made


@pytest.fixture
def connect(qtbot):
    buses = []

    def make(address, **limits):
        bus = SessionBus(address, **limits)
        buses.append(bus)
        return bus

    yield make
    for bus in buses:
        bus.close()


class Impostor:
    """Listens where a bus should be, and says what the test wants."""

    def __init__(self, path):
        self.address = f"unix:path={path}"
        self.heard = b""
        self._talking = None
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen()
        self._thread = threading.Thread(target=self._hear)
        self._thread.start()

    def say(self, saying):
        with suppress(OSError):
            self._talking.sendall(saying)

    def stop(self):
        # Wakes the thread wherever it waits.
        self._listening.shutdown(socket.SHUT_RDWR)
        if self._talking is not None:
            with suppress(OSError):
                self._talking.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._listening.close()

    def _hear(self):
        with suppress(OSError):
            self._talking, _ = self._listening.accept()
            with self._talking:
                while heard := self._talking.recv(4096):
                    self.heard += heard


@pytest.fixture
def impostor(tmp_path):
    made = Impostor(tmp_path / "impostor")
    yield made
    made.stop()


def test_a_bus_is_opened_and_answers(connect, address, qtbot):
    bus = connect(address)
    with qtbot.waitSignal(bus.opened):
        bus.open()
    bus.open()
    answers = []

    bus.call(message_bus.GetId(), answers.append)
    bus.call(message_bus.GetNameOwner("org.example.Nobody"), answers.append)

    qtbot.waitUntil(lambda: len(answers) == 2)
    assert bus.is_open
    assert answers[1] is None
    ((identity,),) = answers[:1]
    assert len(identity) == 32


def test_an_abstract_address_is_understood(connect, qtbot):
    bus = connect("unix:abstract=/nobody/listens/here")

    with qtbot.waitSignal(bus.lost):
        bus.open()


@pytest.mark.parametrize(
    "address", ["", "nonsense", "tcp:host=localhost,port=1", "unix:path=/nonexistent/bus", "unix:"]
)
def test_no_bus_is_a_lost_connection(connect, qtbot, address):
    bus = connect(address)

    with qtbot.waitSignal(bus.lost):
        bus.open()

    assert not bus.is_open


def test_a_bus_that_goes_away_leaves_no_question_open(connect, tmp_path, qtbot):
    answers = []
    with message_bus_in(tmp_path) as address:
        bus = connect(address)
        with qtbot.waitSignal(bus.opened):
            bus.open()
        bus.call(message_bus.Hello(), answers.append)
        bus.call(message_bus.GetId(), answers.append)

    qtbot.waitUntil(lambda: not bus.is_open)
    assert len(answers) == 2


def test_after_a_loss_it_can_be_opened_again(connect, tmp_path, qtbot):
    bus = connect(f"unix:path={tmp_path}/bus")
    with qtbot.waitSignal(bus.lost):
        bus.open()

    with message_bus_in(tmp_path), qtbot.waitSignal(bus.opened):
        bus.open()


def begin(bus, impostor, qtbot, *, until=b"AUTH"):
    """Let the conversation come so far."""
    bus.open()
    if until != b"AUTH":
        qtbot.waitUntil(lambda: b"AUTH" in impostor.heard)
        impostor.say(b"OK 1234\r\n")
    qtbot.waitUntil(lambda: until in impostor.heard)


def test_a_bus_that_says_nothing_is_given_up(connect, impostor, qtbot):
    bus = connect(impostor.address, open_within_ms=50)

    with qtbot.waitSignal(bus.lost):
        bus.open()


@pytest.mark.parametrize("answer", [b"REJECTED ANONYMOUS\r\n", b"x" * 10_000, b"OK 1234\r\nand more"])
def test_a_bus_that_does_not_let_us_in_is_given_up(connect, impostor, qtbot, answer):
    bus = connect(impostor.address)
    begin(bus, impostor, qtbot)

    with qtbot.waitSignal(bus.lost):
        impostor.say(answer)


@pytest.mark.parametrize("answer", [b"this is no message of a bus", b"l" + b"\x00" * 40])
def test_a_bus_that_speaks_another_language_is_given_up(connect, impostor, qtbot, answer):
    bus = connect(impostor.address)
    begin(bus, impostor, qtbot, until=b"Hello")

    with qtbot.waitSignal(bus.lost):
        impostor.say(answer)


def test_a_bus_that_sends_without_end_is_given_up(connect, impostor, qtbot):
    # A header that announces 16 MB, and the first of them.
    header = b"l\x04\x00\x01" + (16_000_000).to_bytes(4, "little") + b"\x01\x00\x00\x00\x00\x00\x00\x00"
    bus = connect(impostor.address)
    begin(bus, impostor, qtbot, until=b"Hello")
    flood = threading.Thread(target=impostor.say, args=(header + b"\x00" * 2_000_000,))

    with qtbot.waitSignal(bus.lost):
        flood.start()

    flood.join()


def test_a_greeting_that_is_not_returned_is_a_lost_connection(connect, impostor, qtbot):
    bus = connect(impostor.address, answer_within_ms=50)
    lost = []
    bus.lost.connect(lambda: lost.append(True))

    begin(bus, impostor, qtbot, until=b"Hello")

    qtbot.waitUntil(lambda: lost == [True])


def test_a_word_in_two_parts_is_understood(connect, impostor, qtbot):
    bus = connect(impostor.address)
    begin(bus, impostor, qtbot)

    impostor.say(b"OK 12")
    qtbot.waitUntil(lambda: bus._authenticator.buffer == b"OK 12")
    impostor.say(b"34\r\n")

    qtbot.waitUntil(lambda: b"Hello" in impostor.heard)


def test_an_answer_that_came_in_time_counts_once(connect, address, qtbot):
    bus = connect(address)
    with qtbot.waitSignal(bus.opened):
        bus.open()
    answers = []
    over = []

    bus.call(message_bus.GetId(), answers.append, 100)
    QTimer.singleShot(150, lambda: over.append(True))

    qtbot.waitUntil(lambda: over == [True])
    assert len(answers) == 1


def test_a_bus_that_takes_nothing_is_given_up(connect, address, qtbot):
    bus = connect(address)
    with qtbot.waitSignal(bus.opened):
        bus.open()
    answers = []

    bus.call(message_bus.GetNameOwner("x" * 3_000_000), answers.append)

    assert answers == [None]
    assert not bus.is_open


def test_the_address_is_told_by_the_environment_or_usual(tmp_path):
    folder = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert bus_address({}) == ""
    assert bus_address(folder) == ""
    (tmp_path / "bus").touch()

    assert bus_address(folder) == f"unix:path={tmp_path}/bus"
    assert bus_address({**folder, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}) == "unix:path=/x"
