from concurrent.futures import Future
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.commands import FACEBOOK, SHOP, stored
from fakes.ears import reachable, undescribed, unnamed
from fakes.first_run import FakeSystem
from manara.login import AtLogin, Elsewhere, LoginNotChanged, LoginState, LoginTrouble
from manara.model import Problem, SettingsInvalid
from manara.probes import CHECK_TYPES
from manara.settings import AddServices, SettingsFile, SettingsNotWritten

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def pick(window, *words):
    for word in words:
        QTest.keyClicks(window.pick.search, word)
        QTest.keyClick(window.pick.search, KEY.Key_Return)


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.is_busy)


def gone(qtbot, window):
    qtbot.waitUntil(lambda: not window.isVisible())


def test_twenty_services_take_few_key_strokes(qtbot, open_run, commands):
    window = open_run()
    words = (
        *("faceb", "insta", "whatsa", "messenger", "telegram", "tikt", "youtu", "gmail", "github", "wikip"),
        *("netfl", "spotif", "amazon", "paypal", "reddit", "linkedin", "discord", "slack", "zoom", "reuters"),
    )

    pick(window, *words)
    strokes = sum(len(word) + 1 for word in words)
    window.finish.click()

    gone(qtbot, window)
    (change,) = commands.changes
    assert len({table["id"] for table in change.tables}) == 20
    # 140 strokes a minute are slow typing: within two minutes, with one click more.
    assert strokes <= 2 * 140 * 0.6


def test_twenty_services_take_a_click_each_and_one_more(qtbot, open_run, commands):
    window = open_run()
    cards, clicks = window.pick.cards, 0
    for row in range(20):
        index = window.pick.model.index(row)
        cards.scrollTo(index)
        QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, pos=cards.visualRect(index).center())
        clicks += 1

    QTest.mouseClick(window.finish, Qt.MouseButton.LeftButton)

    gone(qtbot, window)
    assert len(commands.changes[0].tables) == clicks == 20


def test_everything_is_written_at_once_at_the_end_and_not_before(qtbot, open_run, commands, login):
    window = open_run()
    pick(window, "facebook", "wikipedia")
    window.go_on.click()
    window.addresses.take("shop.example\ndb.example:5432")
    settle(qtbot, window)
    window.go_on.click()
    settle(qtbot, window)
    assert "dunst 1.9" in window.step.server.text()
    window.go_on.click()
    settle(qtbot, window)
    QTest.mouseClick(window.login.switch, Qt.MouseButton.LeftButton, pos=window.login.switch.rect().center())
    assert commands.changes == []
    assert login.wishes == []

    window.finish.click()

    gone(qtbot, window)
    (change,) = commands.changes
    assert isinstance(change, AddServices)
    assert change.instead_of_starter
    assert [table["id"] for table in change.tables] == ["facebook", "wikipedia", "shop.example", "db.example-5432"]
    assert login.wishes == [True]
    assert window.told == ["4 services were added."]


def test_the_whole_way_can_be_gone_by_the_keyboard(qtbot, open_run, commands):
    window = open_run()
    pick(window, "facebook")
    QTest.keyClick(window, KEY.Key_Return, CTRL)
    QTest.keyClicks(window.addresses.field, "shop.example")
    QTest.keyClick(window.addresses.field, KEY.Key_Return)
    settle(qtbot, window)
    QTest.keyClick(window.addresses.field, KEY.Key_Return, CTRL)
    QTest.keyClick(window, KEY.Key_Return, CTRL)
    settle(qtbot, window)
    assert window.step is window.login

    QTest.keyClick(window, KEY.Key_Return, CTRL)

    gone(qtbot, window)
    assert len(commands.changes[0].tables) == 2


def test_return_goes_on_where_nothing_is_to_be_typed(qtbot, open_run):
    window = open_run()
    window.go_on.click()
    window.go_on.click()
    settle(qtbot, window)

    QTest.keyClick(window.focusWidget(), KEY.Key_Return)
    settle(qtbot, window)
    assert window.step is window.login
    assert window.focusWidget() is window.finish
    QTest.keyClick(window.focusWidget(), KEY.Key_Return)

    gone(qtbot, window)


def test_skipping_everything_writes_nothing(qtbot, open_run, commands, login):
    window = open_run()
    for _ in range(3):
        assert window.go_on.isDefault()
        window.go_on.click()
        settle(qtbot, window)
    assert not window.go_on.isVisible()
    assert window.finish.isDefault()

    window.finish.click()

    gone(qtbot, window)
    assert commands.changes == []
    assert login.wishes == []


def test_buttons_say_what_they_do_next_on_every_step(qtbot, open_run):
    window = open_run()
    pick(window, "facebook")

    def words():
        shown = (button for button in (window.finish, window.go_on) if button.isVisible())
        return [button.text().strip("\u2068\u2069").replace("&", "") for button in shown]

    for _ in range(3):
        assert words() == ["Skip the rest", "Next"]
        window.go_on.click()
        settle(qtbot, window)

    assert words() == ["Finish"]


