from concurrent.futures import Future
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QTreeWidget,
)

from fakes.checks import FakeCheck, make_service
from fakes.desktop import answered, looked_at, watched
from fakes.recorded import HOSTILE, NOW, dns_dead
from manara.model import (
    Incident,
    IncidentChanged,
    Interval,
    Member,
    ServicesChanged,
    SettingsRefused,
    Transition,
    Transitioned,
    Verdict,
)
from manara.monitor import Snapshot
from manara.ui.overview import overview
from manara.ui.silence_menu import SilenceMenu
from manara.ui.window import Window
from manara.wording import Translator

TR = Translator()
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Asked:
    """Takes note of what it was asked to look at."""

    def __init__(self):
        self.service_ids = []
        self.acknowledged = []
        self.unacknowledged = []
        self.undone = []
        self.answer = Future()

    def check_now(self, service_ids):
        self.service_ids.append(list(service_ids))

    def undo(self, undo):
        self.undone.append(undo)
        return self.answer

    def acknowledge(self, service_ids):
        self.acknowledged.append(list(service_ids))

    def unacknowledge(self, service_ids):
        self.unacknowledged.append(list(service_ids))


class Opener(QObject):
    """Opens addresses instead of the desktop, which Qt lets a program do."""

    def __init__(self, urls):
        super().__init__()
        self._urls = urls

    def take_over(self):
        for scheme in ("http", "https"):
            QDesktopServices.setUrlHandler(scheme, self, "opened")

    def give_back(self):
        for scheme in ("http", "https"):
            QDesktopServices.unsetUrlHandler(scheme)

    @Slot(QUrl)
    def opened(self, url):
        self._urls.append(url.toString())


@pytest.fixture
def commands():
    return Asked()


def shown_window(commands, qtbot, *services, size=(1024, 600)):
    window = Window(TR, lambda: NOW, commands)
    qtbot.addWidget(window)
    window.take([watched(*services)])
    window.resize(*size)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    QApplication.processEvents()
    return window


@pytest.fixture
def window(commands, qtbot):
    """A window with three services in their own order."""
    made = shown_window(commands, qtbot, *[make_service(each, tags=("eu",)) for each in ("a", "b", "c")])
    made.grid.setFocus()
    return made


def select(window, *service_ids):
    window.grid.clearSelection()
    for service_id in service_ids:
        model = window.grid.selectionModel()
        model.select(window.tiles.index_of(service_id), model.SelectionFlag.Select)


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    QApplication.processEvents()


def text_of(window):
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text()]


def menu_of(window):
    return next((each for each in window.findChildren(QMenu) if each.isVisible()), None)


def offers(menu):
    return [action.text() for action in menu.actions() if action.isVisible() and action.isEnabled()]


def choose(menu, text):
    next(action for action in menu.actions() if action.text() == text).trigger()


def ask_for_menu(window, service_id):
    where = window.grid.visualRect(window.tiles.index_of(service_id)).center()
    window.grid.customContextMenuRequested.emit(where)
    return menu_of(window)


