"""What it costs to show a year of data."""

from datetime import timedelta
from statistics import median

import pytest

from fakes.clock import FakeClock
from fakes.long_past import NOW, write_past
from fakes.pace import cost_ms
from manara.history import History
from manara.ui.past.ranges import panned, zoomed
from manara.ui.past.window import HistoryWindow
from manara.wording import Translator

YEAR = timedelta(days=365)
FRAME_MS = 33
OPENED_MS = 300
GENEROUS = 3
"""So many times as much as is wanted: the tests find out what has become slow, the benchmarks how slow it is."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("year")
    write_past(folder, days=365, every=timedelta(minutes=30), names=(("shop", "Shop"),))
    return folder


@pytest.fixture
def year(folder):
    history = History(folder, FakeClock(NOW), lambda _kept: None)
    yield history
    history.stop()


@pytest.fixture
def window(qtbot, open_window, settle, year):
    window = open_window(year)
    window.pane.tools.ranges.button(5).click()
    settle(window)
    return window


def frames(window, change):
    """What it costs to change what is shown and to paint that, in ms, for a number of frames."""

    def paint_next():
        window._show_part(change(window.view.shown))
        window.chart.viewport().repaint()

    return median(cost_ms(paint_next) for _ in range(30))


def test_a_frame_of_panning_is_quick(window):
    assert len(window.chart.lanes[0].series.buckets) > 300
    assert frames(window, lambda shown: panned(shown, -0.01, NOW)) < GENEROUS * FRAME_MS


def test_a_frame_of_zooming_is_quick(window):
    assert frames(window, lambda shown: zoomed(shown, 0.95, shown.end, NOW)) < GENEROUS * FRAME_MS


def test_a_window_over_a_year_opens_quickly(qtbot, window, year, now, settle):
    another = HistoryWindow(Translator(), now, year)
    qtbot.addWidget(another)
    another.view = another.view.ranged(YEAR, NOW)

    def show_all():
        another.show_service("shop")
        another.show()
        settle(another)
        another.chart.viewport().repaint()

    assert cost_ms(show_all) < GENEROUS * OPENED_MS
    assert len(another.chart.lanes[0].series.buckets) > 300
