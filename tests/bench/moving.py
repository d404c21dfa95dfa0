"""The history window over a year of data, and news for the window of services: how long, and what stays behind."""

import gc
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from bench.memory import rss_mb
from bench.year import NOW
from fakes.checks import make_service
from fakes.clock import FakeClock
from fakes.desktop import answered, looked_at, watched
from manara.history import History
from manara.model import Event, Verdict, Window
from manara.ui.past.ranges import panned, zoomed
from manara.ui.past.window import HistoryWindow
from manara.ui.window import Window as Services
from manara.wording import Translator

YEAR = Window(NOW - timedelta(days=365), NOW)
NEXT = 9
FRAMES = 150
OPENINGS = 200
BATCHES = 2000
_SETTLED = 300
"""So many batches or openings fill every cache that has an end."""

Seen = dict[str, object]


def move_through_a_year(folder: Path) -> Seen:
    """Open, pan, zoom; open again and again."""
    history = History(folder, FakeClock(NOW), lambda _kept: None)
    seen: Seen = {}
    began = time.perf_counter()
    window = HistoryWindow(Translator(), _now, history)
    _show(window, "s1")
    seen["first_s"] = time.perf_counter() - began
    again = []
    for number in range(NEXT):
        window.close()
        QApplication.processEvents()
        began = time.perf_counter()
        _show(window, f"s{number + 2}")
        again.append(time.perf_counter() - began)
    seen["next_s"] = again
    for what, change in (
        ("pan_ms", lambda shown: panned(shown, -0.002, NOW)),
        ("zoom_ms", lambda shown: zoomed(shown, 0.98, shown.end, NOW)),
    ):
        window.show_service("s1", YEAR)
        _wait(window)
        seen[what] = [_frame_ms(window, change) for _ in range(FRAMES)]
    window.close()
    window.deleteLater()
    _open_and_close(history, 60)
    before = _left()
    _open_and_close(history, OPENINGS)
    seen["before"], seen["after"] = before, _left()
    history.stop()
    return seen


def _show(window: HistoryWindow, service_id: str) -> None:
    """Show a year of a service as the program does, until all of it is drawn and painted."""
    window.show_service(service_id, YEAR)
    window.show()
    window.raise_()
    window.activateWindow()
    _wait(window)
    window.chart.viewport().repaint()


def _wait(window: HistoryWindow) -> None:
    until = time.monotonic() + 20
    while window.is_busy or not window.chart.lanes or not window.windowHandle().isExposed():
        # Without looking again and again, which would take the history's thread its time.
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > until:
            raise TimeoutError("the history was not drawn")


def _frame_ms(window: HistoryWindow, change: Callable[[Window], Window]) -> float:
    began = time.perf_counter()
    # As when a hand moves the time axis.
    window.hands.window_wished.emit(change(window.view.shown))
    window.chart.viewport().repaint()
    spent_ms = (time.perf_counter() - began) * 1000
    QApplication.processEvents()
    return spent_ms


def _open_and_close(history: History, times: int) -> None:
    for number in range(times):
        window = HistoryWindow(Translator(), _now, history)
        window.show_service(f"s{number % 100}", YEAR)
        window.show()
        if number % 10 == 0:
            _wait(window)
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def take_news(services: int) -> Seen:
    """Show batches of news in the window of services."""
    window = Services(Translator(), _now, _Deaf())
    window.take([watched(*[make_service(f"s{number}") for number in range(services)])])
    window.resize(1000, 700)
    window.show()
    window.open_service("s1")
    _pass_on(window, services, _SETTLED)
    before = _left()
    began = time.perf_counter()
    _pass_on(window, services, BATCHES)
    seconds = time.perf_counter() - began
    return {"batch_ms": seconds / BATCHES * 1000, "before": before, "after": _left()}


def _pass_on(window: Services, services: int, batches: int) -> None:
    verdicts = (Verdict.UP, Verdict.DOWN, Verdict.DEGRADED)
    for number in range(batches):
        events: list[Event] = [
            answered(f"s{(number + each) % services}", looked_at(verdicts[number % 3]), ms=float(number % 400))
            for each in range(20)
        ]
        window.take(events)
        if number % 20 == 0:
            QApplication.processEvents()


class _Deaf:
    def _nothing(self, *_: object, **__: object) -> None:
        pass

    check_now = undo = acknowledge = unacknowledge = _nothing


def _left() -> dict[str, float]:
    """What there is of everything that could stay behind."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return {
        "resident memory": rss_mb("self"),
        "threads": threading.active_count(),
        "open files": len([*Path("/proc/self/fd").iterdir()]),
        "widgets": len(QApplication.allWidgets()),
    }


def _now() -> datetime:
    return NOW
