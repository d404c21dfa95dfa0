import gc
from concurrent.futures import Future

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from fakes.hands import type_into
from manara.ui.editor.bulk_editor import BulkEditor
from manara.ui.editor.desk import Desk, usual_understanding
from manara.ui.editor.editor import ServiceEditor
from manara.wording import Translator


@pytest.fixture
def desk(qtbot, around):
    made = Desk(around)
    made.told = []
    made.saved.connect(lambda told, _undo: made.told.append(told))
    made.failed.connect(made.told.append)
    yield made
    made.close()


def opened(qtbot, desk, count=1):
    qtbot.waitUntil(lambda: len(desk.windows) == count)
    return desk.windows[-1]


def test_one_service_is_edited_and_the_change_told(qtbot, desk):
    desk.edit(["shop"])
    window = opened(qtbot, desk)
    assert isinstance(window, ServiceEditor)

    type_into(window.form.options.fields["name"].editor, "Market")
    window.save()

    qtbot.waitUntil(lambda: desk.told == ["Market was changed."])
    assert desk.windows == []


def test_a_service_is_edited_in_one_window_only(qtbot, desk, commands):
    desk.edit(["shop"])
    window = opened(qtbot, desk)

    desk.edit(["shop"])
    desk.edit(["blog"])

    qtbot.waitUntil(lambda: not desk._questions.waiting)
    desk.edit(["shop"])
    qtbot.waitUntil(lambda: not desk._questions.waiting)
    assert [each.service_id for each in desk.windows] == ["shop", "blog"]
    assert window in desk.windows


def test_several_services_are_edited_together(qtbot, desk):
    desk.edit(["shop", "blog"])

    window = opened(qtbot, desk)

    assert isinstance(window, BulkEditor)
    desk.look_again()
    assert window.service_ids == ("shop", "blog")


def test_nothing_is_edited_for_nothing(desk):
    desk.edit([])

    assert not desk._questions.waiting


def test_a_service_is_added_from_nothing_or_from_a_text(qtbot, desk):
    desk.add()
    empty = opened(qtbot, desk)
    desk.add("facebook")
    filled = opened(qtbot, desk, 2)

    assert empty.form.options.fields["name"].editor.value() == ""
    assert filled.form.options.fields["name"].editor.value() == "Facebook"


def test_a_service_that_is_gone_is_told(qtbot, desk):
    desk.edit(["gone"])

    qtbot.waitUntil(lambda: desk.told == ["The settings do not have this service any more."])


def test_settings_that_cannot_be_read_are_told(qtbot, desk, commands):
    commands.answers["stored"] = OSError("It is broken.")

    desk.add()

    qtbot.waitUntil(lambda: desk.told == ["Nothing was changed: It is broken."])


def test_when_nothing_is_watched_any_more_that_is_told(qtbot, desk, commands):
    gone = commands.answers["stored"] = Future()
    gone.cancel()

    desk.add()

    qtbot.waitUntil(lambda: desk.told == ["Nothing is watched any more, so nothing can be changed."])


def test_open_windows_follow_the_settings(qtbot, desk, commands):
    desk.edit(["blog"])
    window = opened(qtbot, desk)
    commands.file_says({**commands.there.services[1], "name": "Diary"})

    desk.look_again()

    qtbot.waitUntil(lambda: window.form.options.fields["name"].editor.value() == "Diary")


def test_at_the_end_everything_closes_without_a_question(qtbot, desk):
    desk.edit(["shop"])
    window = opened(qtbot, desk)
    type_into(window.form.options.fields["name"].editor, "Market")

    desk.close()

    assert desk.windows == []
    assert not window.isVisible()


def test_the_usual_understanding_knows_the_catalogue_that_is_shipped(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    understanding = usual_understanding(Translator())

    assert understanding.meant("facebook").name == "Facebook"
    assert understanding.suggested("banks")[0].service.id


@pytest.mark.no_cover
def test_windows_that_were_closed_leave_nothing_behind(qtbot, desk):
    def open_and_close():
        for service_ids in (["shop"], ["shop", "blog"]):
            desk.edit(service_ids)
            opened(qtbot, desk).reject()
            settle()
        desk.add()
        window = opened(qtbot, desk)
        qtbot.keyClicks(window.first.line, "face")
        window.first.line.clear()
        window.reject()
        del window
        settle()

    open_and_close()
    before = len(QApplication.allWidgets())

    for _ in range(5):
        open_and_close()

    assert len(QApplication.allWidgets()) == before


def settle():
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
