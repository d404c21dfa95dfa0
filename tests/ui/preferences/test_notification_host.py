import pytest

from fakes.notifications import FakeServer, message_bus_in
from manara.ui.preferences.notification_host import NotificationHost
from manara.ui.session_bus import SessionBus


@pytest.fixture
def address(tmp_path):
    with message_bus_in(tmp_path) as made:
        yield made


@pytest.fixture
def host(address, qtbot):
    made = NotificationHost(SessionBus(address, answer_within_ms=2000))
    yield made
    made.close()


@pytest.fixture
def server(address):
    made = FakeServer(address)
    yield made
    made.stop()


def test_the_server_is_named_with_its_version(host, server, qtbot):
    first, again = host.ask(), host.ask()
    qtbot.waitUntil(first.done)
    qtbot.waitUntil(again.done)

    assert first.result() == again.result() == "fake 1.2"
    later = host.ask()
    qtbot.waitUntil(later.done)
    assert later.result() == "fake 1.2"


def test_no_server_and_one_that_mumbles_are_none(host, server, qtbot):
    server.mumbles = True

    answer = host.ask()
    qtbot.waitUntil(answer.done)

    with pytest.raises(OSError, match="no notification server"):
        answer.result()


def test_no_bus_is_no_server(qtbot, tmp_path):
    host = NotificationHost(SessionBus(f"unix:path={tmp_path}/none"))

    answer = host.ask()
    qtbot.waitUntil(answer.done)

    assert isinstance(answer.exception(), OSError)


def test_a_question_that_nobody_waits_for_is_dropped(host):
    answer = host.ask()
    answer.cancel()

    host.close()

    assert answer.cancelled()