def test_the_whole_way_by_keyboard(window, commands, qtbot):
    press(window, Qt.Key.Key_F, CTRL)
    assert isinstance(window.focusWidget(), QLineEdit)
    QTest.keyClicks(window.focusWidget(), "b")
    assert window.tiles.rowCount() == 1

    for _ in range(10):
        if window.focusWidget() is window.grid:
            break
        press(window, Qt.Key.Key_Tab)
    assert window.focusWidget() is window.grid
    press(window, Qt.Key.Key_Space)
    assert window.grid.selected() == ("b",)
    press(window, Qt.Key.Key_Return)
    assert window.drawer.page.isVisible()
    assert window.drawer.page.service_id == "b"

    press(window, Qt.Key.Key_Escape)
    assert not window.drawer.page.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert window.tiles.rowCount() == 3
    with qtbot.waitSignal(window.hidden_by_user):
        press(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_return_in_the_search_leads_to_the_tiles(window):
    press(window, Qt.Key.Key_F, CTRL)

    press(window, Qt.Key.Key_Return)

    assert window.focusWidget() is window.grid


def test_keys_look_at_what_is_selected_or_at_all(window, commands):
    press(window, Qt.Key.Key_F5)
    select(window, "c", "a")
    press(window, Qt.Key.Key_F5)
    press(window, Qt.Key.Key_R, CTRL)
    press(window, Qt.Key.Key_F5, SHIFT)

    assert commands.service_ids == [["a", "b", "c"], ["a", "c"], ["a", "c"], ["a", "b", "c"]]


def test_a_service_that_is_shown_in_full_is_looked_at_though_the_search_hides_its_tile(window, commands):
    window.open_service("b")
    window.filters.findChild(QLineEdit).setText("c")
    assert window.grid.selected() == ()

    press(window, Qt.Key.Key_F5)

    assert commands.service_ids == [["b"]]


def test_the_menu_offers_what_can_be_done(window, commands, qtbot):
    select(window, "b")
    menu = ask_for_menu(window, "b")
    assert {"Details", "Check now", "Copy details"} <= set(offers(menu))

    for text in ("Details", "Check now", "Copy details"):
        choose(menu, text)
    menu.close()

    assert window.drawer.page.service_id == "b"
    assert commands.service_ids == [["b"]]
    assert QGuiApplication.clipboard().text() == "B: Up, 120 ms"


def test_without_a_selection_there_is_no_menu(window):
    window.grid.clearSelection()

    assert ask_for_menu(window, "b") is None


def test_the_menu_key_opens_the_menu_at_the_current_tile(window):
    window.grid.show_service("b")
    tile = window.grid.visualRect(window.tiles.index_of("b"))
    where = window.grid.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert tile.contains(where.toRect().center() if hasattr(where, "toRect") else where.center())

    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, where.center(), window.grid.mapToGlobal(where.center())
    )
    QApplication.sendEvent(window.grid, event)

    assert offers(menu_of(window))[0] == "Details"
    menu_of(window).close()


def test_a_right_click_selects_and_opens_the_menu(window, qtbot):
    where = window.grid.visualRect(window.tiles.index_of("c")).center()

    qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.RightButton, pos=where)
    QApplication.sendEvent(
        window.grid.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, window.grid.viewport().mapToGlobal(where)),
    )

    assert window.grid.selected() == ("c",)
    assert menu_of(window) is not None
    menu_of(window).close()


def test_the_site_is_offered_where_there_is_one(commands, qtbot, program):
    urls = []
    site = make_service("site", FakeCheck(name="1.2.3.4:5"), FakeCheck(name="https://example.org/a b"))
    window = shown_window(commands, qtbot, site, make_service("other"))
    opener = Opener(urls)
    opener.take_over()

    select(window, "site")
    menu = ask_for_menu(window, "site")
    choose(menu, "Open the site")
    menu.close()
    opener.give_back()

    assert urls == ["https://example.org/a b"]
    select(window, "site", "other")
    menu = ask_for_menu(window, "site")
    assert "Open the site" not in offers(menu)
    menu.close()


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "ftp://example.org", "example.org"])
def test_nothing_but_web_addresses_is_opened(target, commands, qtbot):
    window = shown_window(commands, qtbot, make_service("x", FakeCheck(name=target)))
    select(window, "x")

    menu = ask_for_menu(window, "x")

    assert "Open the site" not in offers(menu)
    menu.close()


def test_ctrl_c_copies_a_line_about_each_selected_service(window):
    select(window, "a", "c")

    press(window, Qt.Key.Key_C, CTRL)

    assert QGuiApplication.clipboard().text() == "A: Up, 120 ms\nC: Up, 120 ms"


