"""What the measured processes do: each shows real windows, prints what was seen as one line of JSON, and ends."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QStringListModel, QTimer
from PySide6.QtWidgets import QApplication, QListView, QMainWindow, QWidget

from bench.memory import rss_mb


class Painted(QObject):
    """Calls back when a widget has been painted."""

    def __init__(self, widget: QWidget, heard: Callable[[], object]) -> None:
        super().__init__(widget)
        self._heard = heard
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            # The filter is asked before; what is due at once comes after all of this frame is on the screen.
            QTimer.singleShot(0, self._heard)
        return super().eventFilter(watched, event)


def bare(began: float, rows: str, rest_s: str) -> None:
    """Show the least that has as many rows; after a while it holds as much memory as it needs."""
    qt = QApplication([])
    window, view = QMainWindow(), QListView()
    view.setModel(QStringListModel([f"Service {number}" for number in range(int(rows))]))
    window.setCentralWidget(view)
    window.resize(1000, 700)
    seen: dict[str, float] = {}

    def painted() -> None:
        if not seen:
            seen["painted_s"] = time.monotonic() - began
            QTimer.singleShot(int(float(rest_s) * 1000), qt.quit)

    Painted(view.viewport(), painted)
    window.show()
    qt.exec()
    _tell({**seen, "rss_mb": rss_mb("self")})


def first(began: float, services: str, folder: str) -> None:
    """Start the whole program; end when the first verdict of a real look has been painted."""
    from bench.program import run, tiles_in_sight  # noqa: PLC0415 - what is bare has none of it

    seen: dict[str, float] = {}

    def watch(window: QWidget) -> None:
        def painted() -> None:
            after_s = time.monotonic() - began
            if window.tiles.rowCount() == int(services):
                seen.setdefault("painted_s", after_s)
                if any(tile.looks for tile in tiles_in_sight(window)):
                    seen.setdefault("verdict_s", after_s)
                    QApplication.exit()

        Painted(window.grid.viewport(), painted)

    run(Path(folder), watch)
    _tell(seen)


def load(_began: float, services: str, folder: str, seconds: str) -> None:
    """Watch many services in sight, then scroll through them."""
    from bench.program import Load, run  # noqa: PLC0415

    load = Load(int(services), float(seconds))
    run(Path(folder), load.watch)
    _tell(load.seen)


def memory(_began: float, services: str, folder: str) -> None:
    """Watch services in sight; tell what memory that takes once each has been looked at a few times."""
    from bench.program import run, when_all_seen  # noqa: PLC0415

    seen: dict[str, float] = {}

    def rest() -> None:
        seen["rss_mb"] = rss_mb("self")
        QApplication.exit()

    run(Path(folder), lambda window: when_all_seen(window, int(services), lambda: QTimer.singleShot(8000, rest)))
    seen["pyqtgraph"] = "pyqtgraph" in sys.modules
    _tell(seen)


def hidden(_began: float, services: str, folder: str, seconds: str) -> None:
    """Watch services out of sight; tell what share of a core all of the process takes after the first round."""
    from bench.program import PATIENCE_MS, run, when_all_seen  # noqa: PLC0415

    seen: dict[str, float] = {}

    def watch(window: QWidget) -> None:
        def measure() -> None:
            # Without a tray, the window comes up by itself once, after a while.
            QTimer.singleShot(PATIENCE_MS + 500, hide)

        def hide() -> None:
            window.hide()
            QTimer.singleShot(1000, begin)

        def begin() -> None:
            spent, since = time.process_time(), time.monotonic()

            def end() -> None:
                seen["core_share"] = (time.process_time() - spent) / (time.monotonic() - since)
                seen["visible"] = any(each.isVisible() for each in QApplication.topLevelWidgets())
                QApplication.exit()

            QTimer.singleShot(int(float(seconds) * 1000), end)

        when_all_seen(window, int(services), measure)

    run(Path(folder), watch)
    _tell(seen)


def past(_began: float, folder: str) -> None:
    """Open the history window over a year, move through it, open it again and again."""
    from bench.moving import move_through_a_year  # noqa: PLC0415

    QApplication([])
    _tell(move_through_a_year(Path(folder)))


def preferences(_began: float, services: str) -> None:
    """Open the preferences, each of their pages, and the window again."""
    from bench.preferences import open_preferences  # noqa: PLC0415

    _tell(open_preferences(int(services)))


def news(_began: float, services: str) -> None:
    """Show batches of news."""
    from bench.moving import take_news  # noqa: PLC0415

    QApplication([])
    _tell(take_news(int(services)))


def _tell(seen: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(seen) + "\n")


WAYS = {each.__name__: each for each in (bare, first, load, memory, hidden, past, preferences, news)}
