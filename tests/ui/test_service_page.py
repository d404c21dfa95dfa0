from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from fakes.checks import FakeCheck, make_service
from fakes.desktop import PALETTES, looked_at, not_yet
from fakes.recorded import NOW, check_state, dns_dead, good_look, hanging, hostile, state, up
from manara.model import CheckState, ServiceState, Verdict
from manara.ui.service_page import ServicePage
from manara.ui.tile import Tile
from manara.wording import Translator

TR = Translator()


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def page(clock, qtbot):
    made = ServicePage(TR, clock)
    qtbot.addWidget(made)
    made.resize(420, 500)
    return made


def tile(believed=None, name="Shop", *checks):
    return Tile(replace(make_service("shop", *checks), name=name), replace(believed or up(), service_id="shop"))


def opened(page, shown):
    page.show_tile(shown)
    page.show()
    QApplication.processEvents()
    return page.sections.widget(0)


def plain(text):
    return text.replace("\u2068", "").replace("\u2069", "")


def rows(tree):
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [tuple(plain(item.text(column)) for column in range(3)) for item in items]


def spoken(tree):
    return [
        tree.topLevelItem(row).data(0, Qt.ItemDataRole.AccessibleTextRole) for row in range(tree.topLevelItemCount())
    ]


def words(page):
    return [plain(label.text()) for label in page.findChildren(QLabel) if label.text()]


def test_a_page_without_a_service_is_empty(page):
    page.refresh()

    assert page.service_id == ""
    assert words(page) == []


def test_name_sentence_and_age_are_told(page):
    opened(page, tile(dns_dead()))

    assert page.service_id == "shop"
    assert words(page) == [
        "Shop",
        "Down for 12 min: the name servers did not answer (shop.example)",
        "last look 10 s ago",
    ]
    assert page.accessibleName() == "Shop, Down for 12 min: the name servers did not answer (shop.example)"


def test_before_the_first_look_no_age_is_told(page):
    tree = opened(page, tile(not_yet("shop")))

    assert words(page) == ["Shop", "Not looked at yet"]
    assert rows(tree) == [("fake", "", "shop"), ("", "", "Not looked at yet")]


def test_every_step_of_the_last_look_is_a_row(page):
    tree = opened(page, tile(hanging()))

    assert rows(tree) == [
        ("fake", "10.0 s", "shop"),
        ("DNS", "4.2 ms", "shop.example"),
        ("TCP", "11 ms", "203.0.113.7"),
        ("HTTP", "9.9 s", "it is connected, but the service does not respond (shop.example)"),
        ("", "", "tried in vain: 2001:db8::7: the address does not answer"),
    ]


def test_rows_are_spoken_with_what_their_marks_show(page):
    tree = opened(page, tile(hanging()))

    assert spoken(tree) == [
        "fake shop: It is connected, but the service does not respond (shop.example)",
        "DNS: Up, 4.2 ms, shop.example",
        "TCP: Up, 11 ms, 203.0.113.7",
        "HTTP: Down, 9.9 s, it is connected, but the service does not respond (shop.example)",
        "tried in vain: 2001:db8::7: the address does not answer",
    ]


def test_every_check_has_its_ladder(page):
    believed = state(Verdict.UP, check_state(good_look(), Verdict.UP), CheckState())
    tree = opened(page, tile(believed, "Shop", FakeCheck(name="a"), FakeCheck(name="b")))

    heads = [row for row in rows(tree) if row[0] == "fake"]
    assert heads == [("fake", "143 ms", "a"), ("fake", "", "b")]


@pytest.mark.parametrize("believed", [ServiceState("shop", Verdict.PAUSED), ServiceState("shop", Verdict.UNKNOWN)])
def test_a_service_without_checks_has_no_rows(page, believed):
    assert rows(opened(page, tile(believed))) == []


def test_a_check_of_which_nothing_is_believed_says_nothing_more(page):
    tree = opened(page, tile(state(Verdict.UNKNOWN, CheckState(cause=None))))

    assert rows(tree) == [("fake", "", "shop"), ("", "", "")]


def test_nothing_remote_is_markup(page):
    tree = opened(page, tile(hostile(), "<b>Shop</b> & <img src=x>"))

    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in page.findChildren(QLabel) if label.text())
    tips = [tree.topLevelItem(row).toolTip(2) for row in range(tree.topLevelItemCount())]
    shown = QTextDocument()
    shown.setHtml(page._name.toolTip())
    assert shown.toPlainText() == "<b>Shop</b> & <img src=x>"
    assert all("<" not in tip.removeprefix("<p>").removesuffix("</p>") for tip in tips)
    assert all("\n" not in cell and "\x1b" not in cell for row in rows(tree) for cell in row)


