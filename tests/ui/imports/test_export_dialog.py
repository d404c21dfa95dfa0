from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from fakes.commands import FACEBOOK, stored
from fakes.ears import reachable, undescribed, unnamed
from manara.ui.imports.export_dialog import ExportDialog
from manara.ui.imports.writing import Form

API = {"id": "api", "name": "API", "checks": [{"type": "http", "url": "https://a.example/", "bearer": "env:TOKEN"}]}


@pytest.fixture
def dialog(qtbot, around):
    made = ExportDialog(around)
    qtbot.addWidget(made)
    made.show()
    return made


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.is_busy)


def save_to(dialog, path):
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    asked = dialog.dialog
    how = (asked.acceptMode(), asked.fileMode())
    asked.fileSelected.emit(str(path))
    asked.reject()
    return how


def test_settings_are_written_as_toml(qtbot, dialog, tmp_path):
    save_to(dialog, tmp_path / "mine.toml")
    settle(qtbot, dialog)

    assert "shop.example" in (tmp_path / "mine.toml").read_text()
    assert "mine.toml" in dialog.message.text.text()
    assert dialog.save.isEnabled()


def test_what_is_not_in_the_export_is_told(qtbot, dialog, commands, tmp_path):
    commands.there = stored(API)

    save_to(dialog, tmp_path / "mine.toml")
    settle(qtbot, dialog)

    assert "env:TOKEN" in dialog.warnings.toPlainText()
    assert dialog.warnings.isVisible()
    assert "env:TOKEN" in (tmp_path / "mine.toml").read_text()


def test_a_table_is_written_over_what_the_user_agreed_to(qtbot, dialog, tmp_path):
    (tmp_path / "mine.csv").write_text("old")
    dialog.forms[Form.CSV].click()

    how, _ = save_to(dialog, tmp_path / "mine.csv")
    settle(qtbot, dialog)

    assert how is QFileDialog.AcceptMode.AcceptSave
    assert "https://blog.example/" in (tmp_path / "mine.csv").read_text()


def test_prometheus_gets_a_folder_in_which_nothing_is_written_over(qtbot, dialog, tmp_path):
    dialog.forms[Form.PROMETHEUS].click()

    _, kind = save_to(dialog, tmp_path / "out")
    settle(qtbot, dialog)
    assert kind is QFileDialog.FileMode.Directory
    written = {path.name: path.read_text() for path in (tmp_path / "out").iterdir()}
    assert len(written) == 3
    dialog.write(tmp_path / "out")
    settle(qtbot, dialog)

    assert "is there already" in dialog.message.text.text()
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == written


def test_what_is_watched_is_exported_also_where_nobody_has_chosen_it(qtbot, dialog, commands, tmp_path):
    commands.there = replace(stored(FACEBOOK), chosen=False)

    dialog.write(tmp_path / "mine.toml")
    settle(qtbot, dialog)

    assert "facebook" in (tmp_path / "mine.toml").read_text()


@pytest.mark.parametrize("answer", ["cancelled", ValueError("no settings")])
def test_an_export_that_cannot_be_is_told(qtbot, dialog, commands, tmp_path, answer):
    if answer == "cancelled":
        answer = Future()
        answer.cancel()
    commands.answers["stored"] = answer

    dialog.write(tmp_path / "mine.toml")
    settle(qtbot, dialog)

    assert dialog.message.text.text().strip("\u2068\u2069").startswith("Nothing ")
    assert dialog.save.isEnabled()


def test_a_place_that_cannot_be_written_is_told(qtbot, dialog, tmp_path):
    (tmp_path / "file").write_text("")

    dialog.write(tmp_path / "file" / "mine.toml")
    settle(qtbot, dialog)

    assert "Nothing was exported" in dialog.message.text.text()


@pytest.mark.parametrize("how", ["close", "reject"])
def test_a_dialog_that_is_closed_tells_nothing_any_more(dialog, commands, how):
    commands.answers["stored"] = Future()
    dialog.write(Path("/nowhere/mine.toml"))

    getattr(dialog, how)()

    assert not dialog.is_busy


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_everything_that_can_be_reached_says_what_it_is(dialog, direction):
    QApplication.setLayoutDirection(direction)

    assert len(reachable(dialog)) >= 4
    assert unnamed(dialog) == []
    assert undescribed(dialog) == []
    assert "No secret" in " ".join(label.text() for label in dialog.findChildren(type(dialog.message.text)))
