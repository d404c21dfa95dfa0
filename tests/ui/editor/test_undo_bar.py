import os
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget

from fakes.commands import FakeCommands
from manara.ui.editor.undo_bar import MOST_KEPT, UndoBar
from manara.ui.plain import bare
from manara.wording import Translator

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "app")}


class Shown:
    """A window with the bar in it."""

    def __init__(self, qtbot):
        self.commands = FakeCommands()
        self.window = QMainWindow()
        self.bar = UndoBar(Translator(), self.commands.undo)
        self.other = QLineEdit()
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.addWidget(self.other)
        layout.addWidget(self.bar)
        self.window.setCentralWidget(whole)
        self.window.addAction(self.bar.action)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def said(self):
        return bare(self.bar.text.text())


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot)


def test_nothing_is_there_before_anything_was_done(shown):
    shown.bar.undo_last()

    assert not shown.bar.isVisible()
    assert not shown.bar.action.isEnabled()
    assert shown.commands.undone == []


def test_what_was_done_is_told_and_taken_back_by_the_button(qtbot, shown):
    shown.bar.offer("Shop was removed.", "undo shop")

    assert shown.bar.isVisible()
    assert shown.said == "Shop was removed."
    assert shown.bar.action.text() == "Undo: Shop was removed."
    shown.bar.button.click()

    qtbot.waitUntil(lambda: shown.said == "Taken back: Shop was removed.")
    assert shown.commands.undone == ["undo shop"]
    assert shown.bar.kept == []
    assert not shown.bar.button.isVisible()


def test_several_changes_are_taken_back_the_newest_first(qtbot, shown):
    shown.bar.offer("Shop was removed.", 1)
    shown.bar.offer("Blog was paused.", 2)
    assert bare(shown.bar.button.text()) == "Undo (2)"

    shown.bar.button.click()
    qtbot.waitUntil(lambda: shown.bar.kept == ["Shop was removed."])
    shown.bar.button.click()

    qtbot.waitUntil(lambda: shown.bar.kept == [])
    assert shown.commands.undone == [2, 1]


def test_the_key_takes_back_what_is_not_shown_any_more(qtbot, shown):
    shown.bar.offer("Shop was removed.", 1)
    shown.bar.close_button.click()
    assert not shown.bar.isVisible()

    shown.window.setFocus()
    qtbot.keyClick(shown.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: shown.said == "Taken back: Shop was removed.")
    assert shown.bar.isVisible()


def test_the_bar_goes_by_itself_but_not_from_under_the_hand(qtbot, shown):
    shown.bar.offer("Shop was removed.", 1)
    shown.bar.button.setFocus()
    shown.bar._timer.timeout.emit()
    assert shown.bar.isVisible()

    shown.other.setFocus()
    shown.bar._timer.timeout.emit()

    assert not shown.bar.isVisible()
    assert shown.bar.kept == ["Shop was removed."]


def test_the_bar_is_shown_for_ten_seconds(shown):
    shown.bar.offer("Shop was removed.", 1)

    assert shown.bar._timer.isActive()
    assert shown.bar._timer.interval() == 10_000


def test_one_change_is_taken_back_at_a_time(qtbot, shown):
    answer = shown.commands.answers["undo"] = Future()
    shown.bar.offer("Shop was removed.", 1)
    shown.bar.undo_last()
    shown.bar.undo_last()
    assert shown.bar.is_busy
    assert not shown.bar.button.isEnabled()

    shown.bar.offer("Blog was paused.", 2)
    answer.set_result(None)

    qtbot.waitUntil(lambda: shown.bar.kept == ["Blog was paused."])
    assert shown.commands.undone == [1]
    assert shown.bar.button.isEnabled()


def test_what_cannot_be_taken_back_says_why_and_can_be_tried_once_more(qtbot, shown):
    shown.commands.answers["undo"] = OSError("The disk is full.")
    shown.bar.offer("Shop was removed.", 1)
    shown.bar.button.click()
    qtbot.waitUntil(lambda: shown.said == "This could not be taken back: The disk is full.")
    assert shown.bar.kept == ["Shop was removed."]

    shown.bar.button.click()

    qtbot.waitUntil(lambda: shown.bar.kept == [])
    assert shown.commands.undone == [1, 1]


def test_when_nothing_is_watched_any_more_that_is_told(qtbot, shown):
    gone = shown.commands.answers["undo"] = Future()
    gone.cancel()
    shown.bar.offer("Shop was removed.", 1)

    shown.bar.button.click()

    qtbot.waitUntil(lambda: shown.said == "Nothing is watched any more, so nothing can be changed.")
    assert shown.bar.button.isEnabled()


def test_only_so_many_changes_are_remembered(shown):
    for n in range(MOST_KEPT + 5):
        shown.bar.offer(f"{n} was removed.", n)

    assert len(shown.bar.kept) == MOST_KEPT
    assert shown.bar.kept[-1] == f"{MOST_KEPT + 4} was removed."


def test_at_the_end_no_answer_is_waited_for(shown):
    shown.commands.answers["undo"] = Future()
    shown.bar.offer("Shop was removed.", 1)
    shown.bar.undo_last()

    shown.bar.close_questions()

    assert not shown.bar.is_busy


def test_what_is_told_is_text_and_no_markup(shown):
    shown.bar.offer("<b>Shop</b> was removed.", 1)

    assert shown.bar.text.textFormat() is Qt.TextFormat.PlainText
    assert shown.said == "<b>Shop</b> was removed."


def test_it_can_be_in_the_main_window_from_the_start_without_loading_what_is_heavy():
    code = "import sys, manara.ui.editor.undo_bar\n"
    code += "print(sorted({'pydantic_core', 'httpx', 'dns', 'manara.settings', 'manara.catalog'} & set(sys.modules)))"

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT)

    assert printed.stdout.strip() == "[]"


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_sentence_begins_where_reading_begins(shown, direction):
    shown.window.setLayoutDirection(direction)

    shown.bar.say("Shop was removed.")

    right = direction is Qt.LayoutDirection.RightToLeft
    assert bool(shown.bar.text.alignment() & Qt.AlignmentFlag.AlignRight) is right
