"""The history: what writing costs, how large it grows, how fast a year of it is read while it is written.

Times of reads include the opening of the file, as every question of the program does.
"""

import gc
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.table import Table

from bench.year import NOW, SERVICES, failure, make_year, samples, services, timings
from fakes.clock import FakeClock
from manara.history import NAME, History, Reader, latency, read_history, series
from manara.history.batch import Batch
from manara.history.file import open_for_reading, open_for_writing
from manara.history.housekeeping import Housekeeping
from manara.history.moments import ms_of
from manara.history.recorder import Recorder
from manara.history.store import Store
from manara.model import (
    CheckResult,
    CheckState,
    Facts,
    Interval,
    ResultArrived,
    ServicesChanged,
    ServiceState,
    Verdict,
    Window,
)

ROUNDS = 15
_WEEK_MS = 14 * 86_400_000


def history_tables() -> Iterator[Table]:
    """Measure, and return each table as soon as it is ready."""
    with TemporaryDirectory() as folder:
        yield _writing(Path(folder))
        whole, fewer = Path(folder) / "year", Path(folder) / "fewer looks"
        for each, looks_days in ((whole, 14.0), (fewer, 1.4)):
            each.mkdir()
            make_year(each / NAME, looks_days)
        yield _reading(whole, fewer)
        yield _housekeeping(whole)
        yield _memory(whole)


def _table(title: str, *more: str) -> Table:
    return Table("what", "measured", *more, "goal", title=title)


def _writing(folder: Path) -> Table:
    table = _table("History: writing")
    with closing(open_for_writing(folder / "speed")) as connection:
        store = Store(connection)
        spent_s = []
        for looks in samples(random.Random(1), 100):
            began = time.perf_counter()
            store.write(Batch(samples=looks))
            spent_s.append(time.perf_counter() - began)
    table.add_row("looks per second, 100 to a batch", f"{100 / median(spent_s):,.0f}", "")
    table.add_row("one batch of 100, synced", f"{median(spent_s) * 1000:.1f} ms", "")
    for looks, what in ((3, "100 services every 60 s"), (200, "1000 services every 10 s")):
        cpu_us = _cpu_us(folder / f"cpu{looks}", looks)
        table.add_row(f"CPU per look, all in, {looks} to a batch ({what})", f"{cpu_us:.0f} µs", "")
    per_look = _bytes_per_look(folder / "size")
    table.add_row("size of a look with its phases", f"{per_look:.1f} bytes", "≤ 30 bytes")
    table.add_row("size of a million looks", f"{per_look:.1f} MB", "≤ 30 MB")
    return table


def _cpu_us(path: Path, looks: int, batches: int = 200) -> float:
    """Return the CPU per look of recorder and store together, for batches as the writer makes them."""
    chance = random.Random(3)
    recorder = Recorder()
    watched = services()
    states = tuple(ServiceState(service.id, checks=(CheckState(),)) for service in watched)
    recorder.take(ServicesChanged(NOW, watched, states))
    told = [[_look_at(chance, number * looks + each) for each in range(looks)] for number in range(batches)]
    with closing(open_for_writing(path)) as connection:
        store = Store(connection)
        began = time.process_time()
        for events in told:
            for event in events:
                recorder.take(event)
            recorder.hear(events[-1].due)
            store.write(recorder.batch)
            recorder.taken()
        spent_s = time.process_time() - began
    return spent_s / (batches * looks) * 1e6


def _look_at(chance: random.Random, number: int) -> ResultArrived:
    at = NOW + timedelta(milliseconds=600 * number)
    facts = Facts(addresses=("203.0.113.7",), tls_version="TLSv1.3", http_status=200, http_server="nginx")
    result = CheckResult(at, failure(chance), timings(chance), "203.0.113.7", facts)
    service_id = f"s{number % SERVICES}"
    since = Interval(None, NOW)
    state = ServiceState(service_id, Verdict.UP, None, since, (CheckState(Verdict.UP, None, since, result),))
    return ResultArrived(service_id, 0, at, result, state)


def _bytes_per_look(path: Path, rounds: int = 2000) -> float:
    with closing(open_for_writing(path)) as connection:
        store = Store(connection)
        waiting = []
        for number, looks in enumerate(samples(random.Random(2), rounds)):
            if number == 0:
                # The first round makes the checks, and the pages of all other tables.
                store.write(Batch(samples=looks))
                (empty,) = connection.execute("PRAGMA page_count").fetchone()
                continue
            waiting += looks
            if len(waiting) == 1000:
                store.write(Batch(samples=waiting))
                waiting = []
        store.write(Batch(samples=waiting))
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    return (pages - empty) * page_bytes / ((rounds - 1) * SERVICES)


def _reading(whole: Path, fewer: Path) -> Table:
    table = _table(f"History: reading a year of {SERVICES} services every 60 s", "a tenth of the looks")
    sizes = [f"{(folder / NAME).stat().st_size / 1e6:.0f} MB" for folder in (whole, fewer)]
    table.add_row("file", *sizes, "")
    for what, goal, opening in (
        ("open for writing, with its check", "", lambda folder: open_for_writing(folder / NAME).close()),
        ("open for reading", "", lambda folder: open_for_reading(folder / NAME).close()),
    ):
        table.add_row(what, *(_ms(lambda _, each=each, act=opening: act(each), 5) for each in (whole, fewer)), goal)
    for what, goal, question in _questions():
        table.add_row(what, *(_ms(_asking(folder, question)) for folder in (whole, fewer)), goal)
    return table


