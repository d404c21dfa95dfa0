import pytest
from PySide6.QtGui import QGuiApplication

from manara.ui.imports.desk import ImportDesk
from manara.ui.imports.export_dialog import ExportDialog
from manara.ui.imports.import_dialog import ImportDialog


@pytest.fixture
def desk(qtbot, around):
    made = ImportDesk(around)
    made.told = []
    made.saved.connect(lambda told, _undo: made.told.append(told))
    made.failed.connect(made.told.append)
    yield made
    made.close()


def read(qtbot, desk):
    (window,) = desk.windows
    assert isinstance(window, ImportDialog)
    qtbot.waitUntil(lambda: not window.is_busy)
    return window


def test_a_file_that_is_chosen_is_shown_and_its_services_added(qtbot, desk, gatus):
    desk.ask()
    desk.files.fileSelected.emit(str(gatus))
    desk.files.reject()

    window = read(qtbot, desk)
    window.add.click()

    qtbot.waitUntil(lambda: desk.told == ["3 services were added."])
    assert desk.windows == []
    assert desk.files is None


def test_the_clipboard_is_shown_or_told_to_be_empty(qtbot, desk):
    QGuiApplication.clipboard().setText(" ")
    desk.bring_clipboard()
    assert desk.told == ["There is no text on the clipboard."]

    QGuiApplication.clipboard().setText("a.example")
    desk.bring_clipboard()

    assert len(read(qtbot, desk).model.chosen) == 1


def test_an_export_is_opened(desk):
    desk.export()

    assert isinstance(desk.windows[0], ExportDialog)


def test_closing_the_desk_closes_everything(desk):
    desk.ask()
    desk.bring("a.example")
    desk.export()

    desk.close()

    assert desk.windows == []
    assert desk.files is None
