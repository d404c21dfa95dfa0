"""How long people wait over a year of data. The bounds are generous: other programs run beside the tests."""

import time
from datetime import timedelta
from statistics import median

import pytest

from fakes.clock import FakeClock
from fakes.long_past import NOW, write_past
from manara.history import History
from manara.ui.past.ranges import panned, zoomed
from manara.ui.past.window import HistoryWindow
from manara.wording import Translator

YEAR = timedelta(days=365)
FRAME_S = 0.033
OPENED_S = 0.3
GENEROUS = 5


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
    """How long it takes to change what is shown and to paint that, for a number of frames."""
    took = []
    for _ in range(30):
        began = time.perf_counter()
        window._show_part(change(window.view.shown))
        window.chart.viewport().repaint()
        took.append(time.perf_counter() - began)
    return median(took)


def test_a_frame_of_panning_is_quick(window):
    assert len(window.chart.lanes[0].series.buckets) > 300
    assert frames(window, lambda shown: panned(shown, -0.01, NOW)) < GENEROUS * FRAME_S


def test_a_frame_of_zooming_is_quick(window):
    assert frames(window, lambda shown: zoomed(shown, 0.95, shown.end, NOW)) < GENEROUS * FRAME_S


def test_a_window_over_a_year_opens_quickly(qtbot, window, year, now, settle):
    began = time.perf_counter()
    another = HistoryWindow(Translator(), now, year)
    qtbot.addWidget(another)
    another.view = another.view.ranged(YEAR, NOW)
    another.show_service("shop")
    another.show()
    settle(another)
    another.chart.viewport().repaint()

    assert time.perf_counter() - began < GENEROUS * OPENED_S
    assert len(another.chart.lanes[0].series.buckets) > 300
