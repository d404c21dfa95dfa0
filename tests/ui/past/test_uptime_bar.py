from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from fakes.desktop import different
from manara.model import Counted, HistoryOptions, Span, Verdict, Window
from manara.monitor.days import days_until, with_spans
from manara.ui.past.uptime_bar import UptimeBar
from manara.ui.plain import tooltip
from manara.wording import Translator

NOW = datetime(2021, 10, 4, 12, tzinfo=UTC)
TODAY = datetime(2021, 10, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAYS = with_spans(
    days_until(NOW, UTC, 90),
    [
        Span(TODAY - 48 * HOUR, TODAY - 24 * HOUR, Verdict.UP),
        Span(TODAY - 24 * HOUR, TODAY - 23 * HOUR, Verdict.DOWN),
        Span(TODAY - 23 * HOUR, TODAY, Verdict.UP),
        Span(TODAY, TODAY + HOUR, Verdict.DEGRADED),
        Span(TODAY + HOUR, NOW, Verdict.UP),
    ],
)


@pytest.fixture
def bar(qtbot):
    bar = UptimeBar(Translator(), HistoryOptions())
    qtbot.addWidget(bar)
    bar.resize(500, 60)
    bar.show_days(DAYS)
    bar.show()
    return bar


def test_it_says_in_words_what_it_is_and_how_it_is_used(bar):
    assert bar.accessibleName() == "The last 90 days"
    assert "1 day with an outage. The arrow keys" in bar.accessibleDescription()


def test_a_day_is_told_with_its_uptime_and_coverage():
    bar = UptimeBar(Translator(), HistoryOptions(degraded=Counted.DOWN))

    assert bar.words(DAYS[-2]) == "Sun 3 Oct 2021 · Up 95.83 % · Down 1 h"
    assert bar.words(DAYS[-1]) == "Mon 4 Oct 2021 · Up 91.66 % · Degraded 1 h"
    assert bar.words(DAYS[0]) == "Wed 7 Jul 2021 · No data: nobody was looking in this time"


def test_the_keyboard_goes_from_day_to_day(bar):
    bar.setFocus()
    assert bar.current == DAYS[-1]

    steps = {
        Qt.Key.Key_Left: DAYS[-2],
        Qt.Key.Key_Home: DAYS[0],
        Qt.Key.Key_Right: DAYS[1],
        Qt.Key.Key_End: DAYS[-1],
    }
    for key, day in steps.items():
        QTest.keyClick(bar, key)
        assert bar.current == day
        assert bar.accessibleDescription().startswith(bar.words(day))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_return_shows_a_day_in_the_chart(qtbot, bar, key):
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Left)

    with qtbot.waitSignal(bar.day_chosen) as chosen:
        QTest.keyClick(bar, key)

    assert chosen.args == [Window(TODAY - 24 * HOUR, TODAY)]


def test_a_click_shows_a_day_in_the_chart(qtbot, bar):
    with qtbot.waitSignal(bar.day_chosen) as chosen:
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(495, 20))

    assert chosen.args == [Window(TODAY, NOW)]


def test_a_click_beside_the_days_does_nothing(qtbot, bar):
    with qtbot.assertNotEmitted(bar.day_chosen):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(1, 1))


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_pointer_reads_a_day(qtbot, bar):
    QApplication.sendEvent(bar, QHelpEvent(QEvent.Type.ToolTip, QPoint(495, 20), bar.mapToGlobal(QPoint(495, 20))))

    qtbot.waitUntil(lambda: QToolTip.text() == tooltip(bar.words(DAYS[-1])))
    QToolTip.hideText()


def test_without_days_it_is_empty_and_keys_do_nothing(qtbot):
    bar = UptimeBar(Translator(), HistoryOptions())
    qtbot.addWidget(bar)
    bar.show()
    bar.setFocus()

    QTest.keyClick(bar, Qt.Key.Key_Left)
    QTest.keyClick(bar, Qt.Key.Key_Return)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)

    assert bar.current is None


def test_focus_and_days_are_seen(qtbot, bar, palette):
    bar.setPalette(palette)
    bar.clearFocus()
    without = bar.grab().toImage()
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Home)
    focused = bar.grab().toImage()

    assert different(without, focused) > 40


def test_fewer_days_than_before_keep_the_keyboard_within_them(bar):
    bar.setFocus()

    bar.show_days(DAYS[:10])

    assert bar.current == DAYS[9]
