from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from fakes.commands import stored
from fakes.preferences import FakeSurroundings, some_services
from fakes.recorded import NOW
from manara.model import NotObserved, Problem, ServicesChanged, SettingsInvalid, SettingsRefused
from manara.settings import ChangedMeanwhile, SetOptions, SettingsNotWritten
from manara.ui.form.label import Label
from manara.ui.preferences.pages import PAGES
from manara.wording import Translator

NAMES = [page.name for page in PAGES]


def listed(window):
    rows = range(window.list.count())
    return [window.list.item(row).text().strip("\u2068\u2069") for row in rows if not window.list.item(row).isHidden()]


def field(window, name):
    return window.page.form.fields[name]


def type_into(qtbot, window, name, text):
    control = field(window, name).editor.control
    control.setFocus()
    control.selectAll()
    qtbot.keyClicks(control, text)
    return control


def file_says(fake, **sections):
    fake.commands.there = replace(fake.commands.there, sections=sections)


def test_pages_are_made_when_they_are_first_shown(open_window, fake):
    window = open_window(fake)
    assert list(window._made) == [0]

    window.show_page("network")

    assert list(window._made) == [0, 2]
    assert window.page.name == "network"


@pytest.mark.parametrize("name", NAMES)
def test_every_page_can_be_shown(open_window, fake, name):
    window = open_window(fake, name)

    assert window.page.name == name
    assert window.page.isVisible()


def test_what_is_left_is_applied_and_can_be_taken_back(open_window, fake, qtbot, settled):
    window = open_window(fake, "checks")

    control = type_into(qtbot, window, "timeout", "20s")
    assert fake.commands.changes == []
    file_says(fake, checks={"timeout": "20s"})
    qtbot.keyClick(control, Qt.Key.Key_Return)
    settled(window)

    assert fake.commands.changes == [SetOptions("checks", {"timeout": "20s"})]
    assert window.bar.kept == ["Longest look was changed: 20s"]
    file_says(fake)
    window.bar.action.trigger()
    settled(window)
    qtbot.waitUntil(lambda: control.text() == "10s")
    assert [undo.change for undo in fake.commands.undone] == fake.commands.changes


