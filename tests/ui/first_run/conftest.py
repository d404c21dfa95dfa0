"""A first start in memory: the shipped catalogue, a monitor without settings, a desktop and a start at login."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale

from fakes.commands import FakeCommands, stored
from fakes.first_run import FakeSystem
from fakes.login import FakeAutostart
from fakes.recorded import NOW
from manara.model import CheckResult, Timings
from manara.ui.first_run.window import FirstRun


@pytest.fixture
def commands():
    """A monitor that watches the starter set, since nobody has chosen anything."""
    made = FakeCommands(replace(stored({"id": "facebook", "catalogue": "facebook"}), chosen=False))
    made.answers["try"] = CheckResult(NOW, None, Timings(total_ms=43.0))
    return made


@pytest.fixture
def login():
    """A system that starts nothing at login."""
    return FakeAutostart()


@pytest.fixture
def system(login):
    """A desktop with notifications, somewhere in Germany."""
    return FakeSystem(login, QLocale("en_DE"))


@pytest.fixture
def open_run(qtbot, around, system):
    """Opens the window and waits until it knows what there is."""

    def open_it(*, services_only=False, system=system):
        window = FirstRun(around, system.around, services_only=services_only)
        window.told = []
        window.saved.connect(lambda told, _undo: window.told.append(told))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: not window.is_busy)
        return window

    return open_it


@pytest.fixture(autouse=True)
def no_windows_left():
    """Let windows that were closed go before the next test."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
