from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from manara.model import Bucket, Latency, Series, Span, Verdict, Window
from manara.ui.past.chart_table import ChartModel, ChartTable
from manara.ui.past.lane import Kind, Lane
from manara.ui.plain import isolated
from manara.wording import Translator

START = datetime(2021, 10, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = START + 3 * HOUR
WHOLE = Window(START, NOW)


def lane(hours=3):
    buckets = [
        Bucket(START + k * HOUR, START + (k + 1) * HOUR, 60, Latency(100.0 + k, 200.0, 300.0, 400.0))
        for k in range(hours)
    ]
    return Lane("shop", "Shop", Series("shop", 3600.0, tuple(buckets)), (Span(START, NOW, Verdict.UP),))


@pytest.fixture
def table(qtbot):
    table = ChartTable(Translator(), NOW)
    qtbot.addWidget(table)
    table.resize(800, 300)
    table.show_lanes([lane()], WHOLE, Kind.LATENCY, NOW)
    table.show()
    return table


def cells(model, row, role=Qt.ItemDataRole.DisplayRole):
    return [model.index(row, column).data(role) for column in range(model.columnCount())]


def test_cells_keep_their_direction_on_the_screen_and_are_plain_for_ears(table):
    row = ["14:00:00 – 15:00:00", "Up", "102 ms", "200 ms", "300 ms", "400 ms", "60", ""]

    assert cells(table.points, 0) == [isolated(cell) for cell in row]
    assert cells(table.points, 0, Qt.ItemDataRole.AccessibleTextRole) == row


def test_a_screen_reader_can_hear_the_whole_row(table):
    assert table.points.index(0, 3).data(Qt.ItemDataRole.AccessibleDescriptionRole) == (
        "Time: 14:00:00 – 15:00:00, Verdict: Up, Median: 102 ms, 90 %: 200 ms, 99 %: 300 ms, Longest: 400 ms, Looks: 60"
    )


def test_numbers_stand_at_the_end_of_their_cells(table):
    side = table.points.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole)

    assert side == Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
    assert table.points.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) == side
    assert table.points.headerData(2, Qt.Orientation.Horizontal) == isolated("Median")
    assert table.points.headerData(2, Qt.Orientation.Vertical) is None
    assert table.points.index(0, 2).data(Qt.ItemDataRole.DecorationRole) is None


def test_selected_rows_are_copied_with_their_titles(table):
    table.selectRow(2)

    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == (
        "Time\tVerdict\tMedian\t90 %\t99 %\tLongest\tLooks\tFailed\n"
        "12:00:00 – 13:00:00\tUp\t100 ms\t200 ms\t300 ms\t400 ms\t60\t"
    )


def test_with_nothing_selected_all_of_it_is_copied(table):
    table.clearSelection()

    table.actions()[0].trigger()

    assert QGuiApplication.clipboard().text().count("\n") == 3


def test_the_row_that_is_looked_at_tells_its_moment(qtbot, table):
    with qtbot.assertNotEmitted(table.moment_chosen):
        table.look_at(NOW - HOUR / 2)

    with qtbot.waitSignal(table.moment_chosen) as told:
        QTest.keyClick(table, Qt.Key.Key_Down)

    assert told.args == [START + 1.5 * HOUR]


def test_return_shows_a_row_more_finely(qtbot, table):
    table.look_at(START)

    with qtbot.waitSignal(table.stretch_chosen) as chosen:
        QTest.keyClick(table, Qt.Key.Key_Return)

    assert chosen.args == [Window(START, START + HOUR)]


def test_with_nothing_looked_at_return_does_nothing(qtbot, table):
    table.setCurrentIndex(QModelIndex())

    with qtbot.assertNotEmitted(table.stretch_chosen):
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_without_a_moment_the_newest_row_is_looked_at(table):
    table.look_at(None)

    assert table.currentIndex().row() == 0


def test_an_empty_table_has_nothing_to_look_at(table):
    table.show_lanes([Lane("shop", "Shop")], WHOLE, Kind.LATENCY, NOW)
    table.look_at(NOW)

    assert not table.currentIndex().isValid()


def test_new_measurements_keep_the_time_that_is_looked_at(qtbot, table):
    table.show_lanes([lane(hours=2)], WHOLE, Kind.LATENCY, NOW)
    table.look_at(START)

    with qtbot.assertNotEmitted(table.moment_chosen):
        table.show_lanes([lane(hours=3)], WHOLE, Kind.LATENCY, NOW)

    assert table.currentIndex().row() == 2


def test_the_same_measurements_again_change_nothing(qtbot, table):
    with qtbot.assertNotEmitted(table.points.modelReset):
        table.show_lanes([lane()], WHOLE, Kind.LATENCY, NOW + HOUR)


def test_on_a_new_day_times_have_their_date(table):
    table.show_lanes([lane()], WHOLE, Kind.LATENCY, NOW + 24 * HOUR)

    assert table.points.index(0, 0).data() == isolated("2021-10-04 14:00:00 – 15:00:00")


def test_the_model_is_sound():
    model = ChartModel(Translator(), NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.show_lanes([lane()], WHOLE, Kind.LATENCY, NOW)
    model.show_lanes([lane(), lane()], WHOLE, Kind.PHASES, NOW)

    assert model.columnCount() == 9
    assert model.data(QModelIndex()) is None
    assert tester is not None