def test_control_z_takes_the_last_change_back(open_window, fake, qtbot, settled):
    window = open_window(fake, "checks")
    control = type_into(qtbot, window, "timeout", "20s")
    qtbot.waitUntil(control.hasFocus)
    file_says(fake, checks={"timeout": "20s"})
    qtbot.keyClick(control, Qt.Key.Key_Return)
    settled(window)

    qtbot.keyClick(control, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settled(window)

    assert len(fake.commands.undone) == 1


def test_a_reset_goes_back_to_the_default(open_window, fake, settled):
    file_says(fake, checks={"timeout": "20s"})
    window = open_window(fake, "checks")

    field(window, "timeout").reset_wished.emit()
    settled(window)

    assert fake.commands.changes == [SetOptions("checks", {"timeout": None})]
    assert window.bar.kept == ["Longest look is as by default again."]


def test_what_is_wrong_is_not_applied(open_window, fake, qtbot):
    window = open_window(fake, "checks")

    control = type_into(qtbot, window, "timeout", "9h")
    qtbot.keyClick(control, Qt.Key.Key_Return)

    assert fake.commands.changes == []
    assert "at most 5m" in field(window, "timeout").problem


def test_what_the_file_says_already_is_not_applied_again(open_window, fake, qtbot):
    file_says(fake, checks={"timeout": "20s"})
    window = open_window(fake, "checks")

    type_into(qtbot, window, "timeout", "30s")
    control = type_into(qtbot, window, "timeout", "20s")
    qtbot.keyClick(control, Qt.Key.Key_Return)

    assert fake.commands.changes == []


def test_a_problem_that_only_the_monitor_finds_stands_beside_its_field(open_window, fake, qtbot, settled):
    window = open_window(fake, "checks")
    problem = Problem(("checks", "timeout"), "Longer than the interval.")
    fake.commands.answers["change"] = SettingsInvalid(Path("/x"), [problem])

    control = type_into(qtbot, window, "timeout", "90s")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    settled(window)

    assert field(window, "timeout").problem == "Longer than the interval."
    assert control.text() == "90s"
    assert window.bar.kept == []


@pytest.mark.parametrize(
    "error",
    [
        SettingsNotWritten("The disk is full."),
        ChangedMeanwhile("Somebody was faster."),
        SettingsInvalid(Path("/x"), [Problem(("services", 1), "Not good.")]),
    ],
)
def test_a_change_that_fails_is_told_and_the_file_shown(open_window, fake, qtbot, settled, error):
    window = open_window(fake, "checks")
    fake.commands.answers["change"] = error

    control = type_into(qtbot, window, "timeout", "20s")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    settled(window)

    assert "Nothing was changed" in window.bar.text.text()
    qtbot.waitUntil(lambda: control.text() == "10s")


def test_where_nothing_is_watched_nothing_can_be_changed(open_window, fake, qtbot, settled):
    window = open_window(fake, "checks")
    gone = Future()
    gone.cancel()
    gone.set_running_or_notify_cancel()
    fake.commands.answers["change"] = gone

    control = type_into(qtbot, window, "timeout", "20s")
    qtbot.keyClick(control, Qt.Key.Key_Return)
    settled(window)

    assert "Nothing is watched any more" in window.bar.text.text()


def test_closing_applies_what_was_typed_last(open_window, fake, qtbot):
    window = open_window(fake, "checks")
    type_into(qtbot, window, "confirm", "4")

    window.close()

    assert fake.commands.changes == [SetOptions("checks", {"confirm": 4})]


def test_another_page_applies_what_was_typed_last(open_window, fake, qtbot):
    window = open_window(fake, "checks")
    type_into(qtbot, window, "confirm", "4")

    window.show_page("history")

    assert fake.commands.changes == [SetOptions("checks", {"confirm": 4})]


def test_an_edit_by_hand_is_shown(open_window, fake, settled):
    window = open_window(fake, "checks")

    file_says(fake, checks={"timeout": "20s"})
    window.take([ServicesChanged(NOW, (), ())])
    settled(window)

    assert field(window, "timeout").editor.control.text() == "20s"


def test_other_news_do_not_read_the_file(open_window, fake):
    window = open_window(fake, "checks")

    window.take([NotObserved(NOW, NOW)])

    assert not window.is_busy


def test_a_window_that_is_closed_reads_nothing(open_window, fake):
    window = open_window(fake, "checks")
    window.close()

    window.take([ServicesChanged(NOW, (), ())])

    assert not window._questions.waiting


@pytest.fixture
def torn(open_window, fake, qtbot, settled):
    """A window in which the user types, while somebody else changes the same option in the file."""
    window = open_window(fake, "checks")
    type_into(qtbot, window, "timeout", "20s")
    file_says(fake, checks={"timeout": "30s", "confirm": 5})
    window.look_again()
    settled(window)
    return window


def offer(window, words):
    return next(each for each in window.conflict_message.buttons if words in each.text())


def test_a_field_in_which_the_user_types_is_left_alone_and_the_change_is_told(torn):
    assert field(torn, "timeout").editor.control.text() == "20s"
    assert field(torn, "confirm").editor.control.text() == "5"
    assert torn.conflict_message.isVisible()
    assert "30s" in torn.conflict_message.text.text()


def test_leaving_a_field_of_which_it_is_undecided_whose_value_counts_applies_nothing(torn, fake):
    torn.page.commit()

    assert fake.commands.changes == []
    torn.look_again()
    assert field(torn, "timeout").editor.control.text() == "20s"


def test_a_second_conflict_does_not_make_the_first_one_forgotten(torn, fake, qtbot, settled):
    type_into(qtbot, torn, "recover", "7")
    file_says(fake, checks={"timeout": "30s", "confirm": 5, "recover": 9})
    torn.look_again()
    settled(torn)

    text = torn.conflict_message.text.text()
    assert "30s" in text
    assert "9" in text
    offer(torn, "Keep mine").click()
    settled(torn)
    assert set(map(repr, fake.commands.changes)) == {
        repr(SetOptions("checks", {"timeout": "20s"})),
        repr(SetOptions("checks", {"recover": 7})),
    }


def test_the_value_of_the_file_can_be_taken_over(torn, fake):
    torn.page.commit()

    offer(torn, "Take it over").click()

    assert field(torn, "timeout").editor.control.text() == "30s"
    assert fake.commands.changes == []
    assert not torn.conflict_message.isVisible()


def test_the_own_value_can_be_kept(torn, fake, settled):
    offer(torn, "Keep mine").click()
    settled(torn)

    assert fake.commands.changes == [SetOptions("checks", {"timeout": "20s"})]


def test_the_own_value_can_be_kept_after_the_field_was_left(torn, fake, settled):
    torn.page.commit()

    offer(torn, "Keep mine").click()
    settled(torn)

    assert fake.commands.changes == [SetOptions("checks", {"timeout": "20s"})]


def test_an_option_that_is_taken_out_of_the_file_is_told_too(open_window, fake, qtbot, settled):
    file_says(fake, checks={"timeout": "30s"})
    window = open_window(fake, "checks")
    type_into(qtbot, window, "timeout", "20s")

    file_says(fake)
    window.look_again()
    settled(window)

    assert "as by default" in window.conflict_message.text.text()


def test_other_edits_by_hand_leave_a_field_alone_in_which_the_user_types(open_window, fake, qtbot, settled):
    window = open_window(fake, "checks")
    type_into(qtbot, window, "timeout", "20s")

    file_says(fake, checks={"confirm": 5})
    window.look_again()
    settled(window)

    assert not window.conflict_message.isVisible()
    assert field(window, "timeout").editor.control.text() == "20s"


def test_the_same_change_on_both_sides_is_no_conflict(open_window, fake, qtbot, settled):
    window = open_window(fake, "checks")
    type_into(qtbot, window, "timeout", "20s")

    file_says(fake, checks={"timeout": "20s"})
    window.look_again()
    settled(window)

    assert not window.conflict_message.isVisible()


def test_what_was_asked_before_a_change_does_not_bring_the_old_value_back(open_window, fake, qtbot, settled):
    window = open_window(fake, "checks")
    later = fake.commands.answers["change"] = Future()
    control = type_into(qtbot, window, "timeout", "20s")
    qtbot.keyClick(control, Qt.Key.Key_Return)

    window.look_again()
    qtbot.waitUntil(lambda: not window._questions.waiting)

    assert control.text() == "20s"
    later.cancel()
    later.set_running_or_notify_cancel()
    settled(window)


def test_a_file_that_cannot_be_written_can_be_read(open_window, fake):
    fake.commands.there = stored(*some_services(), writable=False, checks={"timeout": "20s"})
    window = open_window(fake, "checks")

    control = field(window, "timeout").editor.control
    assert control.text() == "20s"
    assert not control.isEnabled()
    assert "/home/you/settings.toml cannot be written" in window.file_message.text.text()


def test_a_file_that_can_be_written_again_can_be_changed_again(open_window, fake, settled):
    fake.commands.there = stored(writable=False)
    window = open_window(fake, "checks")

    fake.commands.there = stored()
    window.look_again()
    settled(window)

    assert field(window, "timeout").editor.control.isEnabled()
    assert not window.file_message.isVisible()


def test_a_file_with_mistakes_is_told_and_nothing_can_be_changed(open_window, fake, settled):
    window = open_window(fake, "checks")

    fake.commands.answers["stored"] = SettingsInvalid(Path("/x.toml"), [Problem(("checks",), "Not <b>good</b>.")])
    window.take([SettingsRefused(NOW, ("x",))])
    settled(window)

    assert "Not <b>good</b>." in window.file_message.text.text()
    assert not field(window, "timeout").editor.control.isEnabled()


def test_coming_back_to_the_window_reads_the_file_again(open_window, fake, settled):
    window = open_window(fake, "checks")
    file_says(fake, checks={"timeout": "20s"})

    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    settled(window)

    assert field(window, "timeout").editor.control.text() == "20s"


def test_a_search_finds_pages_that_were_never_shown_and_highlights_fields(open_window, fake, qtbot):
    window = open_window(fake)

    qtbot.keyClicks(window.search_field, "proxy")

    assert listed(window) == ["Network"]
    assert window.page.name == "network"
    assert [name for name, each in window.page.form.fields.items() if each.highlighted] == ["proxy"]
    window.search_field.clear()
    assert len(listed(window)) == len(PAGES)
    assert not any(each.highlighted for each in window.page.form.fields.values())


def test_a_search_brings_what_it_finds_into_sight(open_window, fake, qtbot):
    window = open_window(fake)
    window.resize(600, 260)

    window.search_field.setText("proxy")

    qtbot.waitUntil(lambda: not field(window, "proxy").visibleRegion().isEmpty())


def test_a_search_that_finds_nothing_says_so(open_window, fake, qtbot):
    window = open_window(fake)

    window.search_field.setText("xyzzy")

    assert listed(window) == ["Nothing was found"]


def test_a_search_finds_blocks_too(open_window, fake):
    window = open_window(fake)

    window.search_field.setText("show me")

    assert listed(window) == ["Notifications"]


def test_a_search_highlights_a_block(open_window, fake):
    window = open_window(fake, "notifications")

    window.search_field.setText("pause")

    assert [block.highlighted for block in window.page.blocks] == [False, True]


@pytest.mark.parametrize(
    ("words", "page", "option"),
    [
        ("retention", "history", "keep_looks"),
        ("how often", "checks", "interval"),
        ("dns", "network", "resolvers"),
        ("dark", "appearance", "theme"),
        # These stand in the help alone.
        ("whatever it has", "appearance", "theme"),
        ("unrelated networks", "network", "anchors"),
    ],
)
def test_an_option_is_found_by_its_help_and_by_what_people_call_it(open_window, fake, words, page, option):
    window = open_window(fake, "services")

    window.search_field.setText(words)

    assert window.page.name == page
    assert field(window, option).highlighted


@pytest.mark.parametrize(
    ("words", "page"),
    [("autostart", "login"), ("ICMP", "about"), ("import", "services"), ("mute", "notifications")],
)
def test_what_is_no_option_is_shown_too_where_it_is_found(open_window, fake, words, page):
    window = open_window(fake, "checks")

    window.search_field.setText(words)

    assert window.page.name == page
    assert window.page.blocks[-1].highlighted


def test_the_arrow_down_leads_from_the_search_to_the_pages(open_window, fake, qtbot):
    window = open_window(fake, "services")
    window.search_field.setFocus()

    qtbot.keyClick(window.search_field, Qt.Key.Key_Down)

    assert window.focusWidget() is window.list


def test_letters_go_to_the_page_that_begins_with_them(open_window, fake, qtbot):
    window = open_window(fake, "services")

    qtbot.keyClicks(window.list, "app")

    assert window.page.name == "appearance"


def test_words_of_every_page_begin_in_one_line(open_window, fake, settled):
    window = open_window(fake, "checks")

    first = field(window, "interval")
    title = window.page.findChild(Label)
    places = {each.mapTo(window, each.contentsRect().topLeft()).x() for each in (title, first.editor)}

    assert len(places) == 1


class Arabic(Translator):
    def __call__(self, text):
        return {"Network": "الشبكة", "Proxy": "الوكيل"}.get(text, text)


@pytest.mark.parametrize(("words", "page"), [("الشبكه", "network"), ("وكيل", "network"), ("الوَكيل", "network")])
def test_a_search_in_arabic_finds_pages_and_fields(open_window, tmp_path, words, page):
    window = open_window(FakeSurroundings(folder=tmp_path, tr=Arabic()))

    window.search_field.setText(words)

    assert window.page.name == page


def test_return_goes_on_to_what_was_found(open_window, fake, qtbot):
    window = open_window(fake)
    window.search_field.setText("proxy")

    qtbot.keyClick(window.search_field, Qt.Key.Key_Return)

    assert window.focusWidget() is field(window, "proxy").editor.control


def test_return_without_a_search_goes_to_the_page(open_window, fake, qtbot):
    window = open_window(fake, "checks")

    qtbot.keyClick(window.search_field, Qt.Key.Key_Return)

    assert window.focusWidget() is field(window, "interval").editor.control


def test_return_stays_in_the_list_where_nothing_can_be_used(open_window, fake, qtbot):
    fake.commands.there = stored(writable=False)
    window = open_window(fake, "checks")

    qtbot.keyClick(window.search_field, Qt.Key.Key_Return)

    assert window.focusWidget() is window.list


def test_escape_drops_the_search_and_then_closes(open_window, fake, qtbot):
    window = open_window(fake)
    window.search_field.setFocus()
    window.search_field.setText("proxy")

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.search_field.text() == ""
    assert window.isVisible()

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_keys_of_a_search_begin_one(open_window, fake, qtbot):
    window = open_window(fake, "checks")
    window.list.setFocus()

    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert window.focusWidget() is window.search_field


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_can_be_used_has_a_name_and_all_text_is_plain(open_window, fake, name):
    window = open_window(fake, name)
    window.search_field.setText("")

    for kind in (QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QComboBox):
        for each in window.findChildren(kind):
            # What a combo box opens belongs to it.
            if each.isVisible() and each.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                assert each.accessibleName(), each
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText, label.text()


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_can_be_used_is_reached_by_the_tab_key(open_window, fake, qtbot, name):
    window = open_window(fake, name)
    window.list.setFocus()
    wanted = {
        each
        for kind in (QPushButton, QLineEdit, QPlainTextEdit, QComboBox)
        for each in window.page.findChildren(kind)
        if each.isVisible() and each.isEnabled()
    }

    seen = set()
    for _ in range(60):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.add(window.focusWidget())

    assert wanted <= seen


@pytest.mark.parametrize("words", ["outage", "official", "status page", "Team Cymru", "slow", "diagnosis"])
def test_what_is_asked_of_whom_in_trouble_is_found(open_window, fake, words):
    window = open_window(fake)

    window.search_field.setText(words)

    assert "Diagnosis" in listed(window)


def test_a_switch_of_the_diagnosis_is_applied_at_once_and_can_be_taken_back(open_window, fake, settled):
    window = open_window(fake, "diagnosis")

    file_says(fake, diagnosis={"networks": True})
    field(window, "networks").editor.control.click()
    settled(window)
    window.bar.action.trigger()
    settled(window)

    assert fake.commands.changes == [SetOptions("diagnosis", {"networks": True})]
    assert [undo.change for undo in fake.commands.undone] == fake.commands.changes