def test_an_own_order_is_passed_on(window, qtbot):
    window.filters.findChildren(QComboBox)[3].setCurrentIndex(3)
    window.grid.show_service("b")

    with qtbot.waitSignal(window.order_changed) as changed:
        press(window, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    assert changed.args == [["b", "a", "c"]]


def test_the_page_follows_its_service(window):
    window.open_service("b")

    window.take([answered("b", looked_at(Verdict.DOWN))])

    assert any(text.startswith("\u2068Down") for text in text_of(window.drawer.page))


def test_the_page_closes_when_its_service_goes_away_and_the_search_keeps_the_keyboard(window):
    window.open_service("b")
    press(window, Qt.Key.Key_F, CTRL)

    window.take([watched(make_service("a"))])

    assert not window.drawer.page.isVisible()
    assert isinstance(window.focusWidget(), QLineEdit)


def test_closing_the_page_gives_the_keyboard_back_to_the_tiles(window, qtbot):
    window.open_service("b")
    window.drawer.page.findChild(QTreeWidget).setFocus()

    window.drawer.page.findChild(QToolButton).click()

    assert window.focusWidget() is window.grid


def test_a_service_that_is_not_watched_is_not_opened(window):
    window.open_service("gone")

    assert not window.drawer.page.isVisible()


def test_nothing_to_show_is_told_in_words(window, commands, qtbot):
    window.filters.findChild(QLineEdit).setText("zzz")
    assert "No service is like this." in text_of(window)
    window.filters.clear_search()
    assert window.grid.isVisible()

    window.take([watched()])
    assert any(text.startswith("Nothing is watched yet.") for text in text_of(window))


def test_the_status_bar_tells_how_all_is(window):
    snapshot = Snapshot(services=(make_service("a"),), states=(looked_at(Verdict.DOWN, "a"),))

    window.show_overview(overview(TR, snapshot, NOW, running=True))

    assert {"\u20681 down\u2069", "\u2068last look just now\u2069"} <= set(text_of(window))


def test_another_size_is_taken_over(window):
    window.filters.findChildren(QComboBox)[4].setCurrentIndex(2)

    assert window.grid.density.value == "list"


def test_nothing_is_rich_text(commands, qtbot):
    bold = replace(make_service("x"), name="<b>bold</b>", group="<i>g</i>", tags=("<u>t</u>",))
    window = shown_window(commands, qtbot, bold, replace(make_service("y"), name=HOSTILE))
    window.take([answered("x", dns_dead())])
    window.open_service("x")

    rich = [
        label
        for label in window.findChildren(QLabel)
        if label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]

    assert rich == []


def test_every_control_has_a_name_for_those_who_cannot_see_it(window):
    window.open_service("a")
    controls = [
        control
        for kind in (QLineEdit, QComboBox, QToolButton, QAbstractItemView)
        for control in window.findChildren(kind)
        if control.isVisible() and not isinstance(control.parent(), QLineEdit)
    ]

    assert len(controls) >= 8
    assert [control for control in controls if not control.accessibleName()] == []
    assert window.grid.accessibleDescription() == "3 services"


@pytest.mark.parametrize("rtl", [False, True])
def test_on_a_small_screen_everything_can_be_seen_and_nothing_overlaps(commands, qtbot, program, rtl):
    if rtl:
        program.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    services = [replace(make_service(f"s{n}", tags=("t" * 200,)), group="g" * 200, name="x" * 300) for n in range(30)]
    window = shown_window(commands, qtbot, *services)
    window.open_service("s1")
    QApplication.processEvents()

    controls = [
        *(each for each in window.filters.children() if isinstance(each, QComboBox | QLineEdit)),
        window.grid,
        window.drawer.page,
        window.statusBar(),
    ]
    places = [each.rect().translated(each.mapTo(window, QPoint())) for each in controls]

    assert (window.width(), window.height()) == (1024, 600)
    # From right to left, Qt's splitter puts its parts one pixel too far.
    whole = window.rect().adjusted(-1, 0, 1, 0)
    assert [place for place in places if not whole.contains(place)] == []
    assert not any(one.intersects(other) for n, one in enumerate(places) for other in places[:n])
    assert window.grid.width() > 300
    assert (window.drawer.x() < window.grid.mapTo(window, QPoint()).x()) is rtl


def test_the_window_can_be_made_small(window):
    window.open_service("a")

    least = window.minimumSizeHint()

    assert least.width() <= 800
    assert least.height() <= 400


def test_other_news_changes_nothing(window):
    window.take([])

    assert window.tiles.rowCount() == 3


def test_everything_can_be_done_from_the_menu_bar(window, commands, qtbot):
    silence = SilenceMenu(TR, lambda: NOW, lambda _until: None, lambda: None, window)
    window.fill_menu_bar(silence)
    program, of_service = (action.menu() for action in window.menuBar().actions())

    choose(program, "Check all now")
    with qtbot.waitSignal(window.history_wished) as wished:
        choose(program, "History")
    with qtbot.waitSignal(window.leave_wished):
        choose(program, "Quit")

    assert commands.service_ids == [["a", "b", "c"]]
    assert wished.args == [""]
    assert {"Details", "Check now", "Copy details"} <= {action.text() for action in of_service.actions()}


@pytest.mark.parametrize(
    ("text", "signal", "wish"),
    [
        ("Pause", "pause_wished", {"a": "A", "b": "B"}),
        ("Edit", "edit_wished", ["a", "b"]),
        ("Remove", "remove_wished", {"a": "A", "b": "B"}),
    ],
)
def test_a_change_is_wished_of_the_chosen_services(window, qtbot, text, signal, wish):
    select(window, "a", "b")

    with qtbot.waitSignal(getattr(window, signal)) as wished:
        choose(ask_for_menu(window, "a"), text)
    menu_of(window).close()

    assert wished.args == [wish]


def test_right_after_the_start_the_keys_are_about_the_tile_that_has_the_focus(window, qtbot):
    with qtbot.waitSignal(window.edit_wished) as wished:
        press(window, Qt.Key.Key_E, CTRL)

    assert wished.args == [["a"]]
    assert window.grid.selected() == ()


def test_tiles_that_come_after_the_window_was_shown_get_the_focus_too(commands, qtbot):
    window = shown_window(commands, qtbot, make_service("a"))
    window.take([watched()])
    window.grid.setFocus()

    window.take([watched(make_service("b"))])
    window.grid.setFocus()
    with qtbot.waitSignal(window.edit_wished) as wished:
        press(window, Qt.Key.Key_E, CTRL)

    assert wished.args == [["b"]]


def test_who_types_a_search_edits_no_tile(window, qtbot):
    window.filters.focus_search()

    with qtbot.assertNotEmitted(window.edit_wished):
        press(window, Qt.Key.Key_E, CTRL)


def test_a_paused_service_is_wished_to_be_watched_again(commands, qtbot):
    window = shown_window(commands, qtbot, make_service("shop", paused=True))
    window.open_service("shop")

    with qtbot.waitSignal(window.resume_wished) as wished:
        window._actions._resume.trigger()

    assert wished.args == [{"shop": "Shop"}]


def test_windows_for_the_settings_are_wished_from_the_menu(window, qtbot):
    window.fill_menu_bar(SilenceMenu(TR, lambda: NOW, print, print))
    program = window.menuBar().actions()[0].menu()

    for text, signal in (
        ("Choose services…", window.choosing_wished),
        ("Add a service…", window.add_wished),
        ("Import…", window.import_wished),
        ("Export…", window.export_wished),
        ("Preferences…", window.preferences_wished),
    ):
        with qtbot.waitSignal(signal):
            choose(program, text)


def test_what_was_changed_can_be_taken_back(window, commands):
    window.bar.offer("Removed Shop", "the way back")

    press(window, Qt.Key.Key_Z, CTRL)

    assert commands.undone == ["the way back"]


def test_without_services_there_are_buttons_that_lead_to_some(commands, qtbot):
    window = shown_window(commands, qtbot)
    shown = [button for button in window.findChildren(QPushButton) if button.isVisible()]

    heard = []
    window.choosing_wished.connect(lambda: heard.append("choose"))
    window.add_wished.connect(lambda: heard.append("add"))
    for button in shown:
        button.click()

    assert [button.text() for button in shown] == ["Choose services…", "Add a service…"]
    assert heard == ["choose", "add"]


def test_the_site_of_a_service_that_is_gone_is_not_opened(window):
    window._open_site("gone")

    assert window.isVisible()


def test_a_change_of_the_shown_service_lets_the_page_ask_anew_and_others_do_not(window):
    asked = []
    window.drawer.page.memory_wished.connect(asked.append)
    window.open_service("a")
    asked.clear()

    for service_id in ("b", "a"):
        change = Transition(service_id, Verdict.UP, Verdict.DOWN, None, Interval(None, NOW))
        window.take([Transitioned(change, looked_at(Verdict.DOWN, service_id))])
    window.take([answered("a", looked_at(Verdict.DOWN, "a"))])

    assert asked == ["a"]


def test_the_page_leads_to_the_history_window(window, qtbot):
    window.open_service("a")

    with qtbot.waitSignal(window.history_wished) as told:
        window.drawer.page.findChild(QPushButton).click()

    assert told.args == ["a"]


def test_where_there_is_no_room_for_both_the_page_takes_the_place_of_the_tiles(commands, qtbot):
    window = shown_window(commands, qtbot, make_service("shop"), size=(480, 600))
    window.open_service("shop")
    seen = [(window.grid.isVisible(), window.drawer.page.isVisible())]

    window.resize(1200, 600)
    seen.append((window.grid.isVisible(), window.drawer.page.isVisible()))
    window.resize(480, 600)
    QTest.keyClick(window.drawer.page, Qt.Key.Key_Escape)
    seen.append((window.grid.isVisible(), window.drawer.page.isVisible()))

    assert seen == [(False, True), (True, True), (True, False)]


def test_what_the_status_bar_has_no_room_for_is_in_its_tooltip(commands, qtbot):
    window = shown_window(commands, qtbot, make_service("shop"))

    window.show_overview(overview(TR, Snapshot(), NOW, running=False))

    tips = [label.toolTip() for label in window.statusBar().findChildren(QLabel)]
    assert any("Manara has stopped measuring" in tip for tip in tips)


def test_what_is_wrong_in_the_settings_is_told_above_the_services(window):
    window.take([SettingsRefused(NOW, ("line 3: It is wrong.",))])

    assert window.refused.isVisible()
    assert "line 3: It is wrong." in window.refused.message.text.text()
    window.take([ServicesChanged(NOW, (), ())])
    assert not window.refused.isVisible()


def an_incident(*service_ids):
    began = Interval(None, NOW)
    return Incident("20211004-154010-1", tuple(Member(each, each, began) for each in service_ids), began)


def test_the_list_of_incidents_is_wished_from_the_menu(window, qtbot):
    window.fill_menu_bar(SilenceMenu(TR, lambda: NOW, print, print))

    with qtbot.waitSignal(window.incident_wished) as told:
        choose(window.menuBar().actions()[0].menu(), "Incidents")
    assert told.args == [""]


def test_the_incident_of_a_service_is_reached_from_its_tile_and_its_page(window, qtbot):
    window.open_service("a")
    assert window.drawer.page.incident.isHidden()

    window.take([IncidentChanged(NOW, an_incident("a", "b"))])

    assert not window.banner.isHidden()
    with qtbot.waitSignal(window.incident_wished) as told:
        qtbot.mouseClick(window.drawer.page.incident, Qt.MouseButton.LeftButton)
    assert told.args == ["20211004-154010-1"]
    select(window, "b")
    with qtbot.waitSignal(window.incident_wished) as told:
        press(window.grid, Qt.Key.Key_I, CTRL)
    assert told.args == ["20211004-154010-1"]


def test_where_a_service_is_in_no_incident_none_is_shown(window, qtbot):
    with qtbot.assertNotEmitted(window.incident_wished):
        window.drawer.page.incident_wished.emit("a")
