"""The desktop program, from start to end: one instance, one monitor, one tray, one window.

How it starts: is there a screen → the lock of the one instance → window and tray with the names of what will be watched
→ once they are seen, the monitor's threads, which load all that looks and judges → events through the bridge. How it
ends: quit, the end of the session or a signal → the monitor stops, and what was measured is on the disk.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from manara.history import HistoryUnreadable, UnknownToHistory
from manara.loading import load
from manara.model import AppearanceOptions, Event, ResultArrived, Series, ServicesChanged, SettingsInvalid, TileSize
from manara.model import Window as Period
from manara.monitor import Monitor
from manara.ui.bridge import Bridge
from manara.ui.bubble_ways import ways_of_this_system
from manara.ui.colour_scheme import use_colours
from manara.ui.first_paint import FirstPaint
from manara.ui.front import bring_to_front
from manara.ui.incident_desk import IncidentDesk
from manara.ui.notifier import Notifier
from manara.ui.overview import overview
from manara.ui.settings_windows import SettingsWindows
from manara.ui.silence_menu import SilenceMenu
from manara.ui.tray import Tray, Wishes
from manara.ui.trend import COLUMNS, LENGTH
from manara.ui.window import Window
from manara.ui.window_state import WindowState
from manara.wording import Translator

if TYPE_CHECKING:
    from manara.ui.past.window import HistoryWindow
    from manara.ui.recall import Recall
    from manara.ui.service_page import ServicePage
    from manara.ui.why_page import Explaining

REFRESH_EVERY_MS = 2000
"""Ages in the tray's tooltip grow even when nothing happens."""
SECRETS_WITHIN_S = 1.0
"""So long the end waits at most until secrets that nothing names any more are forgotten."""
PATIENCE_MS = 8000
"""At login, panels start later than Manara, and they may start anew: for so long no window comes up unasked."""


