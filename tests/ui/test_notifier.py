from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from fakes.notifications import FakeServer, message_bus_in
from fakes.recorded import BEGAN, HOSTILE, NOW, dns_dead, service
from manara.model import Affected, Line, LineChanged, Notice, Noticed, NoticeKind
from manara.ui.bubble import Bubble, BubbleWay
from manara.ui.bubble_ways import ways_of_this_system
from manara.ui.notification_server import NotificationServer
from manara.ui.notifier import REMEMBERED, Notifier, open_in_browser
from manara.ui.silence_menu import SilenceMenu
from manara.ui.tray import Tray, Wishes
from manara.ui.tray_messages import TrayMessages
from manara.wording import Translator

TR = Translator()


class FakeWay(BubbleWay):
    """Keeps what it is to show; fails when the test says so."""

    def __init__(self, *, works=True):
        super().__init__()
        self.works = works
        self.shown = []
        self.withdrawn = []
        self.closed = False

    def show(self, number, bubble):
        if self.works:
            self.shown.append((number, bubble))
        else:
            self.failed.emit(number, bubble)

    def withdraw(self, number):
        self.withdrawn.append(number)

    def close(self):
        self.closed = True


class Handler(QObject):
    """Is told of what would be opened in a browser."""

    def __init__(self):
        super().__init__()
        self.urls = []

    @Slot(QUrl)
    def opened(self, url):
        self.urls.append(url.toString())


def affected(service_id, kind=NoticeKind.DOWN):
    return Affected(service(service_id=service_id, title=service_id.title()), kind, dns_dead(), began=BEGAN)


def notice(*service_ids, number=1, kind=NoticeKind.DOWN):
    return Noticed(Notice(number, NOW, kind, tuple(affected(each, kind) for each in service_ids)))


def test_a_notice_without_news_is_an_update(qapp):
    told = notice("shop").notice
    again = replace(told, services=tuple(replace(each, news=False) for each in told.services))
    way = FakeWay()
    notifier = Notifier(TR, lambda: NOW, [way])

    notifier.take([Noticed(told), Noticed(again)])

    assert [(bubble.quiet, bubble.update) for _, bubble in way.shown] == [(False, False), (True, True)]


@pytest.fixture
def way():
    return FakeWay()


@pytest.fixture
def notifier(way):
    made = Notifier(TR, lambda: NOW, [way])
    made.wishes = []
    made.open_wished.connect(lambda *wish: made.wishes.append(("open", *wish)))
    made.acknowledge_wished.connect(lambda ids: made.wishes.append(("acknowledge", ids)))
    made.snooze_wished.connect(lambda length: made.wishes.append(("snooze", length)))
    return made


def test_an_outage_is_shown_in_words_and_can_be_answered(notifier, way):
    notifier.take([LineChanged(Line()), notice("shop")])

    assert way.shown == [
        (
            1,
            Bubble(
                "Shop is down",
                "The name servers did not answer (example.example)\nIt began between 15:39:10 and 15:40:10.",
                category="network.error",
                actions=(("default", "Open"), ("acknowledge", "Acknowledge"), ("snooze", "Snooze 1 h")),
            ),
        )
    ]


def test_an_end_is_quiet_and_needs_no_acknowledgement(notifier, way):
    notifier.take([notice("shop", kind=NoticeKind.UP_AGAIN)])

    ((_, bubble),) = way.shown
    assert bubble.quiet
    assert bubble.category == "network.connected"
    assert bubble.actions == (("default", "Open"),)


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind is not NoticeKind.WITHDRAWN])
def test_every_kind_can_be_shown(notifier, way, kind):
    ids = () if kind in (NoticeKind.OFFLINE, NoticeKind.SIGN_IN_WANTED, NoticeKind.ONLINE) else ("shop",)
    notifier.take([notice(*ids, kind=kind)])

    assert way.shown[0][1].title
    assert way.shown[0][1].category.startswith("network.")


def test_a_page_to_sign_in_at_can_be_opened_and_where_there_is_none_no_button_is(way):
    opened = []
    notifier = Notifier(TR, lambda: NOW, [way], open_page=opened.append)
    wanted = Notice(1, NOW, NoticeKind.SIGN_IN_WANTED, sign_in_url="http://portal.example/")
    notifier.take([Noticed(wanted), Noticed(replace(wanted, id=2, sign_in_url=""))])

    way.invoked.emit(1, "sign-in", "")

    assert opened == ["http://portal.example/"]
    assert [bubble.actions for _, bubble in way.shown] == [
        (("default", "Open"), ("sign-in", "Sign in")),
        (("default", "Open"),),
    ]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", ""])
