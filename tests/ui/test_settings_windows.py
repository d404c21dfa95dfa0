"""Everything that changes settings, reached from the main window of a running program with real settings."""

import socket
from contextlib import closing
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from manara.model import SystemClock
from manara.monitor.assembly import build_monitor
from manara.monitor.outline import read_appearance
from manara.ui.application import Application
from manara.ui.editor.editor import ServiceEditor
from manara.ui.first_run.window import FirstRun
from manara.ui.imports.export_dialog import ExportDialog
from manara.ui.imports.import_dialog import ImportDialog
from manara.ui.preferences.window import PreferencesWindow
from manara.ui.window_state import WindowState
from manara.wording import Translator


@pytest.fixture
def settings(tmp_path):
    """Settings with two services that are there, and comments that must stay."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        path = tmp_path / "settings.toml"
        path.write_text(
            "# mine\n[network]\nwitness_resolvers = []\nanchors = []\n"
            f'[[services]]\nname = "Shop" # best\nchecks = [{{ type = "tcp", host = "127.0.0.1", port = {port} }}]\n'
            f'[[services]]\nname = "Blog"\nchecks = [{{ type = "tcp", host = "127.0.0.1", port = {port} }}]\n'
        )
        yield path


@pytest.fixture
def make(program, tmp_path, monkeypatch):
    """Make the program as a start does, with no bus and no folder of the user; all that were made are ended."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = []

    def make(path):
        application = Application(
            program,
            build_monitor(path, tmp_path / "data", SystemClock()),
            WindowState(tmp_path),
            tr=Translator(),
            now=lambda: datetime.now(UTC),
            appearance=read_appearance(path),
            at_login=("--background",),
            data_folder=tmp_path / "data",
        )
        made.append(application)
        return application

    yield make
    for application in made:
        application.end()
        application.window.close()


@pytest.fixture
def window(make, settings, qtbot):
    application = make(settings)
    application.start(in_background=False)
    qtbot.waitUntil(lambda: is_read(application))
    return application.window


def names(window):
    return [tile.name for tile in window.tiles.tiles]


def shown(kind):
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


def is_read(application):
    """Whether the settings have taken the place of their outline."""
    return any(tile.service.checks for tile in application.window.tiles.tiles)


def test_a_removed_service_is_gone_and_can_be_brought_back_as_it_was(window, settings, qtbot):
    before = settings.read_text()
    window.remove_wished.emit({"shop": "Shop"})
    qtbot.waitUntil(lambda: names(window) == ["Blog"])
    assert "best" not in settings.read_text()

    qtbot.waitUntil(lambda: bool(window.bar.kept))
    window.bar.action.trigger()

    qtbot.waitUntil(lambda: names(window) == ["Shop", "Blog"])
    assert settings.read_text() == before


def test_a_pause_is_written_and_ended(window, settings, qtbot):
    window.pause_wished.emit({"blog": "Blog"})
    qtbot.waitUntil(lambda: window.tiles.tile("blog").service.paused)
    assert "paused = true" in settings.read_text()

    window.resume_wished.emit({"blog": "Blog"})

    qtbot.waitUntil(lambda: not window.tiles.tile("blog").service.paused)
    assert "paused" not in settings.read_text()


def test_the_editor_opens_for_one_service_and_sees_what_others_change(window, settings, qtbot):
    window.edit_wished.emit(["shop"])
    qtbot.waitUntil(lambda: len(shown(ServiceEditor)) == 1)
    (editor,) = shown(ServiceEditor)

    window.remove_wished.emit({"blog": "Blog"})

    qtbot.waitUntil(lambda: names(window) == ["Shop"])
    assert editor.service_id == "shop"


def test_the_editor_opens_empty_for_a_new_service(window, qtbot):
    window.add_wished.emit()

    qtbot.waitUntil(lambda: len(shown(ServiceEditor)) == 1)
    assert not shown(ServiceEditor)[0].service_id


def test_the_preferences_open_once(window, qtbot):
    window.preferences_wished.emit()
    window.preferences_wished.emit()

    qtbot.waitUntil(lambda: len(shown(PreferencesWindow)) == 1)
    qtbot.waitUntil(lambda: not shown(PreferencesWindow)[0].is_busy)


def test_services_are_chosen_in_a_window_that_can_be_opened_again(window, qtbot):
    window.choosing_wished.emit()
    window.choosing_wished.emit()
    (first,) = shown(FirstRun)
    qtbot.waitUntil(lambda: not first.is_busy)
    first.close()
    qtbot.waitUntil(lambda: shown(FirstRun) == [])

    window.choosing_wished.emit()

    assert len(shown(FirstRun)) == 1
    qtbot.waitUntil(lambda: not shown(FirstRun)[0].is_busy)


def test_what_is_dropped_onto_the_window_can_be_brought_along(window, settings, qtbot):
    dropped = QMimeData()
    dropped.setText("tcp://127.0.0.1:9\n127.0.0.1:10")
    how = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)

    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), *how))

    qtbot.waitUntil(lambda: len(shown(ImportDialog)) == 1)
    qtbot.waitUntil(lambda: not shown(ImportDialog)[0].is_busy)


def test_a_file_to_bring_along_is_asked_for_and_services_are_written_into_one(window, qtbot):
    window.import_wished.emit()
    window.export_wished.emit()

    qtbot.waitUntil(lambda: len(shown(QFileDialog)) == 1)
    qtbot.waitUntil(lambda: len(shown(ExportDialog)) == 1)


@pytest.mark.parametrize("in_background", [False, True])
def test_who_has_chosen_nothing_yet_is_welcomed_once_and_never_by_a_start_in_the_background(
    make, tmp_path, qtbot, in_background
):
    settings = tmp_path / "settings.toml"
    settings.write_text("[network]\nwitness_resolvers = []\nanchors = []\nresolvers = ['127.0.0.1:9']\n")

    application = make(settings)
    application.start(in_background=in_background)
    qtbot.waitUntil(
        lambda: bool(application.window.tiles.tiles) and application.window.tiles.tiles[0].service.checks != ()
    )

    if in_background:
        assert shown(FirstRun) == []
        return
    qtbot.waitUntil(lambda: len(shown(FirstRun)) == 1)
    assert not settings.read_text().count("services")
    qtbot.waitUntil(lambda: not shown(FirstRun)[0].is_busy)
    shown(FirstRun)[0].close()
    again = make(settings)
    again.start(in_background=False)
    qtbot.waitUntil(lambda: is_read(again))
    assert shown(FirstRun) == []
