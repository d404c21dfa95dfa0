"""The whole desktop program with an eye on its window; nothing in it knows that."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from manara.cli.arguments import DesktopArguments
from manara.ui.application import PATIENCE_MS
from manara.ui.start import start
from manara.ui.tile import Tile
from manara.ui.tile_model import TILE_ROLE
from manara.ui.window import Window

if TYPE_CHECKING:
    from bench.server import Served

__all__ = ["PATIENCE_MS", "Load", "run", "tiles_in_sight", "when_all_seen", "write_settings"]

TICK_MS = 5
FRAMES = 300
STEP = 37
"""So many pixels a frame goes."""


def write_settings(folder: Path, services: int, served: "Served", interval: timedelta, *, secure: bool) -> None:
    """Write the settings of a program that looks at one local server under many names, by HTTP or HTTPS."""
    site = f"https://127.0.0.1:{served.https_port}" if secure else f"http://127.0.0.1:{served.http_port}"
    entries = [
        f'[[services]]\nname = "Service {number}"\nid = "s{number}"\n'
        f'checks = [{{ type = "http", url = "{site}/{number}" }}]\n'
        for number in range(services)
    ]
    network = f'[network]\nwitness_resolvers = []\nanchors = []\nca_file = "{served.ca_file}"\n'
    pace = f'[checks]\ninterval = "{interval.total_seconds():.0f}s"\n'
    (folder / "settings.toml").write_text("\n".join([f"{network}{pace}max_per_host = 100\n", *entries]))


def run(folder: Path, watch: Callable[[Window], object]) -> None:
    """Run the program to its end; its window is handed over before anything is painted."""

    def program(arguments: list[str]) -> QApplication:
        qt = QApplication(arguments)
        QTimer.singleShot(0, lambda: watch(_window()))
        return qt

    code = start(DesktopArguments(config=folder / "settings.toml", data=folder / "data"), program)
    if code:
        raise SystemExit(code)


def _window() -> Window:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, Window))


def tiles_in_sight(window: Window) -> Sequence[Tile]:
    """Return the tiles that can be seen, at least in part."""
    grid, room = window.grid, window.grid.viewport().rect()
    rows = (window.tiles.index(row) for row in range(window.tiles.rowCount()))
    return [index.data(TILE_ROLE) for index in rows if grid.visualRect(index).intersects(room)]


def when_all_seen(window: Window, services: int, then: Callable[[], object]) -> None:
    """Call back once each service has been looked at."""
    timer = QTimer(window, interval=200)

    def look() -> None:
        if sum(bool(tile.looks) for tile in window.tiles.tiles) == services:
            timer.stop()
            then()

    timer.timeout.connect(look)
    timer.start()


class Load:
    """A busy program: how much of a core its GUI thread takes, how long its loop stands, how long a frame takes."""

    def __init__(self, services: int, seconds: float) -> None:
        self._services = services
        self._seconds = seconds
        self._stalls_ms: list[float] = []
        self._timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self._frames_ms: list[float] = []
        self._whole_ms: list[float] = []
        self.seen: dict[str, object] = {}

    def watch(self, window: Window) -> None:
        """Measure from the first round on."""
        self._window = window
        self._began = time.monotonic()
        self._start_ticking()
        when_all_seen(window, self._services, self._settle)

    def _settle(self) -> None:
        self.seen["first_round_s"] = time.monotonic() - self._began
        self.seen["first_round_stalls_ms"] = self._stop_ticking()
        # The share is that of the program alone, without the ticks.
        self._thread_s, self._process_s, self._since = time.thread_time(), time.process_time(), time.monotonic()
        QTimer.singleShot(int(self._seconds * 1000), self._watch_stalls)

    def _watch_stalls(self) -> None:
        passed_s = time.monotonic() - self._since
        self.seen["gui_share"] = (time.thread_time() - self._thread_s) / passed_s
        self.seen["core_share"] = (time.process_time() - self._process_s) / passed_s
        self._start_ticking()
        QTimer.singleShot(int(self._seconds * 1000), self._scroll)

    def _scroll(self) -> None:
        self.seen["stalls_ms"] = self._stop_ticking()
        self._frame()

    def _frame(self) -> None:
        """Go on by one step, until it is painted; then paint all in sight anew, as when nothing could be kept."""
        bar, viewport = self._window.grid.verticalScrollBar(), self._window.grid.viewport()
        began = time.perf_counter()
        bar.setValue((bar.value() + STEP) % bar.maximum())
        QApplication.sendPostedEvents()
        scrolled = time.perf_counter()
        viewport.repaint()
        self._frames_ms.append((scrolled - began) * 1000)
        self._whole_ms.append((time.perf_counter() - scrolled) * 1000)
        if len(self._frames_ms) < FRAMES:
            QTimer.singleShot(10, self._frame)
        else:
            self.seen["tiles_in_sight"] = len(tiles_in_sight(self._window))
            self.seen["frames_ms"], self.seen["whole_ms"] = self._frames_ms, self._whole_ms
            QApplication.exit()

    def _start_ticking(self) -> None:
        self._stalls_ms = []
        self._last = time.perf_counter()
        self._timer.start()

    def _stop_ticking(self) -> list[float]:
        self._timer.stop()
        return sorted(self._stalls_ms)[-20:]

    def _tick(self) -> None:
        now = time.perf_counter()
        self._stalls_ms.append((now - self._last) * 1000 - TICK_MS)
        self._last = now