def test_the_rest_can_be_skipped_at_once(qtbot, open_run, commands):
    window = open_run()

    window.finish.click()

    gone(qtbot, window)
    assert commands.changes == []


@pytest.mark.parametrize("how", ["close", "reject"])
def test_closing_skips_everything(qtbot, open_run, commands, how):
    window = open_run()
    pick(window, "facebook")

    getattr(window, how)()

    assert not window.isVisible()
    assert commands.changes == []


def test_one_can_go_back_and_nothing_is_lost(qtbot, open_run):
    window = open_run()
    assert not window.back.isEnabled()
    pick(window, "facebook")
    window.go_on.click()
    window.addresses.take("shop.example")
    settle(qtbot, window)

    window.back.click()

    assert window.step is window.pick
    assert window.pick.chosen.count() == 1
    assert "2 services are chosen" in window.total.text()
    window.go_on.click()
    assert len(window.addresses.model.rows) == 1


def test_what_was_typed_last_is_taken_along_at_the_end(qtbot, open_run, commands):
    window = open_run()
    window.go_on.click()
    QTest.keyClicks(window.addresses.field, "shop.example")

    window.finish.click()

    gone(qtbot, window)
    assert commands.changes[0].tables[0]["name"] == "shop.example"


def test_what_was_typed_last_and_is_no_address_keeps_the_window(qtbot, open_run, commands):
    window = open_run()
    window.go_on.click()
    QTest.keyClicks(window.addresses.field, "javascript:alert")

    window.finish.click()

    settle(qtbot, window)
    assert window.step is window.addresses
    assert window.isVisible()
    assert commands.changes == []


def test_what_was_typed_last_is_tried_while_the_next_step_is_shown(qtbot, open_run, commands):
    window = open_run()
    window.go_on.click()
    QTest.keyClicks(window.addresses.field, "shop.example")

    window.go_on.click()

    settle(qtbot, window)
    assert len(commands.tried) == 1
    assert window.addresses.field.toPlainText() == ""


def test_adding_later_has_two_steps_and_keeps_what_is_watched(qtbot, open_run, commands):
    commands.there = stored(SHOP, FACEBOOK)
    window = open_run(services_only=True)
    assert len(window.steps) == 2
    assert "Nothing is chosen yet" in window.total.text()
    pick(window, "facebook", "wikipedia")
    window.addresses.take("https://shop.example/")
    settle(qtbot, window)

    window.finish.click()

    gone(qtbot, window)
    (change,) = commands.changes
    assert not change.instead_of_starter
    assert [table["id"] for table in change.tables] == ["wikipedia", "shop.example"]
    assert window.told == ["2 services were added."]


def test_ids_that_are_taken_are_not_used_again(qtbot, open_run, commands):
    commands.there = stored({**SHOP, "id": "wikipedia"})
    window = open_run(services_only=True)
    pick(window, "wikipedia")

    assert [table["id"] for table in window.tables] == ["wikipedia-2"]


def test_a_file_that_cannot_be_written_is_told_and_nothing_can_be_chosen_for_it(qtbot, open_run, commands):
    commands.there = stored(SHOP, writable=False)
    window = open_run()
    assert "cannot be written" in window.message.text.text()
    pick(window, "facebook")

    window.finish.click()

    assert not window.finish.isEnabled()
    assert commands.changes == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SettingsNotWritten("The disk is full."), "The disk is full."),
        ("cancelled", "Nothing is watched any more"),
    ],
)
def test_a_change_that_is_refused_is_told_and_can_be_tried_again(qtbot, open_run, commands, error, said):
    window = open_run()
    pick(window, "facebook")
    if error == "cancelled":
        error = Future()
        error.cancel()
    commands.answers["change"] = error

    window.finish.click()
    qtbot.waitUntil(lambda: said in window.message.text.text())
    assert window.isVisible()
    commands.answers.clear()
    window.finish.click()

    gone(qtbot, window)
    assert len(commands.changes) == 2


def test_a_file_that_was_changed_meanwhile_is_taken_into_account_by_the_next_try(qtbot, open_run, commands):
    commands.there = stored(SHOP)
    window = open_run(services_only=True)
    window.addresses.take("blog.example")
    settle(qtbot, window)
    commands.answers["change"] = SettingsInvalid(commands.there.path, [Problem(("services",), "This id is twice.")])
    commands.there = stored(SHOP, {"id": "blog.example", "name": "Blog"})

    window.finish.click()
    qtbot.waitUntil(lambda: "This id is twice." in window.message.text.text())
    settle(qtbot, window)
    commands.answers.pop("change")
    window.finish.click()

    gone(qtbot, window)
    assert commands.changes[-1].tables[0]["id"] == "blog.example-2"


def test_while_it_is_written_it_is_not_written_again(qtbot, open_run, commands):
    window = open_run()
    pick(window, "facebook")
    commands.answers["change"] = Future()

    window.finish.click()
    window.write()

    assert len(commands.changes) == 1
    assert not window.finish.isEnabled()


