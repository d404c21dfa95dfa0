"""The history window as a table, for ears, and in every size."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fakes.long_past import NOW
from manara.ui.past.lane import buckets_within
from manara.ui.past.room import CHART_SHARE

HOUR = timedelta(hours=1)


def choose_range(window, place):
    window.pane.tools.ranges.button(place).click()


def test_the_table_tells_what_the_chart_shows_and_goes_on_at_the_same_time(qtbot, open_window, history, settle):
    window = open_window(history)
    window.hands.look_at(NOW - 6 * HOUR)

    window.pane.tools.table.click()
    settle(window)

    table = window.pane.table
    assert table.isVisible()
    assert table.hasFocus()
    assert table.points.rowCount() >= len(list(buckets_within(window.chart.lanes[0].series, window.view.shown)))
    stretch = table.points.stretch(table.currentIndex().row())
    assert stretch.begin <= NOW - 6 * HOUR < stretch.end
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert window.hands.cursor < NOW - 6 * HOUR
    assert window.pane.readout.lines[1].startswith(("Up", "Down", "Degraded"))

    window.pane.tools.table.click()
    assert window.chart.isVisible()
    assert window.chart.hasFocus()


def test_the_table_follows_range_kind_and_zoom(open_window, history, settle):
    window = open_window(history)
    window.pane.tools.table.click()
    rows = window.pane.table.points.rowCount()
    window.hands.look_at(None)
    assert window.pane.readout.lines == ("Return shows a row more finely; F1 tells all keys.",)

    window.pane.tools.kinds.button(1).click()
    assert window.pane.table.points.columnCount() == 8
    window.pane.tools.zoom_in()
    settle(window)
    assert 0 < window.pane.table.points.rowCount() < rows

    stretch = window.pane.table.points.stretch(0)
    QTest.keyClick(window.pane.table, Qt.Key.Key_Return)
    settle(window)
    assert abs(window.view.shown.length - stretch.length) < 2 * HOUR / 60


def test_keys_of_the_window_move_and_turn_it(qtbot, open_window, history, settle):
    window = open_window(history)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

    QTest.keyClick(window, Qt.Key.Key_T, control)
    assert window.pane.shows_table
    QTest.keyClick(window.pane.table, Qt.Key.Key_Left, alt)
    assert window.view.shown.end == NOW - 12 * HOUR
    QTest.keyClick(window.pane.table, Qt.Key.Key_Right, alt)
    assert window.view.shown.end == NOW
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.dialogs.help.isVisible()
    window.dialogs.help.reject()


@pytest.mark.parametrize("size", [(1024, 600), (512, 300), (1600, 1000)])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_chart_has_nearly_half_of_every_window(open_window, history, size, direction):
    QApplication.setLayoutDirection(direction)
    window = open_window(history)

    window.resize(*size)
    QApplication.processEvents()

    assert (window.width(), window.height()) == size
    assert window.chart.height() >= CHART_SHARE * window.pane.height()


def test_outages_stand_beside_the_chart_where_there_is_room_or_when_they_are_wanted(open_window, history, settle):
    window = open_window(history)
    button = window.pane.tools.outages
    assert window.pane.outages.outages.rowCount() == 0
    assert not button.isChecked()
    choose_range(window, 3)
    settle(window)
    assert window.pane.outages.isVisible()
    assert button.isChecked()

    window.resize(600, 600)
    assert not window.pane.outages.isVisible()
    button.click()
    assert window.pane.outages.isVisible()
    window.resize(1024, 600)
    button.click()
    assert not window.pane.outages.isVisible()


def test_the_chart_tells_a_screen_reader_what_is_seen_and_follows_the_range(open_window, history, settle):
    window = open_window(history)
    told = QAccessible.queryAccessibleInterface(window.chart)
    assert told.role() is QAccessible.Role.Chart
    day = told.text(QAccessible.Text.Description)

    choose_range(window, 3)
    settle(window)

    month = told.text(QAccessible.Text.Description)
    outages = window.pane.outages.outages.rowCount()
    assert told.text(QAccessible.Text.Name) == "Latency of Shop"
    assert "(1 d)" in day
    assert "(30 d)" in month
    assert month.startswith("Up ")
    assert "latency: median" in month
    assert f"{outages} outage" in month
