from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from manara.model import Window
from manara.ui.past.hands import Hands

NOW = datetime(2021, 10, 4, 15, tzinfo=UTC)
SHOWN = Window(NOW - timedelta(seconds=200), NOW - timedelta(seconds=100))
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Chart:
    """A second for each of its hundred pixels."""

    def __init__(self):
        self.window_shown = SHOWN

    def moment_at(self, x):
        return self.window_shown.begin + timedelta(seconds=min(100.0, max(0.0, x)))


class Wishes:
    def __init__(self, qtbot):
        self.widget = QWidget()
        self.widget.resize(100, 50)
        qtbot.addWidget(self.widget)
        self.chart = Chart()
        self.hands = Hands(self.chart, lambda: NOW)
        self.hands.step = timedelta(seconds=10)
        self.hands.hold(self.widget, self.widget)
        self.windows, self.cursors, self.selected, self.others = [], [], [], []
        self.hands.window_wished.connect(self.show)
        self.hands.cursor_moved.connect(lambda at, by_key: self.cursors.append((at, by_key)))
        self.hands.stretch_selected.connect(self.selected.append)
        self.hands.reset_wished.connect(lambda: self.others.append("reset"))
        self.hands.zoom_to_selection_wished.connect(lambda: self.others.append("zoom"))
        self.hands.menu_wished.connect(self.others.append)
        self.widget.show()

    def show(self, window):
        self.windows.append(window)
        self.chart.window_shown = window

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.widget, key, modifier)

    def turn(self, x, y, at=25.0):
        event = QWheelEvent(
            QPointF(at, 10), QPointF(at, 10), QPoint(), QPoint(x, y), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.widget, event)

    def drag(self, *xs, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.mousePress(self.widget, LEFT, modifier, QPoint(xs[0], 10))
        for x in xs[1:]:
            QTest.mouseMove(self.widget, QPoint(x, 10))
        QTest.mouseRelease(self.widget, LEFT, modifier, QPoint(xs[-1], 10))


@pytest.fixture
def wishes(qtbot):
    return Wishes(qtbot)


def after(seconds, window=SHOWN):
    return window.begin + timedelta(seconds=seconds)


def test_the_pointer_is_followed_and_forgotten_when_it_leaves(wishes):
    QTest.mouseMove(wishes.widget, QPoint(40, 10))
    QApplication.sendEvent(wishes.widget, QEvent(QEvent.Type.Leave))

    assert wishes.cursors[-2:] == [(after(40), False), (None, False)]


def test_the_wheel_zooms_about_the_pointer(wishes):
    wishes.turn(0, 120)

    (window,) = wishes.windows
    assert window.length == pytest.approx(SHOWN.length / 1.5, abs=timedelta(milliseconds=1))
    assert (after(25) - window.begin) / window.length == pytest.approx(0.25, abs=0.001)


def test_a_wheel_that_turns_sideways_pans(wishes):
    wishes.turn(120, 0)

    assert wishes.windows == [Window(after(-10), after(90))]


def test_dragging_pans_and_keeps_the_moment_under_the_pointer(wishes):
    wishes.drag(50, 60, 70)

    assert wishes.windows[-1] == Window(after(-20), after(80))


def test_a_hand_that_trembles_does_not_pan(wishes):
    wishes.drag(50, 51)

    assert wishes.windows == []


def test_dragging_with_shift_selects(wishes):
    wishes.drag(70, 40, 30, modifier=SHIFT)

    assert wishes.selected[-1] == Window(after(30), after(70))
    assert wishes.windows == []


def test_a_click_drops_the_selection(wishes):
    wishes.drag(30, 70, modifier=SHIFT)
    wishes.drag(10)

    assert wishes.selected[-1] is None


def test_a_double_click_shows_the_whole_range(wishes):
    QTest.mouseDClick(wishes.widget, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(10, 10))

    assert wishes.others == ["reset"]


def test_other_buttons_do_nothing_but_ask_for_the_menu(wishes):
    QTest.mouseClick(wishes.widget, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, QPoint(10, 10))
    where = QPoint(5, 6)
    QApplication.sendEvent(wishes.widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(1, 1), where))

    assert wishes.others == [where]
    assert wishes.windows == []


