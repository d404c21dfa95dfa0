"""The windows of the desktop program as pictures, drawn without a screen."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1.5")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from fakes.clock import FakeClock
from fakes.desktop import PALETTES
from fakes.long_past import NOW, write_past
from manara.history import History
from manara.model import Event
from manara.model import Window as Period
from manara.monitor import Snapshot
from manara.ui.overview import overview
from manara.ui.past.window import HistoryWindow
from manara.ui.silence_menu import SilenceMenu
from manara.ui.window import Window
from manara.wording import Translator


class _Nobody:
    """Nobody presses anything in a picture."""

    def _nothing(self, *_: object, **__: object) -> None:
        """Do nothing."""

    check_now = pause = acknowledge = unacknowledge = _nothing


def draw_services(events: Sequence[Event], snapshot: Snapshot, file: Path, *, now: datetime, opened: str) -> None:
    """Draw the window as it is after these events, with one service opened."""
    _program("light")
    window = Window(Translator(), lambda: now, _Nobody())  # type: ignore[arg-type]
    window.fill_menu_bar(SilenceMenu(Translator(), lambda: now, print, print))
    window.resize(1080, 620)
    window.take(events)
    window.show_overview(overview(Translator(), snapshot, now, running=True))
    window.open_service(opened)
    window.show()
    _save(window, file)


def draw_history(file: Path) -> None:
    """Draw the history window over some invented weeks."""
    _program("dark")
    with TemporaryDirectory() as folder:
        write_past(Path(folder), days=21, every=timedelta(minutes=5))
        history = History(Path(folder), FakeClock(NOW), lambda _kept: None)
        window = HistoryWindow(Translator(), lambda: NOW.astimezone(ZoneInfo("Europe/Berlin")), history)
        window.resize(1080, 680)
        window.show_service("shop", Period(NOW - timedelta(days=7), NOW))
        window.show()
        while window.is_busy:
            _wait(50)
        _save(window, file)
        window.close()
        history.stop()


def _program(palette: str) -> QApplication:
    program = QApplication.instance() or QApplication([])
    assert isinstance(program, QApplication)
    program.setStyle("Fusion")
    program.setPalette(PALETTES[palette])
    return program


def _save(window: QWidget, file: Path) -> None:
    _wait(300)
    picture = window.grab()
    picture.save(str(file))


def _wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()