def _last(days: float) -> Window:
    return Window(NOW - timedelta(days=days), NOW)


def _questions() -> Iterator[tuple[str, str, Callable[[Reader, str], object]]]:
    for days, period in ((1, "24 h"), (30, "30 d"), (365, "1 y")):
        yield (
            f"series of {period}, 600 points",
            "≤ 10 ms",
            lambda reader, one, days=days: series(reader, one, _last(days), 600),
        )
    yield f"uptime of {SERVICES} services, 30 d", "≤ 50 ms", lambda reader, _: reader.uptimes(_last(30))
    for days, period in ((30, "30 d"), (365, "1 y")):
        yield f"outages of {period}", "", lambda reader, one, days=days: reader.outages(one, _last(days))
    yield "latency of 30 d", "", lambda reader, one: latency(reader, one, _last(30))


def _asking(folder: Path, question: Callable[[Reader, str], object]) -> Callable[[int], None]:
    def ask(number: int) -> None:
        with read_history(folder) as reader:
            question(reader, f"s{number * 7 % SERVICES}")

    return ask


def _ms(act: Callable[[int], object], rounds: int = ROUNDS) -> str:
    spent_s = []
    for number in range(rounds):
        began = time.perf_counter()
        act(number)
        spent_s.append(time.perf_counter() - began)
    return f"{median(spent_s) * 1000:.1f} ms"


@contextmanager
def _behind(whole: Path) -> Iterator[Path]:
    """A copy of the year in which the looks of six hours are not summed up and a day waits to be dropped."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / NAME
        shutil.copy(whole / NAME, copy)
        with closing(open_for_writing(copy)) as connection:
            connection.execute("UPDATE checks SET rolled_until = rolled_until - 6 * 3600000")
        yield copy


def _housekeeping(whole: Path) -> Table:
    table = _table("History: housekeeping over six hours of looks and a day to drop")
    now_ms = ms_of(NOW + timedelta(days=1))
    spent_s = []
    # What making the year has left in memory is no part of what a program holds.
    gc.collect()
    with _behind(whole) as path, closing(open_for_writing(path)) as connection:
        housekeeping = Housekeeping(Store(connection))
        more = True
        while more:
            began = time.perf_counter()
            more = housekeeping.step(now_ms, _WEEK_MS)
            spent_s.append(time.perf_counter() - began)
    table.add_row("all of it", f"{sum(spent_s):.1f} s in {len(spent_s)} steps", "")
    table.add_row("one step", f"{median(spent_s) * 1000:.0f} ms", "")
    table.add_row("longest step", f"{max(spent_s) * 1000:.0f} ms", "≤ 50 ms")
    with _behind(whole) as path:
        read_s, flush_s = _meanwhile(path.parent)
    for what, spent_s in (("uptime of 30 d", read_s), ("flush of 3 looks", flush_s)):
        table.add_row(f"{what} meanwhile", f"{median(spent_s) * 1000:.0f} ms", "")
        table.add_row(f"longest {what} meanwhile", f"{max(spent_s) * 1000:.0f} ms", "")
    return table


def _meanwhile(folder: Path) -> tuple[list[float], list[float]]:
    """Return how long reads and flushes took while the thread of the history was keeping house."""
    clock = FakeClock(NOW + timedelta(days=1))
    chance = random.Random(5)
    read_s: list[float] = []
    flush_s: list[float] = []
    history = History(folder, clock, lambda kept: None)
    history.record([ServicesChanged(NOW, services(), tuple(ServiceState(each.id) for each in services()))])
    history.hear(NOW + timedelta(hours=1))
    history.start()
    history.flush().result()
    until = time.monotonic() + 4
    number = 10_000
    while time.monotonic() < until:
        # The thread keeps house between two flushes only.
        threading.Event().wait(0.02)
        history.record([_look_at(chance, number + each) for each in range(3)])
        number += 3
        for act, spent_s in ((history.flush, flush_s), (lambda: history.uptime("s1", _last(30)), read_s)):
            began = time.perf_counter()
            act().result()
            spent_s.append(time.perf_counter() - began)
    history.stop()
    return read_s, flush_s


def _memory(whole: Path) -> Table:
    table = _table(f"History: resident memory, {SERVICES} services every second for 10 s, upon the year")
    command = [sys.executable, "-m", "bench.steady"]
    both = [
        subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True, env=os.environ)
        for arguments in ((), (str(whole),))
    ]
    alone, with_history = (float(process.communicate()[0]) for process in both)
    table.add_row("engine alone", f"{alone:.1f} MB", "")
    table.add_row("engine and history", f"{with_history:.1f} MB", "")
    table.add_row("difference", f"{with_history - alone:.1f} MB", "≤ 10 MB")
    return table
