from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from manara.model import Interval, Outage, Reason, Window
from manara.ui.past.outage_table import OutageModel, OutageTable, stretch_of
from manara.ui.plain import bare, isolated, tooltip
from manara.wording import Translator

NOW = datetime(2021, 10, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def outage(hours_ago, *causes, ended=True, unseen=timedelta(0)):
    began = Interval(NOW - (hours_ago + 0.1) * HOUR, NOW - hours_ago * HOUR)
    end = Interval(NOW - (hours_ago - 0.9) * HOUR, NOW - (hours_ago - 1) * HOUR) if ended else None
    return Outage("shop", began, end, HOUR, unseen, causes)


OLD = outage(30, Reason.DNS_TIMEOUT, Reason.SERVER_ERROR, unseen=HOUR)
NEW = outage(0.5, None, ended=False)


@pytest.fixture
def table(qtbot):
    table = OutageTable(Translator(), NOW)
    qtbot.addWidget(table)
    table.outages.show_outages((OLD, NEW), NOW)
    table.show()
    return table


def cells(model, row):
    return [bare(model.index(row, column).data()) for column in range(model.columnCount())]


def test_the_newest_outage_comes_first(table):
    assert cells(table.outages, 0) == ["2021-10-04 11:30", "1 h", ""]
    assert cells(table.outages, 1) == [
        "2021-10-03 06:00",
        "1 h",
        "The name servers did not answer; it is reachable, but fails inside",
    ]


def test_the_columns_have_titles(table):
    model = table.outages

    titles = [bare(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(3)]
    assert titles == ["Began", "Down for", "Why"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.DecorationRole) is None
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole) is not None


def test_an_outage_is_told_in_full_to_eyes_and_ears(table):
    index = table.outages.index(1, 0)

    assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == (
        "Down for 1 h: the name servers did not answer; it is reachable, but fails inside"
        " · began between 2021-10-03 05:54:00 and 2021-10-03 06:00:00"
        " · ended between 2021-10-03 06:54:00 and 2021-10-03 07:00:00"
        " · nobody was looking for 1 h in between"
    )
    assert index.data(Qt.ItemDataRole.ToolTipRole) == tooltip(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))


def test_times_keep_their_direction_on_the_screen_and_are_plain_for_ears(table):
    index = table.outages.index(0, 0)

    assert index.data() == isolated("2021-10-04 11:30")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "2021-10-04 11:30"


def test_an_outage_is_copied_as_text(table):
    table.selectRow(0)

    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text() == "Began\tDown for\tWhy\n2021-10-04 11:30\t1 h\t"


def test_an_outage_without_an_end_goes_on_only_if_the_service_is_down(table):
    model = table.outages
    assert "nobody has seen it end yet" in model.words(NEW)

    model.goes_on = True

    assert "it goes on" in model.words(NEW)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_chooses_an_outage(qtbot, table, key):
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down)

    with qtbot.waitSignal(table.outage_chosen) as chosen:
        QTest.keyClick(table, key)

    assert chosen.args == [OLD]


def test_the_mouse_chooses_an_outage(qtbot, table):
    where = table.visualRect(table.outages.index(0, 0)).center()

    with qtbot.waitSignal(table.outage_chosen) as chosen:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    assert chosen.args == [NEW]


def test_with_nothing_chosen_return_does_nothing(qtbot, table):
    table.setCurrentIndex(QModelIndex())

    with qtbot.assertNotEmitted(table.outage_chosen):
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_the_same_outages_again_keep_the_selection(table):
    table.selectRow(1)

    table.outages.show_outages((OLD, NEW), NOW)

    assert table.currentIndex().row() == 1


def test_the_model_is_sound(qtbot):
    model = OutageModel(Translator(), NOW)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    model.show_outages((OLD, NEW), NOW)
    model.show_outages((), NOW)

    assert model.rowCount() == 0
    assert model.data(QModelIndex()) is None
    assert tester is not None


def test_an_outage_without_an_end_reaches_to_now():
    assert stretch_of(OLD, NOW) == Window(NOW - 30 * HOUR, NOW - 29 * HOUR)
    assert stretch_of(NEW, NOW) == Window(NOW - HOUR / 2, NOW)
    assert stretch_of(outage(0, ended=False), NOW).length == timedelta(seconds=1)
