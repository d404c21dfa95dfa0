"""The desktop program as people meet it, on a screen of its own: how soon it is there, how smooth, how heavy.

Every figure is of a process of its own. The start is compared with that of the least window in the same run.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from rich.table import Table

from bench.program import FRAMES, write_settings
from bench.screen import screen
from bench.server import Served, serving
from bench.year import make_year
from manara.history import NAME

STARTS = 9
SERVICES = 100
MANY = 1000
MANY_EVERY_S = 10
LOAD_S = 12
IDLE_S = 20
LONGEST_S = 90


def desktop_tables() -> Iterator[Table]:
    """Measure, and return each table as soon as it is ready."""
    with screen() as surroundings, serving() as served:
        yield _starting(surroundings, served)
        yield _under_load(surroundings, served)
        yield _weight(surroundings, served)
        with TemporaryDirectory() as folder:
            make_year(Path(folder) / NAME, 1.4)
            seen = measure(surroundings, "past", folder)
        yield _past(seen)
        yield _staying(measure(surroundings, "news", SERVICES), seen)


def _table(title: str) -> Table:
    return Table("what", "measured", "goal", title=title)


def measure(surroundings: Mapping[str, str], way: str, *arguments: object) -> Any:
    """Start a process, wait for its end, and return what it saw."""
    command = [sys.executable, "-m", "bench.measured", way, str(time.monotonic()), *map(str, arguments)]
    ran = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, timeout=LONGEST_S, check=True)
    return json.loads(ran.stdout)


def _measure_program(
    surroundings: Mapping[str, str],
    served: Served,
    way: str,
    services: int,
    every_s: float,
    *arguments: object,
    secure: bool = False,
) -> Any:
    """Measure a program with settings and a history of its own."""
    with TemporaryDirectory() as folder:
        write_settings(Path(folder), services, served, timedelta(seconds=every_s), secure=secure)
        own = {**surroundings, "HOME": folder}
        return measure(own, way, services, folder, *arguments)


def _starting(surroundings: Mapping[str, str], served: Served) -> Table:
    bare, whole = [], []
    for _ in range(STARTS):
        bare.append(measure(surroundings, "bare", SERVICES, 0)["painted_s"])
        whole.append(_measure_program(surroundings, served, "first", SERVICES, 60))
    bare_s, painted_s, verdict_s = (
        median(each) for each in (bare, [seen["painted_s"] for seen in whole], [seen["verdict_s"] for seen in whole])
    )
    table = _table(f"Start with {SERVICES} services, median of {STARTS}")
    table.add_row("a bare list of as many rows is painted", _ms(bare_s), "")
    table.add_row("the grid is painted", f"{_ms(painted_s)}, {painted_s / bare_s:.2f} ×", "≤ 2.5 × the bare list")
    table.add_row("the first real verdict is painted", _ms(verdict_s), "≤ 1000 ms")
    return table


def _under_load(surroundings: Mapping[str, str], served: Served) -> Table:
    seen = _measure_program(surroundings, served, "load", MANY, MANY_EVERY_S, LOAD_S)
    table = _table(f"{MANY} services every {MANY_EVERY_S} s, window open, {seen['tiles_in_sight']} tiles in sight")
    table.add_row("GUI thread, of one core", f"{seen['gui_share']:.1%}", "≤ 10 %")
    table.add_row("all of the process, of one core", f"{seen['core_share']:.1%}", "")
    table.add_row("longest stall of the GUI's loop", f"{seen['stalls_ms'][-1]:.0f} ms", "≤ 50 ms")
    table.add_row("longest stall in the first round", f"{seen['first_round_stalls_ms'][-1]:.0f} ms", "")
    frames = sorted(seen["frames_ms"])
    table.add_row(f"frame while scrolling, median of {FRAMES}", f"{median(frames):.1f} ms", "")
    table.add_row("frame while scrolling, 99 of 100", f"{_p99(frames):.1f} ms", "≤ 16 ms")
    table.add_row("all in sight painted anew, median", f"{median(seen['whole_ms']):.1f} ms", "")
    return table


def _weight(surroundings: Mapping[str, str], served: Served) -> Table:
    bare = measure(surroundings, "bare", SERVICES, 2)
    seen = _measure_program(surroundings, served, "memory", SERVICES, 5)
    secure = _measure_program(surroundings, served, "memory", SERVICES, 5, secure=True)
    if seen["pyqtgraph"] or secure["pyqtgraph"]:
        raise RuntimeError("charts were loaded though nobody looked at any")
    idle = _measure_program(surroundings, served, "hidden", SERVICES, 60, IDLE_S)
    if idle["visible"]:
        raise RuntimeError("the window was to be hidden")
    table = _table(f"Weight with {SERVICES} services")
    table.add_row("resident memory of a bare list of as many rows", f"{bare['rss_mb']:.0f} MB", "")
    table.add_row("resident memory, window open, no charts", f"{seen['rss_mb']:.0f} MB", "≤ 110 MB")
    table.add_row("… with all of them over HTTPS", f"{secure['rss_mb']:.0f} MB", "")
    table.add_row(f"hidden, every 60 s: of one core, {IDLE_S} s", f"{idle['core_share']:.2%}", "≤ 1 %")
    return table


def _past(seen: Any) -> Table:
    table = _table(f"History window over a year of {SERVICES} services")
    table.add_row("first opening, until painted", _ms(seen["first_s"]), "≤ 1000 ms")
    table.add_row("next opening, median", _ms(median(seen["next_s"])), "≤ 300 ms")
    table.add_row("next opening, longest", _ms(max(seen["next_s"])), "")
    for what in ("pan", "zoom"):
        frames = sorted(seen[f"{what}_ms"])
        table.add_row(f"frame of {what}, median of {len(frames)}", f"{median(frames):.1f} ms", "≤ 33 ms")
        table.add_row(f"frame of {what}, 99 of 100", f"{_p99(frames):.1f} ms", "≤ 33 ms")
    return table


def _staying(news: Any, past: Any) -> Table:
    table = _table("What stays behind")
    for what, seen in (("2000 batches of news", news), ("200 openings of the history", past)):
        before, after = seen["before"], seen["after"]
        for kind in before:
            if kind == "resident memory":
                table.add_row(f"{what}: {kind}", f"{after[kind] - before[kind]:+.1f} MB", "< 12 MB")
            else:
                table.add_row(f"{what}: {kind}", f"{before[kind]} → {after[kind]}", "as before")
    table.add_row("a batch of 20 looks", f"{news['batch_ms']:.1f} ms", "")
    return table


def _p99(ordered: list[float]) -> float:
    return ordered[int(len(ordered) * 0.99)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
