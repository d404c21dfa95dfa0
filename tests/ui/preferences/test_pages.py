from concurrent.futures import Future

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from fakes.commands import stored
from fakes.preferences import some_services
from manara.login import LoginNotChanged, LoginTrouble
from manara.login.state import DISABLED, ENABLED, SWITCHED_OFF, UNREADABLE, starts_other
from manara.model import AppearanceOptions, ColourScheme
from manara.settings import ChangeServices, RemoveServices, SetOptions, SettingsNotWritten
from manara.wording import Translator, login_sentence


def choose(window, *names):
    page = window.page
    page.list.clearSelection()
    flag = QItemSelectionModel.SelectionFlag
    for place, row in enumerate(page.model.rows):
        if row.name in names:
            page.list.selectionModel().select(page.model.index(place, 0), flag.Select | flag.Rows)


def cells(window):
    model = window.page.model
    return [
        tuple(model.index(row, column).data().strip("\u2068\u2069") for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_what_is_watched_is_listed_by_name(open_window, fake):
    window = open_window(fake)

    assert cells(window) == [
        ("Blog <b>of</b> mine", "", "blog"),
        ("Mail (paused)", "Work", "mail"),
        ("Shop", "Work", "shop"),
    ]
    assert "&lt;b&gt;" in window.page.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert window.page.model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert window.page.model.headerData(0, Qt.Orientation.Vertical) is None
    assert window.page.count.text().strip("\u2068\u2069") == "3 services"


def test_a_service_without_a_name_in_the_file_has_that_of_the_catalogue(open_window, fake):
    fake.commands.there = stored({"id": "shop", "catalogue": "x"}, {"id": "unknown"})
    window = open_window(fake)

    assert [row[0] for row in cells(window)] == ["Shop", "unknown"]


def test_the_list_can_be_searched_and_keeps_what_is_selected(open_window, fake, qtbot):
    window = open_window(fake)
    choose(window, "Shop", "Blog <b>of</b> mine")

    qtbot.keyClicks(window.page.search_field, "work sho")

    assert [row[0] for row in cells(window)] == ["Shop"]
    assert [row.id for row in window.page.selected] == ["shop"]


def test_nothing_can_be_done_with_nothing(open_window, fake, qtbot):
    page = open_window(fake).page

    assert not any(each.isEnabled() for each in (page.edit, page.pause, page.delete))
    page.list.activated.emit(page.model.index(0, 0))
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert fake.wishes == []
    assert fake.commands.changes == []


def test_other_windows_are_opened_through_their_doors(open_window, fake, qtbot):
    window = open_window(fake)
    page = window.page
    choose(window, "Shop", "Mail")

    for button in (page.add, page.edit, page.import_, page.export):
        button.click()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Insert)

    assert fake.wishes == ["add", ("edit", ["mail", "shop"]), "import", "export", "add"]


def test_services_are_paused_and_watched_again(open_window, fake, settled):
    window = open_window(fake)
    choose(window, "Shop", "Mail")
    assert window.page.pause.text() == "Pause"
    window.page.pause.click()
    settled(window)

    choose(window, "Mail")
    assert window.page.pause.text() == "Resume"
    window.page.pause.click()
    settled(window)

    assert fake.commands.changes == [
        ChangeServices(("mail", "shop"), {"paused": True}),
        ChangeServices(("mail",), {"paused": None}),
    ]
    assert window.bar.kept == ["2 services were paused.", "Mail is watched again."]


def test_a_service_is_deleted_by_key_and_comes_back_by_undo(open_window, fake, qtbot, settled):
    window = open_window(fake)
    choose(window, "Shop")
    window.page.list.setFocus()

    qtbot.keyClick(window.page.list, Qt.Key.Key_Delete)
    settled(window)
    window.bar.action.trigger()
    settled(window)

    assert fake.commands.changes == [RemoveServices(("shop",))]
    assert [undo.change for undo in fake.commands.undone] == fake.commands.changes


def test_a_change_of_services_that_fails_is_told(open_window, fake, settled):
    window = open_window(fake)
    choose(window, "Shop")
    fake.commands.answers["change"] = SettingsNotWritten("The disk is full.")

    window.page.delete.click()
    settled(window)

    assert "The disk is full." in window.bar.text.text()
    assert window.bar.kept == []


def test_what_is_selected_stays_selected_when_the_file_changes(open_window, fake, settled):
    window = open_window(fake)
    choose(window, "Shop", "Mail")

    fake.commands.file_says(*some_services()[:1], {"id": "a", "name": "Another"})
    window.look_again()
    settled(window)

    assert [row.id for row in window.page.selected] == ["shop"]
    assert window.page.count.text().strip("\u2068\u2069") == "2 services, 1 selected"


def test_a_locked_file_lets_services_be_exported_only(open_window, fake, qtbot):
    fake.commands.there = stored(*some_services(), writable=False)
    window = open_window(fake)
    page = window.page
    choose(window, "Shop")

    assert not any(each.isEnabled() for each in (page.add, page.edit, page.pause, page.delete, page.import_))
    assert page.export.isEnabled()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert fake.commands.changes == []


def test_colours_hold_at_once(open_window, fake, settled):
    window = open_window(fake, "appearance")
    box = window.page.form.fields["theme"].editor.control

    fake.commands.there = stored(appearance={"theme": "dark"})
    box.setCurrentIndex(2)
    box.activated.emit(2)
    settled(window)

    assert fake.commands.changes == [SetOptions("appearance", {"theme": "dark"})]
    assert fake.looks[-1] == AppearanceOptions(theme=ColourScheme.DARK)


def test_languages_that_there_are_words_for_are_offered(open_window, fake, settled):
    window = open_window(fake, "appearance")
    box = window.page.form.fields["language"].editor.control

    assert [box.itemText(place) for place in range(box.count())] == ["as the system", "English", "العربية"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    settled(window)
    assert fake.commands.changes == [SetOptions("appearance", {"language": "ar"})]
    assert "next start" in window.page.form.fields["language"].about.help


def server(window):
    return window.page._server.text().strip("\u2068\u2069")


def test_who_shows_notifications_is_told(open_window, fake, qtbot):
    window = open_window(fake, "notifications")

    qtbot.waitUntil(lambda: server(window) == "dunst 1.9 shows them.")


@pytest.mark.parametrize(("tray", "words"), [(True, "at the tray icon"), (False, "only the window tells")])
def test_without_a_server_what_takes_its_place_is_told(open_window, fake, qtbot, tray, words):
    fake.server, fake.tray = OSError(), tray
    window = open_window(fake, "notifications")

    qtbot.waitUntil(lambda: words in server(window))


def test_a_notification_is_shown_as_an_example(open_window, fake):
    window = open_window(fake, "notifications")

    window.page.example.click()

    assert fake.wishes == ["notification"]
    assert "A notification was sent" in window.bar.text.text()
    assert window.page.pause.menu() is fake.silence


def sentence(window):
    return window.page.sentence.text().strip("\u2068\u2069")


def test_starting_at_login_is_asked_of_the_system_set_and_taken_back(open_window, fake, qtbot, settled):
    window = open_window(fake, "login")
    switch = window.page.switch
    assert switch.isEnabled()
    assert not switch.isChecked()

    switch.click()
    settled(window)

    assert switch.isChecked()
    assert fake.autostart.now is ENABLED
    assert window.bar.kept == ["Manara starts at login, in the tray."]
    window.bar.action.trigger()
    qtbot.waitUntil(lambda: not switch.isChecked())
    assert fake.autostart.now is DISABLED


def test_what_a_desktop_has_switched_off_is_switched_on_but_not_offered_back(open_window, fake, settled):
    fake.autostart.now = SWITCHED_OFF
    window = open_window(fake, "login")
    assert "switched off in the settings of your desktop" in sentence(window)

    window.page.switch.click()
    settled(window)

    assert window.page.switch.isChecked()
    assert window.bar.kept == []


@pytest.mark.parametrize("found", [UNREADABLE, starts_other("/opt/<b>other</b>")])
def test_an_entry_that_is_not_ours_is_told_and_left_alone(open_window, fake, found):
    fake.autostart.now = found
    window = open_window(fake, "login")

    assert not window.page.switch.isEnabled()
    assert sentence(window) == login_sentence(Translator(), found)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LoginNotChanged(LoginTrouble.NOT_WRITTEN, "Permission denied"), "cannot be written. (Permission denied)"),
        (RuntimeError("no luck"), "did not answer: no luck"),
    ],
)
def test_a_system_that_refuses_is_told_and_the_switch_shows_what_is(open_window, fake, settled, error, words):
    window = open_window(fake, "login")
    fake.autostart.problem = error

    window.page.switch.click()
    settled(window)

    assert words in window.page.problem.text()
    assert not window.page.switch.isChecked()
    assert window.page.switch.isEnabled()


