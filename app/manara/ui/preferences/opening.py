"""Makes the window of the preferences for the running program, which knows this by name alone until it is wanted."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QMenu

from manara.login import StartAtLogin
from manara.model import AppearanceOptions
from manara.monitor import Monitor
from manara.paths import resource
from manara.ui.notifier import Notifier
from manara.ui.preferences.languages import offered_languages
from manara.ui.preferences.notification_host import NotificationHost
from manara.ui.preferences.surroundings import Desktop, ServiceDoors, Surroundings
from manara.ui.preferences.window import PreferencesWindow
from manara.ui.session_bus import SessionBus, bus_address
from manara.ui.tray import Tray
from manara.wording import Translator


def preferences_window(
    tr: Translator,
    now: Callable[[], datetime],
    monitor: Monitor,
    *,
    add_service: Callable[[], object],
    edit_services: Callable[[list[str]], object],
    import_file: Callable[[], object],
    export_file: Callable[[], object],
    notifier: Notifier,
    tray: Tray,
    autostart: StartAtLogin,
    silence: QMenu,
    data_folder: Path,
    use_appearance: Callable[[AppearanceOptions], object],
) -> PreferencesWindow:
    """Return the window, which is not shown yet. `silence` is a menu of its own: it can stand in one place only."""
    host = NotificationHost(SessionBus(bus_address(os.environ)))
    window = PreferencesWindow(
        Surroundings(
            tr=tr,
            now=now,
            commands=monitor,
            services=lambda: monitor.snapshot().services,
            doors=ServiceDoors(add_service, edit_services, import_file, export_file),
            desktop=Desktop(lambda: tray.shown, notifier.show_example, host.ask),
            autostart=autostart,
            silence=silence,
            data_folder=data_folder,
            languages=offered_languages(resource("translations")),
            use_appearance=use_appearance,
        )
    )
    # It goes with the window, and its connection with it.
    host.setParent(window)
    return window