def test_settings_that_cannot_be_read_are_told(qtbot, open_run, commands):
    commands.answers["stored"] = SettingsInvalid(commands.there.path, [Problem(("services",), "This is wrong.")])
    window = open_run()

    qtbot.waitUntil(lambda: "This is wrong." in window.message.text.text())
    pick(window, "facebook")

    assert not window.finish.isEnabled()


def test_a_login_that_is_refused_is_told_and_the_services_are_not_written_twice(qtbot, open_run, commands, login):
    window = open_run()
    pick(window, "facebook")
    for _ in range(3):
        window.go_on.click()
    settle(qtbot, window)
    window.login.switch.click()
    login.problem = LoginNotChanged(LoginTrouble.DECLINED)

    window.finish.click()
    qtbot.waitUntil(lambda: "did not allow" in window.message.text.text())
    login.problem = None
    window.finish.click()

    gone(qtbot, window)
    assert len(commands.changes) == 1
    assert login.wishes == [True, True]


def last_step(qtbot, window):
    for _ in range(3):
        window.go_on.click()
    settle(qtbot, window)
    return window.step


def test_only_the_login_may_be_chosen(qtbot, open_run, commands, login):
    login.now = AtLogin(LoginState.ENABLED)
    window = open_run()
    step = last_step(qtbot, window)
    assert step.switch.isChecked()
    step.begin()
    before = step.sentence.text()
    step.switch.click()
    assert step.wish is False
    assert "when you finish" in step.sentence.text()
    step.switch.click()
    assert step.sentence.text() == before
    step.switch.click()

    window.finish.click()

    gone(qtbot, window)
    assert commands.changes == []
    assert login.wishes == [False]


def test_a_login_that_somebody_else_decided_cannot_be_changed(qtbot, open_run, login):
    login.now = AtLogin(LoginState.ELSEWHERE, Elsewhere.SWITCHED_OFF)

    step = last_step(qtbot, open_run())

    assert not step.switch.isEnabled()
    assert step.wish is None
    assert "switched off" in step.sentence.text()


def test_a_system_that_does_not_tell_of_the_login_is_told_of(qtbot, open_run, login):
    login.problem = OSError("no bus")

    step = last_step(qtbot, open_run())

    assert "no bus" in step.sentence.text()
    assert not step.switch.isEnabled()


def third_step(qtbot, window):
    window.go_on.click()
    window.go_on.click()
    settle(qtbot, window)
    return window.step


def test_one_notification_is_shown_as_an_example(qtbot, open_run, system):
    step = third_step(qtbot, open_run())

    step.example.click()

    assert system.shown == 1
    assert "was sent" in step.told.text()


@pytest.mark.parametrize(("tray", "said"), [(True, "at the tray icon"), (False, "only the window")])
def test_without_a_server_it_is_said_where_notifications_appear(qtbot, open_run, login, tray, said):
    system = FakeSystem(login, QLocale("en_DE"), tray=tray, server=OSError("no bus"))

    step = third_step(qtbot, open_run(system=system))

    assert said in step.server.text()


def test_a_desktop_that_never_answers_is_not_waited_for(qtbot, open_run, login):
    never = Future()
    system = FakeSystem(login, QLocale("en_DE"), server=never)
    window = open_run(system=system)
    window.go_on.click()
    window.go_on.click()

    never.cancel()

    settle(qtbot, window)
    assert window.step.server.text() == ""


def test_ids_of_the_starter_set_count_only_where_it_stays(qtbot, open_run, commands):
    commands.there = replace(stored(FACEBOOK), chosen=False)
    window = open_run()
    pick(window, "facebook")
    assert [table["id"] for table in window.tables] == ["facebook"]

    later = open_run(services_only=True)
    pick(later, "facebook")

    assert later.tables == ()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("place", range(4))
def test_everything_that_can_be_reached_says_what_it_is(qtbot, open_run, direction, place):
    QApplication.setLayoutDirection(direction)
    window = open_run()
    window.addresses.take("a.example")
    for _ in range(place):
        window.go_on.click()
    settle(qtbot, window)

    assert len(reachable(window)) > 8
    assert unnamed(window) == []
    assert undescribed(window) == []


def test_what_is_chosen_stands_in_a_real_settings_file_afterwards(qtbot, open_run, understanding, login, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('# mine\n[checks]\ninterval = "30s"\n')
    file = SettingsFile(path, CHECK_TYPES, understanding.catalogue, understanding.catalogue.starter)
    window = open_run(system=FakeSystem(login, QLocale("ar_EG")))
    pick(window, "facebook", "wikipedia")
    window.addresses.take("facebook.com\nfacebook.com:443\n[2001:db8::1]:443\ndns://example.org?type=MX")
    settle(qtbot, window)

    file.apply(AddServices(window.tables, instead_of_starter=True))

    services = file.load().services
    assert [service.name for service in services[:2]] == ["فيسبوك", "ويكيبيديا"]
    assert len(services) == 6
    assert path.read_text().startswith("# mine\n[checks]\n")
