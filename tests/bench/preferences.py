"""The window of the preferences: how soon it is there, in a program that is watching already."""

import sys
import time
from collections.abc import Iterator
from statistics import median

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from rich.table import Table

from bench.desktop import measure
from bench.screen import screen
from fakes.commands import stored
from fakes.preferences import FakeSurroundings
from manara.loading import load

RUNS = 9
SERVICES = 100
MANY = 5_000
GOAL = "≤ 150 ms"
# What a program that is watching has loaded; the window itself is loaded when it is first opened.
_LOADED = ("manara.ui.application:Application", "manara.monitor.opening:open_session")

Seen = dict[str, object]


def open_preferences(services: int) -> Seen:
    """Open the window for the first time, then every page of it, then the window again."""
    QApplication([])
    for name in _LOADED:
        load(name)
    if "manara.ui.preferences.window" in sys.modules:
        raise RuntimeError("the preferences were loaded though nobody has opened them")
    tables = [{"id": f"s{number}", "name": f"Service {number}"} for number in range(services)]
    around = FakeSurroundings(there=stored(*tables)).around
    began, spent = time.perf_counter(), time.process_time()
    window = load("manara.ui.preferences.window:PreferencesWindow")(around)
    _show(window)
    seen: Seen = {"first_s": time.perf_counter() - began, "first_cpu_s": time.process_time() - spent}
    pages = {}
    for page in load("manara.ui.preferences.pages:PAGES"):
        began = time.perf_counter()
        window.show_page(page.name)
        _paint()
        pages[page.name] = time.perf_counter() - began
    window.close()
    _paint()
    began = time.perf_counter()
    _show(window)
    window.close_for_good()
    return {**seen, "pages_s": pages, "next_s": time.perf_counter() - began}


def _show(window: object) -> None:
    """Show a window with what the settings say, until it is painted."""
    window.show()  # type: ignore[attr-defined]
    while window.is_busy:  # type: ignore[attr-defined]
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
    _paint()


def _paint() -> None:
    QApplication.processEvents()
    QApplication.sendPostedEvents()
    QApplication.processEvents()


def preferences_tables() -> Iterator[Table]:
    """Measure, and return the table."""
    with screen() as surroundings:
        few = [measure(surroundings, "preferences", SERVICES) for _ in range(RUNS)]
        many = [measure(surroundings, "preferences", MANY) for _ in range(RUNS)]
    table = Table("what", "measured", "goal", title=f"Preferences, median of {RUNS}")
    for runs, count in ((few, SERVICES), (many, MANY)):
        table.add_row(f"first opening, {count} services, until painted", _ms([seen["first_s"] for seen in runs]), GOAL)
        table.add_row("of this, work of the processor", _ms([seen["first_cpu_s"] for seen in runs]), "")
        table.add_row(f"next opening, {count} services", _ms([seen["next_s"] for seen in runs]), "")
    for page in few[0]["pages_s"]:
        table.add_row(f"first showing of the page {page}", _ms([seen["pages_s"][page] for seen in few]), "")
    yield table


def _ms(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.0f} ms (longest {max(seconds) * 1000:.0f} ms)"
