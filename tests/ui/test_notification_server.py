import pytest
from PySide6.QtCore import QTimer

from fakes.notifications import FakeServer, message_bus_in
from manara.ui.bubble import DEFAULT_ACTION, Bubble
from manara.ui.notification_server import MOST_WAITING, NotificationServer
from manara.ui.session_bus import SessionBus

BUBBLE = Bubble("A < B is down", "Why: 1 < 2 & 3", category="network.error", actions=((DEFAULT_ACTION, "Open"),))


@pytest.fixture
def address(tmp_path):
    with message_bus_in(tmp_path) as made:
        yield made


@pytest.fixture
def start(address):
    """Start a notification server on the bus."""
    servers = []

    def make(*capabilities):
        servers.append(FakeServer(address, *capabilities))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


@pytest.fixture
def shower(address, qtbot):
    bus = SessionBus(address, answer_within_ms=300)
    made = NotificationServer(bus, "manara", "Manara", capabilities_within_ms=200)
    made.failures = []
    made.answers = []
    made.failed.connect(lambda *failure: made.failures.append(failure))
    made.invoked.connect(lambda *answer: made.answers.append(answer))
    yield made
    made.close()


def told(qtbot, server, count=1):
    """What the server is told, once it was told so much."""
    qtbot.waitUntil(lambda: len(server.notified) >= count)
    return server.notified


def shown(qtbot, shower, number):
    """The number that the server gave to a bubble."""
    qtbot.waitUntil(lambda: number in shower._shown)
    return shower._shown[number]


def test_a_bubble_is_shown_with_everything_that_desktops_ask_for(start, shower, qtbot):
    server = start("actions", "body", "body-markup")

    shower.show(7, BUBBLE)

    ((program, replaces, icon, title, text, actions, hints, timeout),) = told(qtbot, server)
    assert (program, replaces, icon, timeout) == ("Manara", 0, "manara", -1)
    assert (title, text) == ("A < B is down", "Why: 1 &lt; 2 &amp; 3")
    assert actions == ["default", "Open"]
    assert hints == {"urgency": ("y", 1), "desktop-entry": ("s", "manara"), "category": ("s", "network.error")}


def test_a_server_that_can_do_little_is_asked_for_little(start, shower, qtbot):
    server = start()

    shower.show(7, Bubble("Title", "1 < 2", quiet=True, actions=BUBBLE.actions))

    ((_, _, _, _, text, actions, hints, _),) = told(qtbot, server)
    assert (text, actions) == ("1 < 2", [])
    assert hints == {"urgency": ("y", 0), "desktop-entry": ("s", "manara")}


def test_a_bubble_takes_the_place_of_the_one_before(start, shower, qtbot):
    server = start()
    shower.show(7, BUBBLE)
    first = shown(qtbot, shower, 7)
    shower.show(8, BUBBLE)
    shown(qtbot, shower, 8)

    shower.show(7, BUBBLE)

    assert [each[1] for each in told(qtbot, server, 3)] == [0, 0, first]


def test_a_server_that_shows_it_beside_the_one_before_is_asked_to_close_that(start, shower, qtbot):
    server = start()
    server.replaces = False
    shower.show(7, BUBBLE)
    shown(qtbot, shower, 7)
    shower.show(7, BUBBLE)

    qtbot.waitUntil(lambda: server.closed == [1])
    assert shower._shown == {7: 2}


def test_of_bubbles_that_come_before_the_first_was_answered_the_last_takes_its_place(start, shower, qtbot):
    server = start()
    for title in ("a", "b", "c"):
        shower.show(7, Bubble(title, ""))

    server.free.clear()
    qtbot.waitUntil(lambda: 7 in shower._unanswered)
    for title in ("d", "e", "f"):
        shower.show(7, Bubble(title, ""))
    server.free.set()

    assert [each[3] for each in told(qtbot, server, 2)] == ["c", "f"]
    assert server.numbers == [1, 1]


