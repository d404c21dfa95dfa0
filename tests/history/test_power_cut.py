"""The program is killed again and again, at any moment: what was flushed is there, and nothing else is claimed."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest

from fakes.keeping import at, soundness
from manara.history import NAME, HistoryUnreadable, UnknownToHistory, read_history
from manara.history.file import open_for_writing
from manara.history.store import Store
from manara.model import Window

KILLS = 200
LIVES = 10
"""After so many kills a new folder begins, so that opening and migrating are met as well."""
FLUSHES = 10
"""About so many flushes a machine has time for in the longest life, however quick it is."""


@dataclass
class Life:
    """What a killed program had said: the minute with which it began, had told the history, and had on the disk."""

    begun: int
    told: int
    kept: int


@pytest.fixture
def doomed():
    """The process that forks writers; unbuffered lines come out of it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "fakes.doomed"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment, start_new_session=True
    ) as process:
        yield process
        # A test that gave up half-way leaves a writer behind, which would be waited for.
        os.killpg(process.pid, signal.SIGKILL)


def start(doomed, folder, minute):
    """Start a writer; return its number, and what it has said until now."""
    doomed.stdin.write(f"{minute} {folder}\n".encode())
    # The child may be quicker to speak than its parent.
    said = [read_line(doomed)]
    while not said[-1].startswith("started "):
        said.append(read_line(doomed))
    return int(said.pop().removeprefix("started ")), said


def first_flush_s(doomed, folder):
    """How long a writer needs on this machine, now, until it has flushed for the first time."""
    child, said = start(doomed, folder, 0)
    began = time.monotonic()
    while not any(line.startswith("kept ") for line in said):
        said.append(read_line(doomed))
    took_s = time.monotonic() - began
    os.kill(child, signal.SIGKILL)
    while said[-1] != "ended":
        said.append(read_line(doomed))
    return took_s


def live_and_die(doomed, folder, minute, after_s):
    """Start a writer, and kill it after so many seconds."""
    child, said = start(doomed, folder, minute)
    until = time.monotonic() + after_s
    seen = "".join(f"{line}\n" for line in said).encode()
    # Reading while time goes by: a full pipe would hold it up.
    while (left := until - time.monotonic()) > 0:
        if select.select([doomed.stdout], [], [], left)[0]:
            seen += os.read(doomed.stdout.fileno(), 65_536)
    os.kill(child, signal.SIGKILL)
    while not seen.endswith(b"ended\n"):
        seen += os.read(doomed.stdout.fileno(), 65_536)
    lines = seen.decode().split("\n")
    kept = [int(line.removeprefix("kept ")) for line in lines if line.startswith("kept ")]
    told = [int(line.removeprefix("told ")) for line in lines if line.startswith("told ")]
    return Life(minute, max(told, default=minute), max(kept, default=minute))


def read_line(doomed):
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(doomed.stdout.fileno(), 1)
    return line.decode().rstrip()


def check_reader(folder, lives):
    """Read the file as it was left behind: every life is there, and between them nobody was looking."""
    last = lives[-1]
    try:
        with read_history(folder) as reader:
            heard = reader.heard()
            spans = reader.spans("shop", Window(at(-3600), at((last.told + 600) * 60)))
            first_seen = {known.service_id: known.first_seen for known in reader.services()}["shop"]
            looks = {row[0] for row in reader.connection.execute("SELECT at FROM samples")}
            oldest = min(looks, default=0)
    except (HistoryUnreadable, UnknownToHistory, KeyError):
        # It was killed before anything was kept.
        assert all(life.kept == life.begun for life in lives)
        return
    assert [span.begin for span in spans[1:]] == [span.end for span in spans[:-1]]
    assert all(span.length > timedelta(0) for span in spans)
    assert heard is None or heard <= at((last.told + 10) * 60)
    assert not any(span.observed for span in spans if heard is None or span.end > heard)
    for life in lives:
        if life.kept > life.begun:
            assert first_seen <= at(life.begun * 60)
            wanted = {int(at(minute * 60).timestamp() * 1000) for minute in range(life.begun, life.kept)}
            assert {moment for moment in wanted if moment >= oldest} <= looks
            seen = [span for span in spans if span.observed and at(life.begun * 60) <= span.begin]
            assert sum_within(seen, life.begun, life.kept) == timedelta(minutes=life.kept - life.begun)


def sum_within(spans, first, last):
    begin, end = at(first * 60), at(last * 60)
    parts = (min(span.end, end) - max(span.begin, begin) for span in spans)
    return sum((part for part in parts if part > timedelta(0)), timedelta(0))


@pytest.mark.no_cover
@pytest.mark.timeout(240)
def test_a_program_killed_at_any_moment_loses_nothing_that_was_flushed(doomed, tmp_path):
    chance = random.Random(7)
    flushed = died_early = 0
    longest_s = FLUSHES * min(first_flush_s(doomed, tmp_path / f"pace {number}") for number in range(3))
    for number in range(KILLS):
        if number % LIVES == 0:
            folder, lives, minute = tmp_path / str(number), [], 0
        # Half of them in the first moments: opening, migrating, closing what the last crash left open.
        after_s = chance.uniform(0, longest_s if number % 2 else longest_s / 10)
        life = live_and_die(doomed, folder, minute, after_s)
        lives.append(life)
        flushed += life.kept > life.begun
        died_early += life.begun in (life.told, life.kept)
        minute = life.told + 300

        check_reader(folder, lives)
        if (folder / NAME).exists():
            check_file(folder / NAME)
    assert flushed > KILLS / 4
    assert died_early > KILLS / 10
    assert not list(tmp_path.glob("*/*damaged*"))


def check_file(path):
    """Look into a copy, so that the next one opens what the killed one left behind and not what we made of it."""
    copy = path.with_name("copy")
    for suffix in ("", "-wal"):
        original = path.with_name(path.name + suffix)
        copy.with_name(f"copy{suffix}").write_bytes(original.read_bytes() if original.exists() else b"")
    assert soundness(copy) == "ok"
    with closing(open_for_writing(copy)) as connection:
        store = Store(connection)
        store.close_what_a_crash_left_open()
        assert connection.execute("SELECT count(*) FROM open_spans").fetchone() == (0,)
        looks, summed = connection.execute(
            "SELECT (SELECT count(*) FROM samples WHERE at < rolled_until), (SELECT sum(looks) FROM rollups "
            "WHERE unit = 60 AND check_id = checks.id) FROM checks"
        ).fetchone() or (0, 0)
        # Looks that are old enough to be dropped are only in the sums.
        assert (summed or 0) >= looks
    for suffix in ("", "-wal", "-shm"):
        copy.with_name(f"copy{suffix}").unlink(missing_ok=True)