def test_only_web_pages_are_opened(url):
    handler = Handler()
    for scheme in ("http", "file", "javascript"):
        QDesktopServices.setUrlHandler(scheme, handler, "opened")
    try:
        open_in_browser(url)
        open_in_browser("http://portal.example/")
    finally:
        for scheme in ("http", "file", "javascript"):
            QDesktopServices.unsetUrlHandler(scheme)

    assert handler.urls == ["http://portal.example/"]


def test_remote_text_is_plain_in_a_bubble(notifier, way):
    row = affected("shop")
    hostile = replace(row, service=replace(row.service, name=HOSTILE))
    notifier.take([Noticed(Notice(1, NOW, NoticeKind.DOWN, (hostile,)))])

    assert way.shown[0][1].title.isprintable()


def test_what_is_withdrawn_leaves_the_screen_and_cannot_be_answered(notifier, way):
    notifier.take([notice("shop"), notice(kind=NoticeKind.WITHDRAWN)])
    way.invoked.emit(1, "default", "")

    assert way.withdrawn == [1]
    assert notifier.wishes == []


def test_answers_become_wishes_about_the_services_in_trouble(notifier, way):
    mixed = (affected("shop"), affected("blog", NoticeKind.UP_AGAIN))
    notifier.take([Noticed(Notice(3, NOW, NoticeKind.DOWN, mixed))])

    for key in ("default", "acknowledge", "snooze", "dance"):
        way.invoked.emit(3, key, "token")

    assert notifier.wishes == [
        ("open", ["shop"], "token"),
        ("acknowledge", ["shop"]),
        ("snooze", timedelta(hours=1)),
    ]


def test_opening_an_end_shows_what_has_ended_and_opening_offline_just_the_window(notifier, way):
    notifier.take([notice("shop", kind=NoticeKind.UP_AGAIN), notice(number=2, kind=NoticeKind.OFFLINE)])

    way.invoked.emit(1, "default", "")
    way.invoked.emit(2, "default", "")

    assert notifier.wishes == [("open", ["shop"], ""), ("open", [], "")]


def test_only_so_many_notices_are_remembered(notifier, way):
    notifier.take([notice("shop", number=number) for number in range(REMEMBERED + 1)])

    way.invoked.emit(0, "default", "")
    way.invoked.emit(1, "default", "")

    assert len(notifier.wishes) == 1


def test_the_next_way_is_taken_where_one_fails():
    first, second = FakeWay(works=False), FakeWay()
    notifier = Notifier(TR, lambda: NOW, [first, second])

    notifier.take([notice("shop")])

    assert [number for number, _ in second.shown] == [1]


def test_where_no_way_works_nothing_happens():
    Notifier(TR, lambda: NOW, [FakeWay(works=False)]).take([notice("shop")])
    Notifier(TR, lambda: NOW, []).take([notice("shop"), notice(kind=NoticeKind.WITHDRAWN)])


def test_closing_closes_every_way(notifier, way):
    notifier.close()

    assert way.closed


@pytest.fixture
def tray(qapp):
    made = Tray(*parts_of_a_tray(qapp))
    yield made
    made.stop()


def test_without_an_icon_a_message_fails(tray):
    failures = []
    messages = TrayMessages(tray)
    messages.failed.connect(lambda *failure: failures.append(failure))

    messages.show(1, Bubble("Title", "Text"))
    messages.withdraw(1)
    messages.close()

    assert failures == [(1, Bubble("Title", "Text"))]


def parts_of_a_tray(program):
    """What a tray is made of, when nobody wishes anything."""
    return TR, Wishes(list, len, list, list, list, list), program.palette, SilenceMenu(TR, lambda: NOW, list, list)