def test_a_bubble_waits_to_know_what_the_server_can_do(start, shower, qtbot):
    server = start("actions")
    shower._bus.opened.connect(lambda: shower.show(8, BUBBLE))

    shower.show(7, BUBBLE)

    assert [each[5] for each in told(qtbot, server, 2)] == [["default", "Open"]] * 2


def test_one_that_is_gone_is_not_replaced(start, shower, qtbot):
    server = start()
    shower.show(7, BUBBLE)
    server.expire(shown(qtbot, shower, 7))
    qtbot.waitUntil(lambda: not shower._shown)

    shower.show(7, BUBBLE)

    assert told(qtbot, server, 2)[1][1] == 0


def test_what_only_says_more_is_shown_without_a_sound_while_the_bubble_is_there(start, shower, qtbot):
    server = start()
    more = Bubble("More", "", quiet=True, update=True)
    shower.show(7, BUBBLE)
    first = shown(qtbot, shower, 7)

    shower.show(7, more)

    told(qtbot, server, 2)
    assert server.notified[1][1] == first
    assert server.notified[1][6]["suppress-sound"] == ("b", True)
    qtbot.waitUntil(lambda: not shower._unanswered)
    server.expire(first)
    qtbot.waitUntil(lambda: not shower._shown)
    shower.show(7, more)
    shower.show(8, BUBBLE)
    shower.show(7, BUBBLE)
    assert [each[3] for each in told(qtbot, server, 4)[2:]] == [BUBBLE.title] * 2


def test_what_says_more_of_a_bubble_that_waits_is_as_loud_as_that(start, shower, qtbot):
    server = start()
    shower.show(7, BUBBLE)
    shower.show(7, Bubble("More", "", quiet=True, update=True))

    assert [(each[3], each[6]["urgency"]) for each in told(qtbot, server)] == [("More", ("y", 1))]


def test_a_bubble_can_be_withdrawn_before_while_and_after_it_is_shown(start, shower, qtbot):
    server = start()
    shower.show(6, BUBBLE)
    shower.withdraw(6)
    server.free.clear()
    shower.show(7, BUBBLE)
    qtbot.waitUntil(lambda: 7 in shower._unanswered)
    shower.withdraw(7)
    server.free.set()
    qtbot.waitUntil(lambda: server.closed == [1])
    shower.show(8, BUBBLE)
    shown(qtbot, shower, 8)
    shower.withdraw(8)
    shower.withdraw(8)

    qtbot.waitUntil(lambda: server.closed == [1, 2])
    assert len(server.notified) == 2
    assert shower.failures == []


def test_a_click_is_passed_on_with_the_right_to_raise_a_window(start, shower, qtbot):
    server = start("actions")
    shower.show(7, BUBBLE)
    number = shown(qtbot, shower, 7)

    server.act(number, "default", token="secret-1")
    server.act(number, "acknowledge")

    qtbot.waitUntil(lambda: len(shower.answers) == 2)
    assert shower.answers == [(7, "default", "secret-1"), (7, "acknowledge", "")]


def test_what_others_show_and_what_makes_no_sense_is_left_alone(start, shower, qtbot):
    server = start("actions")
    shower.show(7, BUBBLE)
    number = shown(qtbot, shower, 7)

    server.act(number + 1, "default", token="not-ours")
    server.expire(number + 1)
    server.tell("ActionInvoked", "s", ("default",))
    server.tell("SomethingNew", "u", (number,))
    server.act(number, "default")

    qtbot.waitUntil(lambda: bool(shower.answers))
    assert shower.answers == [(7, "default", "")]
    assert shower._shown == {7: number}
    assert shower._tokens == {}


def test_a_server_that_hangs_holds_nothing_up_and_the_bubble_fails_in_the_end(start, shower, qtbot):
    server = start("actions")
    server.silent = True
    beats = []
    heart = QTimer(interval=0)
    heart.timeout.connect(lambda: beats.append(True))
    heart.start()

    shower.show(7, BUBBLE)

    qtbot.waitUntil(lambda: shower.failures == [(7, BUBBLE)])
    assert len(beats) > 10