def test_long_texts_take_more_lines_and_can_be_read_in_full(page):
    tree = opened(page, tile(hanging()))
    short, long = (tree.visualItemRect(tree.topLevelItem(row)).height() for row in (1, 3))

    assert long >= 1.7 * short
    assert "does not respond" in tree.topLevelItem(3).toolTip(2)
    assert sum(tree.columnWidth(column) for column in range(3)) <= tree.viewport().width()


def test_a_long_word_does_not_make_the_page_wide(page):
    opened(page, tile(dns_dead(), "x" * 300))

    assert page.minimumSizeHint().width() < 400


def test_ages_grow_while_the_page_is_shown(page, clock, qtbot):
    opened(page, tile())
    clock.now += timedelta(seconds=50)

    qtbot.waitUntil(lambda: "last look 1 min ago" in words(page))

    page.hide()
    assert not page._ages.isActive()


def test_a_page_that_is_read_is_not_filled_anew_for_nothing(page, clock):
    shown = tile(hanging())
    tree = opened(page, shown)
    tree.setCurrentItem(tree.topLevelItem(2))
    item = tree.topLevelItem(2)

    clock.now += timedelta(seconds=5)
    page.refresh()

    assert tree.topLevelItem(2) is item
    assert tree.currentItem() is item


def test_a_new_look_keeps_the_row_and_the_place(page):
    checks = [FakeCheck(name=f"check {n}") for n in range(20)]
    shown = tile(state(Verdict.UP, *[check_state(good_look(), Verdict.UP) for _ in checks]), "Shop", *checks)
    tree = opened(page, shown)
    tree.setCurrentItem(tree.topLevelItem(30))
    bar = tree.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()

    shown.state = state(Verdict.UP, *[check_state(good_look(http_server="other"), Verdict.UP) for _ in checks])
    page.refresh()

    assert any("other" in row[2] for row in rows(tree))
    assert tree.currentIndex().row() == 30
    assert bar.value() == place > 0


def test_another_palette_gives_other_colours(page, program):
    tree = opened(page, tile(hanging()))
    light = tree.topLevelItem(3).foreground(2).color()

    program.setPalette(PALETTES["dark"])
    QApplication.processEvents()

    assert tree.topLevelItem(3).foreground(2).color() != light


def test_the_page_can_be_closed(page, qtbot):
    opened(page, tile())
    close = page.findChild(QToolButton)

    with qtbot.waitSignal(page.closed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)

    assert close.accessibleName() == "Close"


def test_the_page_mirrors_itself_and_leaves_hosts_as_they_are(page):
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    tree = opened(page, tile(hanging()))

    assert page.findChild(QToolButton).x() < page._mark.x()
    assert tree.header().sectionViewportPosition(0) > tree.header().sectionViewportPosition(2)
    assert tree.topLevelItem(2).text(2) == "\u2068203.0.113.7\u2069"
    assert page._sentence.alignment() & Qt.AlignmentFlag.AlignRight


def test_the_page_follows_what_becomes_of_its_service(page):
    shown = tile()
    opened(page, shown)

    shown.state = looked_at(Verdict.DOWN, "shop")
    page.refresh()

    assert words(page)[1].startswith("Down")


def test_the_page_wants_enough_room(page):
    assert page.sizeHint().width() > 300


def test_opening_a_service_asks_what_is_remembered_of_it_and_a_look_does_not(page):
    asked = []
    page.memory_wished.connect(asked.append)
    shown = tile()

    opened(page, shown)
    shown.state = looked_at(Verdict.DOWN, "shop")
    page.refresh()

    assert asked == ["shop"]
    page.remember()
    assert asked == ["shop", "shop"]


def test_the_page_leads_to_the_past_of_its_service(page, qtbot):
    opened(page, tile())
    history = page.findChild(QPushButton)

    with qtbot.waitSignal(page.history_wished) as told:
        history.setFocus()
        qtbot.keyClick(history, Qt.Key.Key_Space)

    assert told.args == ["shop"]
    assert history.text() == "History"


def test_every_section_is_named_and_reached_with_the_keyboard(page, qtbot):
    opened(page, tile())
    bar = page.sections.tabBar()

    titles = [page.sections.tabText(0)]
    for _ in range(5):
        qtbot.keyClick(bar, Qt.Key.Key_Right)
        titles.append(page.sections.tabText(page.sections.currentIndex()))

    assert titles == ["Last look", "Why", "Official", "Certificate", "Known facts", "Changes"]
    assert all(page.sections.widget(place).accessibleName() for place in range(6))
    assert page.sections.accessibleName() == "Sections"


def test_the_certificate_of_the_last_look_is_shown_before_any_answer(page):
    opened(page, tile())

    assert rows_of_two(page.sections.widget(3))[0] == ("Issued to", "example.org")


def rows_of_two(tree):
    return [
        tuple(plain(tree.topLevelItem(row).text(column)) for column in range(2))
        for row in range(tree.topLevelItemCount())
    ]
