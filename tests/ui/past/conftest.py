"""A history of some weeks, written once, and windows that read it with real futures."""

import shutil
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from fakes.clock import FakeClock
from fakes.keeping import keeping
from fakes.long_past import ARABIC, HOSTILE, LONG, NOW, write_past
from manara.history import History
from manara.model import HistoryOptions
from manara.ui.past.window import HistoryWindow
from manara.wording import Translator

NAMES = (("shop", "Shop"), ("bank", "Bank"), ("hostile", HOSTILE), ("arabic", ARABIC), ("long", LONG))


@pytest.fixture(scope="session")
def weeks(tmp_path_factory):
    """The folder with three weeks of five services; only read it."""
    folder = tmp_path_factory.mktemp("weeks")
    write_past(folder, days=21, every=timedelta(minutes=10), names=NAMES)
    return folder


@pytest.fixture
def history(weeks):
    """The history of the weeks, for reading."""
    history = History(weeks, FakeClock(NOW), lambda _kept: None)
    yield history
    history.stop()


@pytest.fixture
def written(weeks, tmp_path):
    """A copy of the weeks that can be written."""
    folder = tmp_path / "written"
    shutil.copytree(weeks, folder)
    with keeping(folder, clock=FakeClock(NOW)) as history:
        yield history


@pytest.fixture
def now():
    """The time here, as the program passes it on."""
    return lambda: NOW.astimezone(ZoneInfo("Europe/Berlin"))


@pytest.fixture
def open_window(qtbot, now):
    """Opens a window on a history, and waits until it shows all."""

    def open_one(history, service_id="shop", options=None, tr=None):
        window = HistoryWindow(tr or Translator(), now, history, options or HistoryOptions())
        qtbot.addWidget(window)
        window.resize(1024, 600)
        window.show_service(service_id)
        window.show()
        settled(qtbot, window)
        return window

    return open_one


@pytest.fixture
def settle(qtbot):
    """Waits until a window knows all that it asked for, and has drawn it."""
    return lambda window: settled(qtbot, window)


def settled(qtbot, window):
    qtbot.waitUntil(lambda: not window.is_busy)