def test_when_it_has_come_to_itself_it_is_used_again(start, shower, qtbot):
    server = start()
    server.silent = True
    shower.show(7, BUBBLE)
    qtbot.waitUntil(lambda: shower.failures == [(7, BUBBLE)])
    server.silent = False

    shower.show(8, BUBBLE)

    assert len(told(qtbot, server)) == 1


def test_a_server_that_refuses_fails_the_bubble_at_once(start, shower, qtbot):
    server = start()
    server.refuses = True

    with qtbot.waitSignal(shower.failed):
        shower.show(7, BUBBLE)


def test_a_bubble_that_is_withdrawn_while_it_fails_is_not_told_as_failed(start, shower, qtbot):
    server = start()
    server.silent = True
    shower.show(7, BUBBLE)
    qtbot.waitUntil(lambda: 7 in shower._unanswered)
    shower.withdraw(7)

    qtbot.waitUntil(lambda: not shower._unanswered)
    assert shower.failures == []
    assert shower._unwanted == set()


def test_a_server_whose_answers_make_no_sense_gets_plain_text(start, shower, qtbot):
    server = start("actions")
    server.mumbles = True

    shower.show(7, BUBBLE)

    assert told(qtbot, server)[0][5] == []


def test_without_a_server_the_bubble_fails(address, shower, qtbot):
    with qtbot.waitSignal(shower.failed):
        shower.show(7, BUBBLE)


def test_without_a_bus_every_bubble_fails(qtbot):
    nowhere = NotificationServer(SessionBus("unix:path=/nonexistent"), "manara", "Manara")
    failures = []
    nowhere.failed.connect(lambda *failure: failures.append(failure))

    nowhere.show(7, BUBBLE)
    nowhere.show(8, BUBBLE)
    nowhere.withdraw(8)

    assert failures == [(7, BUBBLE), (8, BUBBLE)]


def test_a_server_that_starts_later_is_used(start, shower, qtbot):
    with qtbot.waitSignal(shower.failed):
        shower.show(7, BUBBLE)

    server = start("actions")
    qtbot.waitUntil(lambda: shower._capabilities == {"actions"})
    shower.show(8, BUBBLE)

    assert told(qtbot, server)[0][5] == ["default", "Open"]


def test_another_server_knows_nothing_of_the_bubbles_before(start, shower, qtbot):
    first = start("actions")
    shower.show(7, BUBBLE)
    shown(qtbot, shower, 7)
    first.stop()
    qtbot.waitUntil(lambda: not shower._shown)
    second = start()
    qtbot.waitUntil(lambda: shower._capabilities == frozenset())

    shower.show(7, BUBBLE)

    ((_, replaces, *_),) = told(qtbot, second)
    assert replaces == 0


def test_a_bus_that_went_away_is_looked_for_again(tmp_path, qtbot):
    shower = NotificationServer(SessionBus(f"unix:path={tmp_path}/bus"), "manara", "Manara")
    failures = []
    shower.failed.connect(lambda *failure: failures.append(failure))
    with message_bus_in(tmp_path) as address:
        server = FakeServer(address)
        shower.show(7, BUBBLE)
        told(qtbot, server)
        server.stop()
    qtbot.waitUntil(lambda: not shower._bus.is_open)

    with message_bus_in(tmp_path) as address:
        server = FakeServer(address)
        shower.show(7, BUBBLE)
        assert len(told(qtbot, server)) == 1
        shower.close()
        server.stop()


def test_only_so_many_bubbles_wait(shower):
    for number in range(3 * MOST_WAITING):
        shower.show(number, BUBBLE)

    assert list(shower._waiting) == list(range(2 * MOST_WAITING, 3 * MOST_WAITING))
