"""The windows of the desktop program as pictures, drawn without a screen."""

import os
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1.5")

from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from fakes.clock import FakeClock
from fakes.commands import FakeCommands, stored
from fakes.desktop import PALETTES
from fakes.first_run import FakeSystem
from fakes.futures import ended
from fakes.login import FakeAutostart
from fakes.long_past import NOW, write_past
from manara.catalog import open_catalogue
from manara.history import History
from manara.model import Event, Incident
from manara.model import Window as Period
from manara.monitor import Snapshot
from manara.paths import resource
from manara.probes import CHECK_TYPES
from manara.ui.editor.surroundings import Surroundings
from manara.ui.editor.understanding import Understanding
from manara.ui.first_run.entry_model import ENTRY_ROLE
from manara.ui.first_run.window import FirstRun
from manara.ui.incidents.window import IncidentsWindow
from manara.ui.overview import overview
from manara.ui.past.window import HistoryWindow
from manara.ui.silence_menu import SilenceMenu
from manara.ui.window import Window
from manara.wording import Translator, category_word
from pictures.facebook_day import before, facebook_day, seen_of


class _Nobody:
    """Nobody presses anything in a picture."""

    def _nothing(self, *_: object, **__: object) -> None:
        """Do nothing."""

    check_now = acknowledge = unacknowledge = undo = _nothing


class _Remembered:
    """A history of incidents that answers at once."""

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._incidents = tuple(incidents)

    def flush(self) -> Future[None]:
        """Nothing is to be written."""
        return ended(None)

    def incidents(self, *, most: int) -> Future[tuple[Incident, ...]]:
        """Return them."""
        return ended(self._incidents[:most])

    def note(self, _incident_id: str, _at: datetime, _note: str) -> Future[bool]:
        """Nobody notes anything in a picture."""
        return ended(False)


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


def draw_incident(file: Path) -> None:
    """Draw the window of incidents on the morning of 4 October 2021, after some invented months."""
    _program("light")
    day = facebook_day()
    window = IncidentsWindow(Translator(), lambda: day.now, lambda: seen_of(day), _Remembered(before(day)))
    window.resize(1080, 620)
    window.show_incident(day.open[0].id)
    window.show()
    while window.is_busy:
        _wait(50)
    _save(window, file)
    window.close()


def draw_welcome(file: Path) -> None:
    """Draw the first step of the first run, with a few services picked."""
    _program("light")
    tr = Translator()
    commands = FakeCommands(replace(stored({"id": "facebook", "catalogue": "facebook"}), chosen=False))
    catalogue = open_catalogue(resource("catalogue.toml"), Path("none.toml"), CHECK_TYPES)
    around = Surroundings(tr, lambda: NOW, commands, Understanding(catalogue, partial(category_word, tr)))
    window = FirstRun(around, FakeSystem(FakeAutostart(), QLocale("en_GB")).around)
    window.resize(1080, 640)
    window.show()
    while window.is_busy:
        _wait(50)
    for place in (0, 1, 9, 11):
        window.pick.model.toggle(window.pick.model.index(place).data(ENTRY_ROLE))
    _save(window, file)
    window.close()


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
