from concurrent.futures import Future

import pytest

from manara.settings import ChangeServices, RemoveServices, SettingsNotWritten
from manara.ui.editor.changing import ServiceChanges
from manara.ui.editor.undo_bar import UndoBar
from manara.ui.plain import bare
from manara.wording import Translator


@pytest.fixture
def bar(qtbot, commands):
    made = UndoBar(Translator(), commands.undo)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def changes(commands, bar):
    return ServiceChanges(Translator(), commands, bar)


def said(bar):
    return bare(bar.text.text())


def test_services_are_removed_and_can_be_put_back(qtbot, changes, bar, commands):
    changes.remove({"shop": "Shop"})

    qtbot.waitUntil(lambda: said(bar) == "Shop was removed.")
    assert commands.changes == [RemoveServices(("shop",))]
    bar.undo_last()
    qtbot.waitUntil(lambda: said(bar) == "Taken back: Shop was removed.")
    assert [undo.change for undo in commands.undone] == commands.changes


def test_services_are_paused_and_watched_again(qtbot, changes, bar, commands):
    names = {"shop": "Shop", "blog": "Blog"}

    changes.pause(names)
    changes.resume(names)

    qtbot.waitUntil(lambda: not changes.is_busy)
    assert bar.kept == ["2 services were paused.", "2 services are watched again."]
    assert commands.changes == [
        ChangeServices(("shop", "blog"), {"paused": True}),
        ChangeServices(("shop", "blog"), {"paused": None}),
    ]


def test_what_could_not_be_done_says_why_and_is_not_offered_to_be_undone(qtbot, changes, bar, commands):
    commands.answers["change"] = SettingsNotWritten("The disk is full.")

    changes.remove({"shop": "Shop"})

    qtbot.waitUntil(lambda: said(bar) == "Nothing was changed: The disk is full.")
    assert bar.kept == []
    assert not bar.isHidden()


def test_when_nothing_is_watched_any_more_that_is_told(qtbot, changes, bar, commands):
    gone = commands.answers["change"] = Future()
    gone.cancel()

    changes.remove({"shop": "Shop"})

    qtbot.waitUntil(lambda: said(bar) == "Nothing is watched any more, so nothing can be changed.")


def test_at_the_end_no_answer_is_waited_for(changes, commands):
    commands.answers["change"] = Future()
    changes.remove({"shop": "Shop"})

    changes.close()

    assert not changes.is_busy
