"""Makes the window of the first run for the running program, which knows this by name alone until it is wanted."""

import os

from PySide6.QtCore import QLocale

from manara.login import StartAtLogin
from manara.ui.editor.surroundings import Surroundings
from manara.ui.first_run.surroundings import System
from manara.ui.first_run.window import FirstRun
from manara.ui.notifier import Notifier
from manara.ui.preferences.notification_host import NotificationHost
from manara.ui.preferences.surroundings import Desktop
from manara.ui.session_bus import SessionBus, bus_address
from manara.ui.tray import Tray


def first_run_window(
    around: Surroundings, *, autostart: StartAtLogin, notifier: Notifier, tray: Tray, services_only: bool
) -> FirstRun:
    """Return the window, which is not shown yet."""
    host = NotificationHost(SessionBus(bus_address(os.environ)))
    desktop = Desktop(lambda: tray.shown, notifier.show_example, host.ask)
    window = FirstRun(around, System(desktop, autostart, QLocale()), services_only=services_only)
    # It goes with the window, and its connection with it.
    host.setParent(window)
    return window
