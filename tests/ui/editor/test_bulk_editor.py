from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from fakes.ears import undescribed, unnamed
from fakes.hands import type_into
from manara.model import Problem, SettingsInvalid
from manara.settings import ChangeServices, SettingsNotWritten
from manara.ui.editor.bulk_editor import BulkEditor
from manara.ui.plain import bare

BOTH = ("shop", "blog")


@pytest.fixture
def open_bulk(qtbot, around, commands):
    opened = []

    def open_one(*service_ids):
        window = BulkEditor(around, commands.there, service_ids or BOTH)
        qtbot.addWidget(window)
        opened.append(window)
        window.saved.connect(lambda told, _undo: saved.append(told))
        window.show()
        return window

    saved = open_one.saved = []
    yield open_one
    for window in opened:
        window.done(0)


def editor(window, key):
    return window.fields[key].editor


def said(window):
    return bare(window.message.text.text())


def test_only_what_was_touched_is_written(qtbot, open_bulk, commands):
    window = open_bulk()
    assert window.windowTitle() == "Edit 2 services"

    type_into(editor(window, "checks.interval"), "5m")
    window.save()

    qtbot.waitUntil(lambda: not window.isVisible())
    assert commands.changes == [ChangeServices(BOTH, {"checks.interval": "5m"})]
    assert open_bulk.saved == ["2 services were changed."]


def test_who_runs_several_services_is_said_once(qtbot, open_bulk, commands):
    window = open_bulk("shop", "facebook")
    assert window.fields["operator"].is_mixed

    type_into(editor(window, "operator"), "Mine")
    window.save()

    qtbot.waitUntil(lambda: not window.isVisible())
    assert commands.changes == [ChangeServices(("shop", "facebook"), {"operator": "Mine"})]


def test_what_differs_shows_several_values_until_it_is_touched(open_bulk):
    window = open_bulk()
    group = window.fields["group"]
    assert group.is_mixed
    assert group.editor.control.text() == ""
    assert group.editor.control.placeholderText() == "several values"

    type_into(group.editor, "Home")

    assert not group.is_mixed
    assert group.editor.control.placeholderText() == ""
    assert window.values == {"group": "Home"}


def test_what_all_agree_on_is_shown(open_bulk):
    window = open_bulk()

    assert editor(window, "checks.timeout").value() == "10s"
    assert not window.fields["checks.timeout"].is_mixed


def test_a_box_that_differs_is_half_ticked_and_decided_by_one_click(open_bulk, commands):
    shop, blog, _ = commands.there.services
    commands.file_says({**shop, "paused": True}, blog)
    window = open_bulk()
    box = editor(window, "paused").control
    assert box.checkState() is Qt.CheckState.PartiallyChecked
    assert "several values" in box.accessibleDescription()

    box.click()

    assert box.checkState() is Qt.CheckState.Checked
    assert window.values == {"paused": True}
    box.click()
    assert box.checkState() is Qt.CheckState.Unchecked
    assert window.values == {"paused": False}


def test_what_was_touched_can_be_left_as_it_is(open_bulk):
    window = open_bulk()
    group = window.fields["group"]
    type_into(group.editor, "Home")
    assert group.leave.isVisible()

    group.leave.click()

    assert window.values == {}
    assert group.is_mixed
    assert not group.leave.isVisible()
    assert not window._save.isEnabled()
    assert window.focusWidget() is group.editor.control


def test_what_is_emptied_is_as_by_default_again(qtbot, open_bulk, commands):
    window = open_bulk()

    type_into(editor(window, "checks.interval"), "")
    window.save()

    qtbot.waitUntil(lambda: bool(commands.changes))
    assert commands.changes == [ChangeServices(BOTH, {"checks.interval": None})]


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("checks.confirm", "many", "This must be a whole number."),
        ("checks.interval", "0s", "This must be at least 1s, but it is 0s."),
        ("tags", " a\n" + "b" * 200, "A tag has from 1 to 100 characters."),
    ],
)
def test_what_cannot_be_used_is_told_beside_its_field_and_not_sent(open_bulk, commands, key, text, sentence):
    window = open_bulk()

    type_into(editor(window, key), text)
    window.save()

    assert bare(window.fields[key]._problem.text()) == sentence
    assert commands.changes == []


def test_without_a_touch_nothing_is_saved(open_bulk, commands):
    window = open_bulk()

    window.save()

    assert commands.changes == []


def test_while_it_is_saved_it_is_not_saved_again(qtbot, open_bulk, commands):
    commands.answers["change"] = Future()
    window = open_bulk()
    type_into(editor(window, "group"), "Home")

    window.save()
    window.save()

    assert len(commands.changes) == 1
    assert not window._save.isEnabled()


def test_what_the_settings_refuse_is_told_beside_its_field(qtbot, open_bulk, commands):
    problems = [
        Problem(("services", 0, "checks", 0, "timeout"), "It is longer than the interval."),
        Problem(("services", 0, "group"), "It is no group."),
        Problem(("services", 0, "checks", 0, "url"), "It is not offered."),
        Problem(("network",), "It is something else."),
    ]
    commands.answers["change"] = SettingsInvalid(Path("settings.toml"), problems)
    window = open_bulk()
    type_into(editor(window, "group"), "Home")

    window.save()

    qtbot.waitUntil(lambda: said(window) == "It is longer than the interval.")
    assert bare(window.fields["checks.timeout"]._problem.text()) == "It is longer than the interval."
    assert bare(window.fields["group"]._problem.text()) == "It is no group."


def test_what_could_not_be_written_says_why(qtbot, open_bulk, commands):
    commands.answers["change"] = SettingsNotWritten("The disk is full.")
    window = open_bulk()
    type_into(editor(window, "group"), "Home")

    window.save()

    qtbot.waitUntil(lambda: said(window) == "Nothing was changed: The disk is full.")
    assert window._save.isEnabled()


def test_when_nothing_is_watched_any_more_that_is_told(qtbot, open_bulk, commands):
    gone = commands.answers["change"] = Future()
    gone.cancel()
    window = open_bulk()
    type_into(editor(window, "group"), "Home")

    window.save()

    qtbot.waitUntil(lambda: said(window) == "Nothing is watched any more, so nothing can be changed.")


def test_closing_asks_only_when_something_was_touched(open_bulk):
    untouched, touched = open_bulk(), open_bulk()
    type_into(editor(touched, "group"), "Home")

    untouched.close()
    touched.close()

    assert not untouched.isVisible()
    assert touched.isVisible()
    box = touched.findChild(QMessageBox)
    next(button for button in box.buttons() if button.text() == "&Discard").click()
    assert not touched.isVisible()


def test_services_that_are_gone_are_left_out(open_bulk):
    assert open_bulk("shop", "gone").service_ids == ("shop",)


def test_settings_that_cannot_be_written_are_shown_and_locked(open_bulk, commands):
    commands.there = replace(commands.there, writable=False)

    window = open_bulk()

    assert said(window).startswith("The settings file cannot be written")
    assert not window.fields["group"].isEnabled()
    assert not window._save.isEnabled()


def test_what_the_catalogue_gives_counts_as_a_value(open_bulk):
    window = open_bulk("shop", "facebook")

    assert window.fields["group"].shared.values == ("Work", "Meta")
    assert window.fields["checks.interval"].is_mixed


def test_everything_that_can_be_reached_has_a_name_and_says_what_it_is_for(open_bulk):
    window = open_bulk()
    type_into(editor(window, "group"), "Home")

    assert unnamed(window) == []
    assert undescribed(window) == []
