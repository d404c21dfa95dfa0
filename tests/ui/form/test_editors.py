import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from manara.ui.form.choice_editors import ChoiceEditor, SwitchEditor
from manara.ui.form.editor import Editor
from manara.ui.form.text_editors import LinesEditor, ListEditor, NumberEditor, TableEditor, TextEditor
from manara.wording import Translator


@pytest.fixture
def shown(qtbot):
    windows = []

    def show(editor):
        window = QWidget()
        windows.append(window)
        QVBoxLayout(window).addWidget(editor)
        qtbot.addWidget(window)
        window.show()
        return editor

    yield show
    windows.clear()


def test_a_text_of_several_lines_is_not_lost_in_a_field_of_one(shown):
    editor = shown(TextEditor(Translator()))

    editor.show_value("one\ntwo")

    assert editor.value() == "one\ntwo"


def test_what_is_no_number_is_shown_as_it_is(shown):
    editor = shown(NumberEditor(Translator(), int))

    editor.show_value(["x"])

    assert editor.control.text() == "['x']"
    assert editor.value() == ["x"]
    assert editor.complaint() == ""


def test_what_is_no_list_and_no_table_is_shown_as_it_is(shown):
    for made in (ListEditor(Translator()), TableEditor(Translator())):
        editor = shown(made)
        editor.show_value(7)
        assert editor.control.toPlainText() == "7"
        assert editor.value() == 7


def test_lines_grow_with_what_is_in_them_up_to_a_limit(shown):
    editor = shown(LinesEditor(Translator()))
    heights = []
    for lines in (1, 2, 4, 6, 30):
        editor.show_value("\n".join("x" * lines))
        heights.append(editor.control.height())

    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_control_and_return_confirms_lines_and_return_does_not(shown, qtbot):
    editor = shown(LinesEditor(Translator()))
    told = []
    editor.committed.connect(lambda: told.append(editor.value()))
    qtbot.keyClicks(editor.control, "a")

    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    assert told == []
    qtbot.keyClick(editor.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert told == ["a\n"]


def test_leaving_lines_confirms_them_and_their_own_menu_does_not(shown):
    editor = shown(LinesEditor(Translator()))
    told = []
    editor.committed.connect(lambda: told.append(1))

    for reason in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.TabFocusReason):
        QApplication.sendEvent(editor.control, QFocusEvent(QFocusEvent.Type.FocusOut, reason))

    assert told == [1]


@pytest.mark.parametrize("make", [TextEditor, LinesEditor])
def test_the_key_of_undo_belongs_to_the_window_when_nothing_was_typed(shown, qtbot, make):
    editor = shown(make(Translator()))
    taken = []
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), editor.window())
    shortcut.activated.connect(lambda: taken.append(1))
    qtbot.waitExposed(editor.window())
    editor.window().activateWindow()
    editor.control.setFocus()
    qtbot.waitUntil(editor.control.hasFocus)

    qtbot.keyClick(editor.control, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == [1]

    qtbot.keyClicks(editor.control, "abc")
    qtbot.keyClick(editor.control, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == [1]
    assert not editor.value()


def test_other_keys_are_left_to_the_field(shown, qtbot):
    editor = shown(TextEditor(Translator()))
    event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")

    QApplication.sendEvent(editor.control, event)

    assert event.isAccepted()


def wheel(widget):
    where = QPointF(widget.rect().center())
    event = QWheelEvent(
        where,
        QPointF(widget.mapToGlobal(where.toPoint())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_changes_a_choice_only_where_it_has_the_focus(shown, qtbot):
    editor = shown(ChoiceEditor([("a", "A"), ("b", "B")]))
    other = QLineEdit()
    editor.window().layout().addWidget(other)
    editor.show_value("a")
    qtbot.waitExposed(editor.window())
    other.setFocus()

    wheel(editor.control)
    assert editor.control.currentIndex() == 0

    editor.window().activateWindow()
    editor.control.setFocus()
    qtbot.waitUntil(editor.control.hasFocus)
    wheel(editor.control)
    assert editor.control.currentIndex() == 1


def test_a_word_that_is_not_offered_is_not_shown_as_another(shown):
    editor = shown(ChoiceEditor([("a", "A"), ("b", "B")]))

    editor.show_value("c")

    assert editor.control.currentIndex() == -1
    assert editor.value() == "c"


def test_choosing_what_is_chosen_already_changes_nothing(shown):
    editor = shown(ChoiceEditor([("a", "A"), ("b", "B")]))
    changed = []
    editor.changed.connect(lambda: changed.append(editor.value()))
    editor.show_value("a")

    for place in (0, 1):
        editor.control.setCurrentIndex(place)
        editor.control.activated.emit(place)

    assert changed == ["b"]


def test_a_switch_keeps_what_is_neither_until_the_user_decides(shown):
    editor = shown(SwitchEditor())
    editor.show_value("maybe")
    assert editor.value() == "maybe"

    editor.control.click()

    assert editor.value() is True


def test_an_editor_must_say_how_it_shows_and_gives_its_value(shown):
    editor = shown(Editor(QLineEdit()))

    with pytest.raises(NotImplementedError):
        editor.show_value("")
    with pytest.raises(NotImplementedError):
        editor.value()
