"""Print every measurement as a table: `make bench`; `python -m bench history` measures only that."""

import os
import platform
import sys
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from bench.catalogue import catalogue_table
from bench.commands import version_ms, watch_rss_mb
from bench.cost import Cost, cost_table
from bench.imports import imports_table
from bench.many import INTERVAL_S, SECONDS, SERVICES, thousand_services
from bench.server import serving
from manara.loading import load

# Loaded when it is their turn: what they need does not count as memory of what is measured before.
_IN_PARTS = {
    "history": "bench.history:history_tables",
    "desktop": "bench.desktop:desktop_tables",
    "preferences": "bench.preferences:preferences_tables",
    "stories": "bench.stories:stories_tables",
    "diagnosis": "bench.diagnosis:diagnosis_tables",
}
_GOALS = {"http": 1.0, "https": 0.8}


def main() -> None:
    """Measure and print."""
    console = Console(width=None if sys.stdout.isatty() else 110)
    console.print(f"{datetime.now(UTC):%Y-%m-%d} · {_machine()}")
    wanted = sys.argv[1:] or ["looks", "catalogue", "imports", *_IN_PARTS]
    if "looks" in wanted:
        _measure_looks(console)
    if "catalogue" in wanted:
        console.print(catalogue_table())
    if "imports" in wanted:
        console.print(imports_table())
    for name, tables in _IN_PARTS.items():
        if name in wanted:
            for each in load(tables)():
                console.print(each)


def _measure_looks(console: Console) -> None:
    with serving() as served:
        for scheme, goal in _GOALS.items():
            console.print(_costs(scheme, goal, cost_table(served, scheme)))
        console.print(_commands(version_ms(), watch_rss_mb(served)))
        load = thousand_services(served)
    table = Table("what", "measured", "goal", title=f"{SERVICES} services every {INTERVAL_S} s for {SECONDS} s")
    table.add_row("looks", str(load.looks), "")
    table.add_row("share of one core", f"{load.core_share:.1%}", "")
    table.add_row("late start, 99 of 100", f"{load.late_p99_ms:.0f} ms", "≤ 1000 ms")
    table.add_row("latest start", f"{load.late_max_ms:.0f} ms", "")
    table.add_row("every service looked at after", f"{load.all_seen_after_s:.1f} s", f"≤ {INTERVAL_S} s")
    table.add_row("resident memory", f"{load.rss_mb:.0f} MB", "")
    console.print(table)


def _costs(scheme: str, goal: float, costs: list[Cost]) -> Table:
    table = Table("way", "CPU per check", "checks/s of one core", "of bare httpx", "goal", title=f"One {scheme} check")
    bare_ms = next(cost.cpu_ms for cost in costs if cost.what == "bare httpx")
    for cost in costs:
        wanted = f"≤ {goal} ×" if cost.what == "Manara, all in" else ""
        table.add_row(cost.what, f"{cost.cpu_ms:.2f} ms", f"{cost.per_s:.0f}", f"{cost.cpu_ms / bare_ms:.2f} ×", wanted)
    return table


def _commands(version: float, watch: float) -> Table:
    table = Table("command", "measured", "goal", title="Commands")
    table.add_row("manara --version", f"{version:.0f} ms", "≤ 150 ms")
    table.add_row("manara watch, 100 services", f"{watch:.0f} MB", "≤ 80 MB")
    return table


def _machine() -> str:
    cores, load = os.cpu_count(), os.getloadavg()[0]
    python = platform.python_version()
    return f"{cores} cores, load {load:.1f}, {platform.machine()}, {platform.system()}, Python {python}"


if __name__ == "__main__":
    main()
