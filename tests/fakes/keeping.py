"""Histories made for tests of how they are kept: events as the engine tells them, and what became of them."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fakes.checks import make_result, make_service
from fakes.clock import START, FakeClock
from manara.history import NAME, History
from manara.history.file import open_for_reading, open_for_writing
from manara.history.housekeeping import Housekeeping
from manara.history.moments import ms_of
from manara.history.recorder import Recorder
from manara.history.store import Store
from manara.model import (
    CheckState,
    HistoryKept,
    Interval,
    Keeping,
    Line,
    LineChanged,
    LineState,
    Reason,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    Transition,
    Transitioned,
    Verdict,
    Window,
    Witness,
)

SHOP = make_service("shop")


class Told(list[HistoryKept]):
    """What a history told about itself; give `append` to it."""

    @property
    def keepings(self) -> list[Keeping]:
        return [kept.keeping for kept in self]


@contextmanager
def keeping(
    folder: Path, told: Told | None = None, clock: FakeClock | None = None, *, try_again_s: float = 0.05
) -> Iterator[History]:
    """A history that runs until the end of the block."""
    history = History(folder, clock or FakeClock(), (Told() if told is None else told).append, try_again_s=try_again_s)
    history.start()
    try:
        yield history
    finally:
        history.stop()


def at(seconds: float) -> datetime:
    """The moment so long after the tests' clock started."""
    return START + timedelta(seconds=seconds)


def watched(*services: Service, at_s: float = 0.0) -> ServicesChanged:
    """These services are watched from now on, and were not looked at yet."""
    services = services or (SHOP,)
    states = tuple(ServiceState(each.id, checks=tuple(CheckState() for _ in each.checks)) for each in services)
    return ServicesChanged(at(at_s), services, states)


def looked(at_s: float, reason: Reason | None = None, *, service_id: str = "shop", **facts: Any) -> ResultArrived:
    """A look that is believed at once: up, or down for this reason."""
    result = make_result(reason, at_s=at_s, **facts)
    verdict = Verdict.DOWN if reason else Verdict.UP
    since = Interval(at(at_s - 60), at(at_s))
    check = CheckState(verdict, reason, since, result)
    return ResultArrived(service_id, 0, at(at_s), result, ServiceState(service_id, verdict, reason, since, (check,)))


def changed(look: ResultArrived, before: Verdict) -> Transitioned:
    """The change of verdict that a look brought."""
    state = look.state
    assert state.since is not None
    return Transitioned(Transition(state.service_id, before, state.verdict, state.cause, state.since), state)


def count(folder: Path, table: str = "samples") -> int:
    """The number of rows of a table as it is on the disk."""
    with closing(open_for_reading(folder / NAME)) as connection:
        (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a name of our schema
    return int(number)


def soundness(path: Path) -> str:
    """What SQLite says of a whole file: `ok`, or what is wrong with it."""
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check").fetchone()
    return str(found)


def spans_add_up(history: History, service_id: str, window: Window) -> bool:
    """Whether spans fill the window without holes and overlaps, and the uptime says the same."""
    spans = history.spans(service_id, window).result()
    edges = [window.begin, *(span.end for span in spans)]
    fit = [span.begin for span in spans] == edges[:-1] and edges[-1] == window.end
    observed = sum((span.length for span in spans if span.observed), timedelta(0))
    return fit and history.uptime(service_id, window).result().observed == observed


def fill(path: Path, *, services: int = 5, looks: int = 200, every_s: int = 60) -> None:
    """Make a history in which no table is empty, with outages, facts, labels and roll-ups."""
    recorder = Recorder()
    all_services = [make_service(f"service{number}") for number in range(services)]
    recorder.take(watched(*all_services))
    for number in range(looks):
        for position, service in enumerate(all_services):
            _take_look(recorder, service.id, number * every_s + position, bad=(number + position) % 50 < 3)
        recorder.hear(at(number * every_s + services))
    recorder.take(LineChanged(Line(LineState.ONLINE, at(1), (Witness("dns.example", True, "", 1.0),))))
    with closing(open_for_writing(path)) as connection:
        store = Store(connection)
        store.write(recorder.batch)
        store.label("service0", Window(at(10), at(20)), Verdict.MAINTENANCE, "moved the server")
        housekeeping = Housekeeping(store)
        while housekeeping.step(ms_of(at(looks * every_s + 120)), 3650 * 86_400_000):
            pass


def _take_look(recorder: Recorder, service_id: str, at_s: float, *, bad: bool) -> None:
    reason = Reason.CONNECTION_REFUSED if bad else None
    look = looked(at_s, reason, service_id=service_id, address=f"203.0.113.{at_s // 1000 % 200:.0f}")
    recorder.take(look)
    recorder.take(changed(look, Verdict.UP if bad else Verdict.DOWN))


TABLES = (
    "words",
    "services",
    "checks",
    "samples",
    "rollups",
    "spans",
    "open_spans",
    "watches",
    "transitions",
    "facts",
    "labels",
    "lines",
    "latest",
)
"""The tables in which `fill` leaves rows."""


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of this size, mounted in the folder; the test is skipped where nothing can be mounted."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "manara-test", str(folder)]
    mounted = subprocess.run(mount, check=False, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def make_writable(mounted: Path, writable: bool) -> None:
    """Remount a small disk, so that even root can or cannot write to it."""
    mode = "rw" if writable else "ro"
    subprocess.run(["mount", "-o", f"remount,{mode}", str(mounted)], check=True)


def use_up(folder: Path) -> Path:
    """Fill a small disk to its last byte with one file; return it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65_536, 4096, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    return ballast