class Application(QObject):
    """Connects the monitor with what is seen of it."""

    refusal: SettingsInvalid | None = None
    """Why nothing could be watched, where that is why it ended."""
    begun = Signal()
    """Everything that watches has been loaded, and either watches or ended with a `refusal`."""
    _opened = Signal(object)
    _series_read = Signal(object)

    def __init__(
        self,
        qt: QApplication,
        monitor: Monitor,
        state: WindowState,
        *,
        tr: Translator,
        now: Callable[[], datetime],
        appearance: AppearanceOptions,
        at_login: tuple[str, ...],
        data_folder: Path,
    ) -> None:
        super().__init__()
        self._qt = qt
        self._monitor = monitor
        self._state = state
        self._appearance = appearance
        self._tr = tr
        self._now = now
        self._bridge = Bridge(self)
        self._unread: deque[str] = deque()
        self._asked: set[str] = set()
        """The services whose last hours were asked for."""
        self.window = Window(tr, now, monitor)
        silence = (monitor.pause_notifications, monitor.resume_notifications)
        self._silence_menus = tuple(SilenceMenu(tr, now, *silence) for _ in range(3))
        self.window.fill_menu_bar(self._silence_menus[0])
        wishes = Wishes(
            self.show_window,
            self.open_service,
            self.window.check_all,
            self.open_history,
            self.window.preferences_wished.emit,
            self.leave,
        )
        self.tray = Tray(tr, wishes, qt.palette, self._silence_menus[1])
        self._notifier = Notifier(tr, now, ways_of_this_system(self.tray, os.environ), self)
        self._settings_windows = SettingsWindows(
            tr,
            now,
            monitor,
            self.window,
            notifier=self._notifier,
            tray=self.tray,
            at_login=at_login,
            silence=self._silence_menus[2],
            data_folder=data_folder,
            use_appearance=self.use_appearance,
        )
        self.incidents = IncidentDesk(tr, now, monitor, self.window, state)
        self._answering: list[Recall | Explaining] = []
        """What answers the wishes of the page of a service, once there is one."""
        self._past: HistoryWindow | None = None
        self._begun = self._over = False
        self._refresh = QTimer(self, interval=REFRESH_EVERY_MS)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._connect()

    def start(self, *, in_background: bool) -> None:
        """Begin to show, and then to watch; settings that cannot be used end it with a `refusal`."""
        self._state.restore_window(self.window, "main")
        self.window.filters.choose(self._state.order, self._appearance.density)
        self.window.tiles.put_in_order(self._state.own_order)
        self._monitor.subscribe(self._bridge.put)
        outline = self._monitor.snapshot()
        self.window.take([ServicesChanged(self._now(), outline.services, outline.states)])
        self.tray.start()
        self._refresh.start()
        self._show_overview()
        if in_background:
            QTimer.singleShot(0, self._watch)
        else:
            FirstPaint(self.window.grid.viewport()).passed.connect(self._watch)
            self.show_window()
        if not self.tray.shown:
            self._patience.start()

    @Slot()
    def _watch(self) -> None:
        """Start the monitor; what it has to load would hold up the first picture."""
        if self._over:
            return
        self._begun = True
        self._monitor.start().add_done_callback(self._opened.emit)

    @Slot(object)
    def _see_whether_opened(self, opened: Future[None]) -> None:
        self.begun.emit()
        problem = None if opened.cancelled() else opened.exception()
        if isinstance(problem, SettingsInvalid):
            self.refusal = problem
            self.leave()
            return
        if self.window.isVisible() and not self._state.welcomed:
            self._settings_windows.welcome_if_new(self._note_welcome)
        # What could be undone ended with the last run.
        self._monitor.forget_unused_secrets()

    @Slot(object)
    def _serve(self, page: "ServicePage") -> None:
        """Give the page of a service what it asks for."""
        recall, explaining = load("manara.ui.recall:Recall"), load("manara.ui.why_page:Explaining")
        self._answering = [
            recall(self._tr, page, lambda: self._monitor.history, self),
            explaining(self._monitor.explain, page.why, lambda: page.service_id, self),
        ]

    @Slot()
    def _note_welcome(self) -> None:
        self._state.welcomed = True

    @Slot()
    def show_window(self) -> None:
        """Bring the window to the front."""
        bring_to_front(self.window)

    @Slot(bytes)
    def show_for(self, token: bytes) -> None:
        """Bring the window to the front for another start, with its right to do so (XDG activation)."""
        if token:
            # Qt reads it when a window asks to be active.
            os.environ["XDG_ACTIVATION_TOKEN"] = os.fsdecode(token)
        self.show_window()

    def open_service(self, service_id: str) -> None:
        """Show one service in full."""
        self.show_window()
        self.window.open_service(service_id)

    @Slot(str)
    @Slot(str, object)
    def open_history(self, service_id: str = "", stretch: Period | None = None) -> None:
        """Show the past of a service, of the first one if none is named; around a stretch of time if one is given."""
        history, services = self._monitor.history, self._monitor.snapshot().services
        if history is None or not services:
            return
        if self._past is None:
            make = load("manara.ui.past.window:HistoryWindow")
            self._past = make(self._tr, self._now, history, self._monitor.history_options)
            self._state.restore_window(self._past, "history")
        shown = None if stretch is None else load("manara.ui.past.ranges:around")(stretch, self._now())
        self._past.show_service(service_id or self.window.drawer.service_id or services[0].id, shown)
        bring_to_front(self._past)

    @Slot(list, str)
    def _open_told(self, service_ids: Sequence[str], token: str) -> None:
        """Show what a notification was about."""
        self.show_for(token.encode())
        for service_id in service_ids[:1]:
            self.window.open_service(service_id)
        together = {self.window.banner.board.incident_of(service_id) for service_id in service_ids}
        if len(service_ids) > 1 and len(together) == 1 and all(together):
            self.incidents.open(together.pop())

    @Slot(object)
    def _snooze(self, length: timedelta) -> None:
        self._monitor.pause_notifications(self._now() + length)

    @Slot(list)
    def _remember_order(self, service_ids: Sequence[str]) -> None:
        self._state.own_order = service_ids

    @Slot()
    def _remember_order_of_all(self) -> None:
        self._state.order = self.window.filters.choice.order

    def use_appearance(self, appearance: AppearanceOptions) -> None:
        """Look like this from now on; language and digits change at the next start."""
        if appearance.theme is not self._appearance.theme:
            use_colours(appearance.theme)
        self._appearance = appearance
        self.window.filters.choose(self._state.order, appearance.density)

    @Slot(object)
    def _keep_density(self, density: TileSize) -> None:
        """Write into the settings what was chosen above the tiles."""
        if density is not self._appearance.density:
            self._appearance = replace(self._appearance, density=density)
            self._settings_windows.set_density(density)

    def offer_report(self, report: str, file: Path) -> None:
        """Tell that something went wrong in an earlier run, and offer what it left behind; nothing waits for it."""
        load("manara.ui.crash_dialog:CrashDialog")(self._tr, report, file, self.window).open()

    @Slot()
    def leave(self) -> None:
        """End the program; not by `quit`, which would close every window first and ask each whether it agrees."""
        self._qt.exit()

    def end(self) -> None:
        """Stop measuring; what was measured is on the disk afterwards. Nothing is shown any more."""
        self._over = True
        self._bridge.arrived.disconnect(self._take)
        self._refresh.stop()
        self._patience.stop()
        self.tray.stop()
        self._settings_windows.close()
        self.incidents.close()
        self._notifier.close()
        for each in self._answering:
            each.close()
        self._state.keep_window(self.window, "main")
        if self._past is not None:
            self._state.keep_window(self._past, "history")
            self._past.close()
        # Nothing can be undone any more. What takes longer is left to the next start: nobody waits for a keyring.
        wait([self._monitor.forget_unused_secrets()], SECRETS_WITHIN_S)
        self._monitor.stop()

    def _connect(self) -> None:
        self._bridge.arrived.connect(self._take)
        self.window.drawer.made.connect(self._serve)
        self._opened.connect(self._see_whether_opened, Qt.ConnectionType.QueuedConnection)
        # Queued: an answer that is there at once would ask the next question from within this one.
        self._series_read.connect(self._take_series, Qt.ConnectionType.QueuedConnection)
        self._refresh.timeout.connect(self._show_overview)
        self._patience.timeout.connect(self._do_without_tray)
        self.tray.host_changed.connect(self._host_changed)
        # Queued: Qt hides the window only after it has told that it closes.
        self.window.hidden_by_user.connect(self._stay_reachable, Qt.ConnectionType.QueuedConnection)
        self._qt.paletteChanged.connect(self._show_overview)
        self.window.leave_wished.connect(self.leave)
        self.window.history_wished.connect(self.open_history)
        self.incidents.history_wished.connect(self.open_history)
        self.window.order_changed.connect(self._remember_order)
        self.window.filters.chosen.connect(self._remember_order_of_all)
        self.window.filters.density_chosen.connect(self._keep_density)
        self._notifier.open_wished.connect(self._open_told)
        self._notifier.acknowledge_wished.connect(self._monitor.acknowledge)
        self._notifier.snooze_wished.connect(self._snooze)

    @Slot(list)
    def _take(self, events: Sequence[Event]) -> None:
        self.window.take(events)
        self.incidents.take(events)
        self._notifier.take(events)
        self._settings_windows.take(events)
        for event in events:
            if isinstance(event, ServicesChanged):
                self._read_trends([service.id for service in event.services])
        # A look that changes nothing makes the newest look newer alone, which the next refresh shows.
        if not all(isinstance(event, ResultArrived) for event in events) or not events:
            self._show_overview()

    @Slot()
    def _show_overview(self) -> None:
        snapshot, now = self._monitor.snapshot(), self._now()
        seen = overview(self._tr, snapshot, now, running=self._monitor.running or not self._begun)
        self.tray.show_overview(seen, snapshot, now)
        self.window.show_overview(seen)
        for menu in self._silence_menus:
            menu.show_silence(snapshot.silence)

    def _read_trends(self, service_ids: Sequence[str]) -> None:
        """Ask the history for the last hours, one service after the other: ten thousand questions would pile up.

        Each is asked for once: what is in a trend already must not count again after every change of the settings.
        """
        new = [service_id for service_id in service_ids if service_id not in self._asked]
        waiting = bool(self._unread)
        self._asked = set(service_ids)
        self._unread.extend(new)
        if not waiting:
            self._read_next_trend()

    def _read_next_trend(self) -> None:
        history = self._monitor.history
        if history is not None and self._unread:
            now = self._now()
            question = history.series(self._unread.popleft(), Period(now - LENGTH, now), COLUMNS)
            question.add_done_callback(self._series_read.emit)

    @Slot(object)
    def _take_series(self, answer: Future[Series]) -> None:
        with suppress(HistoryUnreadable, UnknownToHistory):
            self.window.tiles.take_series(answer.result())
        self._read_next_trend()

    @Slot(bool)
    def _host_changed(self, there: bool) -> None:  # noqa: FBT001 - Qt's signal
        if there:
            self._patience.stop()
            self._show_overview()
        else:
            self._patience.start()

    @Slot()
    def _do_without_tray(self) -> None:
        """Show the window, which is now the only way to reach Manara, and say so."""
        if not self.window.isVisible():
            self.show_window()
        text = self._tr("This desktop has no system tray, so the window stays. Manara ends with Ctrl+Q.")
        self.window.statusBar().showMessage(text, 15_000)

    @Slot()
    def _stay_reachable(self) -> None:
        """Without a tray, a closed window would be gone for good: it is only made small."""
        if not self.tray.shown:
            self.window.showMinimized()