def test_the_first_arrow_puts_the_cursor_into_the_middle_and_the_next_move_it(wishes):
    wishes.press(Qt.Key.Key_Right)
    wishes.press(Qt.Key.Key_Right)
    wishes.press(Qt.Key.Key_Left)
    wishes.press(Qt.Key.Key_Left)

    assert wishes.cursors == [(after(50), True), (after(60), True), (after(50), True), (after(40), True)]


def test_the_window_follows_the_cursor_over_its_edge(wishes):
    wishes.press(Qt.Key.Key_End)
    wishes.press(Qt.Key.Key_Right)

    assert wishes.windows == [Window(after(10), after(110))]
    assert wishes.hands.cursor == after(110)


def test_the_cursor_does_not_go_into_the_future(wishes):
    wishes.hands.look_at(NOW - timedelta(seconds=1))
    wishes.press(Qt.Key.Key_Right)

    assert wishes.hands.cursor == NOW


def test_home_and_end_are_the_edges(wishes):
    wishes.press(Qt.Key.Key_Home)
    wishes.press(Qt.Key.Key_End)

    assert wishes.cursors == [(after(0), True), (after(100), True)]


def test_shift_and_arrows_select_from_where_the_cursor_was(wishes):
    wishes.hands.look_at(after(50))
    wishes.press(Qt.Key.Key_Right, SHIFT)
    wishes.press(Qt.Key.Key_Right, SHIFT)

    assert wishes.selected[-1] == Window(after(50), after(70))

    wishes.press(Qt.Key.Key_Left)
    wishes.press(Qt.Key.Key_Left, SHIFT)

    assert wishes.selected[-1] == Window(after(50), after(60))


@pytest.mark.parametrize(
    ("key", "modifier", "window"),
    [
        (Qt.Key.Key_Right, CONTROL, Window(after(10), after(110))),
        (Qt.Key.Key_Left, CONTROL, Window(after(-10), after(90))),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, Window(after(-50), after(50))),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, Window(after(50), after(150))),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.NoModifier, Window(after(-25), after(125))),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier, Window(after(100 / 6), after(500 / 6))),
        (Qt.Key.Key_Equal, Qt.KeyboardModifier.NoModifier, Window(after(100 / 6), after(500 / 6))),
    ],
)
def test_keys_pan_and_zoom(wishes, key, modifier, window):
    wishes.press(key, modifier)

    assert abs(wishes.windows[0].begin - window.begin) < timedelta(milliseconds=1)
    assert abs(wishes.windows[0].end - window.end) < timedelta(milliseconds=1)


def test_keys_zoom_about_the_cursor_where_it_can_be_seen(wishes):
    wishes.hands.look_at(after(0))
    wishes.press(Qt.Key.Key_Plus)

    assert wishes.windows[0].begin == SHOWN.begin

    wishes.hands.look_at(after(-1000))
    wishes.press(Qt.Key.Key_Minus)

    assert wishes.windows[-1].length == pytest.approx(SHOWN.length, abs=timedelta(milliseconds=2))


def test_keys_for_a_selection_go_elsewhere_while_there_is_none(wishes):
    wishes.press(Qt.Key.Key_Return)
    wishes.press(Qt.Key.Key_Escape)
    wishes.hands.select(SHOWN)
    wishes.press(Qt.Key.Key_Return)
    wishes.press(Qt.Key.Key_Escape)
    wishes.press(Qt.Key.Key_0)
    wishes.press(Qt.Key.Key_A)

    assert wishes.others == ["zoom", "reset"]
    assert wishes.selected == [SHOWN, None]