def test_a_system_that_does_not_answer_is_told_and_nothing_can_be_set(open_window, fake):
    fake.autostart.problem = OSError("broken")

    window = open_window(fake, "login")

    assert "broken" in window.page.problem.text()
    assert not window.page.switch.isEnabled()


def test_an_old_answer_does_not_cover_what_was_set(open_window, fake, settled):
    window = open_window(fake, "login")
    old = fake.autostart.later = Future()
    window.look_again()
    settled_stored = window._questions
    while settled_stored.waiting:
        QApplication.processEvents()

    window.page.switch.click()
    fake.autostart.later = None
    if not old.cancelled():
        old.set_result(DISABLED)
    settled(window)

    assert window.page.switch.isChecked()


def test_a_page_that_is_not_shown_asks_nothing(open_window, fake, settled):
    window = open_window(fake, "login")
    page = window.page
    window.show_page("checks")
    fake.autostart.now = ENABLED

    window.look_again()
    settled(window)

    assert not page.switch.isChecked()


def test_the_self_test_runs_when_it_is_shown_and_is_copied_as_text(open_window, fake, qtbot):
    window = open_window(fake, "about")
    page = window.page
    qtbot.waitUntil(lambda: not page.test.is_busy)
    assert page.again.isEnabled()

    page.copy.click()

    text = QGuiApplication.clipboard().text()
    assert text.splitlines() == [
        line for line in text.splitlines() if any(each.what in line and each.sentence in line for each in page.findings)
    ]
    assert len(text.splitlines()) == page.rows.topLevelItemCount() == 8
    assert "Ping (ICMP) (good): Echo requests can be sent." in text


def test_the_self_test_runs_again_when_wished_only(open_window, fake, qtbot):
    window = open_window(fake, "about")
    page = window.page
    qtbot.waitUntil(lambda: not page.test.is_busy)
    tried = len(fake.commands.tried)

    window.show_page("history")
    window.show_page("about")
    assert len(fake.commands.tried) == tried

    page.again.click()
    assert len(fake.commands.tried) == 2 * tried
    qtbot.waitUntil(lambda: not page.test.is_busy)
