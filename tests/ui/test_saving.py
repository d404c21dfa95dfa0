from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from manara.ui.saving import Saving, ToSave, write_file
from manara.wording import Translator

TR = Translator()


@pytest.fixture
def saving(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return Saving(TR, window)


def wanted(ending="txt", make=bytes):
    return ToSave("Save this", f"Things (*.{ending})", ending, f"thing.{ending}", make)


def test_the_dialog_says_what_is_saved_and_under_which_name(saving):
    saving.ask(wanted("csv"))

    dialog = saving.dialog
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert (dialog.windowTitle(), dialog.nameFilters()) == ("Save this", ["Things (*.csv)"])
    assert (dialog.defaultSuffix(), Path(dialog.selectedFiles()[0]).name) == ("csv", "thing.csv")
    dialog.close()


def test_a_file_is_made_when_its_place_is_chosen_and_that_is_said(qtbot, saving, tmp_path):
    now = b"when asked"
    saving.ask(wanted(make=lambda: now))
    now = b"when chosen"
    path = tmp_path / "thing.txt"

    with qtbot.waitSignal(saving.saved) as told:
        saving.dialog.fileSelected.emit(str(path))
    saving.dialog.close()

    assert path.read_bytes() == b"when chosen"
    assert told.args == [f"Saved as {path}"]


def test_the_next_dialog_opens_where_the_last_file_went(saving, tmp_path):
    saving.ask(wanted())
    saving.dialog.fileSelected.emit(str(tmp_path / "thing.txt"))
    saving.dialog.close()

    saving.ask(wanted())

    assert saving.dialog.directory().path() == str(tmp_path)
    saving.dialog.close()


def test_a_file_is_written_and_that_is_said(tmp_path):
    path = tmp_path / "a.csv"

    assert write_file(TR, path, b"content") == f"Saved as {path}"
    assert path.read_bytes() == b"content"


def test_what_cannot_be_written_is_said_in_a_sentence(tmp_path):
    assert write_file(TR, tmp_path / "missing" / "a.csv", b"") == (
        "a.csv could not be written: No such file or directory"
    )
