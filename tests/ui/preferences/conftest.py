from pathlib import Path

import pytest

from fakes.preferences import FakeSurroundings
from manara.ui.preferences.window import PreferencesWindow


@pytest.fixture
def fake(qtbot, tmp_path):
    return FakeSurroundings(folder=tmp_path)


@pytest.fixture
def open_window(qtbot):
    """Open the window over some surroundings, and wait until it has read the settings."""
    opened = []

    def make(fake, page="services"):
        window = PreferencesWindow(fake.around)
        opened.append(window)
        qtbot.addWidget(window)
        window.show()
        window.show_page(page)
        settle(qtbot, window)
        # A window of the test before may still be going.
        qtbot.waitUntil(lambda: window.isActiveWindow() or bool(window.activateWindow()))
        return window

    yield make
    for window in opened:
        window.close_for_good()


def settle(qtbot, window):
    """Wait until every answer has come and was shown."""
    qtbot.waitUntil(lambda: not window.is_busy)


@pytest.fixture
def settled(qtbot):
    return lambda window: settle(qtbot, window)


@pytest.fixture
def nowhere():
    return Path("/nowhere")