class TrayWithIcon(Tray):
    """A tray that has an icon, as far as messages go."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.messages = []

    has_place = False

    def show_message(self, title, text, *, quiet):
        self.messages.append((title, text, quiet))
        return True

    @property
    def titles(self):
        return [title for title, _, _ in self.messages]


def test_at_an_icon_a_message_is_shown_and_a_click_opens_the_last_one(qapp):
    tray = TrayWithIcon(*parts_of_a_tray(qapp))
    messages = TrayMessages(tray)
    answers = []
    messages.invoked.connect(lambda *answer: answers.append(answer))
    tray.message_clicked.emit()

    messages.show(1, Bubble("One", "Text"))
    messages.show(2, Bubble("Two", "", quiet=True))
    tray.message_clicked.emit()

    assert tray.messages == [("One", "Text", False), ("Two", "", True)]
    assert answers == [(2, "default", "")]


def test_messages_that_grow_are_told_again_only_after_a_while(qapp, qtbot):
    tray = TrayWithIcon(*parts_of_a_tray(qapp))
    messages = TrayMessages(tray, again_after_ms=50)

    for title in ("one", "two", "three"):
        messages.show(1, Bubble(title, ""))
    messages.show(2, Bubble("other", ""))

    assert tray.titles == ["one", "other"]
    qtbot.waitUntil(lambda: tray.titles == ["one", "other", "three"])
    qtbot.waitUntil(lambda: not messages._recent)
    messages.show(1, Bubble("four", ""))
    assert tray.titles[3:] == ["four"]


def test_a_message_that_only_says_more_of_one_that_was_shown_is_not_shown(qapp, qtbot):
    tray = TrayWithIcon(*parts_of_a_tray(qapp))
    messages = TrayMessages(tray, again_after_ms=50)
    more = Bubble("more", "", quiet=True, update=True)

    messages.show(1, Bubble("one", ""))
    messages.show(1, more)
    qtbot.waitUntil(lambda: not messages._recent)
    messages.show(1, more)

    assert tray.titles == ["one"]
    messages.show(2, more)
    assert tray.titles == ["one", "more"]


def test_a_message_that_says_more_of_one_that_waits_is_shown_as_loud_as_that(qapp, qtbot):
    tray = TrayWithIcon(*parts_of_a_tray(qapp))
    messages = TrayMessages(tray, again_after_ms=50)

    messages.show(1, Bubble("one", "", quiet=True))
    messages.show(1, Bubble("two", ""))
    messages.show(1, Bubble("more", "", quiet=True, update=True))

    qtbot.waitUntil(lambda: len(tray.messages) == 2)
    assert tray.messages[1] == ("more", "", False)


def test_messages_that_wait_are_dropped_when_they_are_withdrawn_or_nothing_more_is_to_be_shown(qapp, qtbot):
    tray = TrayWithIcon(*parts_of_a_tray(qapp))
    messages = TrayMessages(tray, again_after_ms=50)
    for number in (1, 2):
        messages.show(number, Bubble("first", ""))
        messages.show(number, Bubble("second", ""))

    messages.withdraw(1)
    assert messages._waiting == {2: Bubble("second", "")}
    messages.close()

    qtbot.waitUntil(lambda: not messages._recent)
    assert tray.titles == ["first", "first"]


def test_where_the_place_is_needed_and_a_host_does_not_tell_it_the_message_fails(qapp):
    tray = TrayWithIcon(*parts_of_a_tray(qapp))
    failures = []
    messages = TrayMessages(tray, needs_place=True)
    messages.failed.connect(lambda *failure: failures.append(failure))
    messages.show(1, Bubble("lost", ""))

    tray.has_place = True
    messages.show(1, Bubble("shown", ""))

    assert failures == [(1, Bubble("lost", ""))]
    assert tray.titles == ["shown"]


def test_an_icon_passes_messages_and_clicks_on(qapp, qtbot):
    tray = Tray(*parts_of_a_tray(qapp), lambda: True)
    tray.start()

    assert tray.show_message("Title", "Text", quiet=False)
    with qtbot.waitSignal(tray.message_clicked):
        tray._icon.messageClicked.emit()

    tray.stop()
    assert not tray.show_message("Title", "Text", quiet=True)


def test_on_this_system_the_desktops_server_comes_first(tray, tmp_path, qtbot):
    with message_bus_in(tmp_path) as address:
        server = FakeServer(address, "actions")
        ways = ways_of_this_system(tray, {"DBUS_SESSION_BUS_ADDRESS": address})
        notifier = Notifier(TR, lambda: NOW, ways)

        notifier.take([notice("shop")])
        qtbot.waitUntil(lambda: bool(server.notified))
        with qtbot.waitSignal(notifier.acknowledge_wished) as wished:
            server.act(1, "acknowledge")

        assert wished.args == [["shop"]]
        assert [type(way) for way in ways] == [NotificationServer, TrayMessages]
        notifier.close()
        server.stop()


def test_without_a_bus_and_without_a_tray_nothing_happens(tray):
    notifier = Notifier(TR, lambda: NOW, ways_of_this_system(tray, {}))

    notifier.take([notice("shop"), notice(kind=NoticeKind.WITHDRAWN)])

    notifier.close()


@pytest.mark.parametrize(
    "call", [lambda way: way.show(1, Bubble("", "")), lambda way: way.withdraw(1), BubbleWay.close]
)
def test_a_way_has_to_say_how(call):
    with pytest.raises(NotImplementedError):
        call(BubbleWay())


def test_an_example_is_shown_and_a_click_on_it_does_nothing(notifier, way):
    notifier.show_example()
    ((number, bubble),) = way.shown

    way.invoked.emit(number, "default", "")

    assert bubble.title == "This is an example"
    assert bubble.quiet
    assert bubble.actions == ()
    assert notifier.wishes == []
