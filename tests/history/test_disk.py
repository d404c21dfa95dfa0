import subprocess
import sys

import pytest

from fakes.keeping import (
    Told,
    at,
    count,
    fill,
    keeping,
    looked,
    make_writable,
    small_disk,
    soundness,
    spans_add_up,
    use_up,
    watched,
)
from fakes.waiting import eventually
from manara.history import NAME, HistoryNotKept
from manara.model import Keeping, Reason, Window

WHOLE = Window(at(0), at(7200))
FULL = "full|disk I/O error|No space left"


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", "2m") as mounted:
        yield mounted


@pytest.fixture
def told():
    return Told()


def look_every_minute(history, first, last):
    for minute in range(first, last):
        history.record([looked(minute * 60, Reason.NXDOMAIN if minute % 10 == 7 else None)])
        history.hear(at(minute * 60 + 59))


def test_a_disk_that_is_full_is_told_once_and_nothing_is_lost_when_there_is_room_again(disk, told):
    with keeping(disk, told) as history:
        history.record([watched()])
        look_every_minute(history, 0, 20)
        history.flush().result()
        ballast = use_up(disk)

        for minute in range(20, 100, 20):
            look_every_minute(history, minute, minute + 20)
            with pytest.raises(HistoryNotKept, match=FULL):
                history.flush().result()
        assert told.keepings == [Keeping.IN_MEMORY]
        assert count(disk) == 20

        ballast.unlink()
        look_every_minute(history, 100, 120)
        history.flush().result()

        assert told.keepings == [Keeping.IN_MEMORY, Keeping.WELL]
        assert count(disk) == 120
        assert history.uptime("shop", WHOLE).result().coverage > 0.99
        assert len(history.outages("shop", WHOLE).result()) == 12
        assert spans_add_up(history, "shop", WHOLE)
    assert soundness(disk / NAME) == "ok"


def test_what_stayed_in_memory_is_written_by_itself_once_there_is_room(disk, told):
    with keeping(disk, told) as history:
        history.record([watched()])
        history.flush().result()
        ballast = use_up(disk)
        look_every_minute(history, 0, 20)
        eventually(lambda: told.keepings == [Keeping.IN_MEMORY])

        ballast.unlink()

        eventually(lambda: told.keepings == [Keeping.IN_MEMORY, Keeping.WELL])
        assert count(disk) == 20


def test_a_full_disk_is_not_tried_again_before_its_time(disk, told):
    with keeping(disk, told, try_again_s=3600.0) as history:
        history.record([watched()])
        history.flush().result()
        ballast = use_up(disk)
        look_every_minute(history, 0, 2)
        with pytest.raises(HistoryNotKept):
            history.flush().result()
        ballast.unlink()
        look_every_minute(history, 2, 4)

        # Longer than from one flush to the next.
        with pytest.raises(AssertionError):
            eventually(lambda: count(disk) > 0, within_s=2.5)

        history.flush().result()
        assert count(disk) == 4


def test_a_disk_that_was_full_from_the_start_gets_its_history_when_there_is_room(disk, told):
    ballast = use_up(disk)
    with keeping(disk, told) as history:
        history.record([watched()])
        look_every_minute(history, 0, 20)
        for _ in range(3):
            with pytest.raises(HistoryNotKept, match=FULL):
                history.flush().result()
        assert told.keepings == [Keeping.IN_MEMORY]

        ballast.unlink()
        history.flush().result()

        assert count(disk) == 20
        assert told.keepings == [Keeping.IN_MEMORY, Keeping.WELL]


def test_what_is_in_memory_at_the_stop_is_written_if_there_is_room_by_then(disk, told):
    with keeping(disk, told, try_again_s=3600.0) as history:
        history.record([watched()])
        history.flush().result()
        ballast = use_up(disk)
        look_every_minute(history, 0, 20)
        with pytest.raises(HistoryNotKept):
            history.flush().result()
        ballast.unlink()

    assert count(disk) == 20


def test_a_stop_on_a_full_disk_ends_and_what_was_flushed_is_there(disk, told):
    with keeping(disk, told) as history:
        history.record([watched()])
        look_every_minute(history, 0, 20)
        history.flush().result()
        ballast = use_up(disk)
        look_every_minute(history, 20, 40)

    ballast.unlink()
    assert count(disk) == 20
    assert soundness(disk / NAME) == "ok"


def test_housekeeping_on_a_full_disk_does_no_harm(tmp_path, told, clock):
    clock.pass_by(86_400)
    with small_disk(tmp_path / "disk", "2m") as disk:
        fill(disk / NAME, services=2, looks=300)
        samples = count(disk)
        with keeping(disk, told, clock) as history:
            history.record([watched()])
            history.flush().result()
            ballast = use_up(disk)
            for minute in range(20):
                look_every_minute(history, minute, minute + 1)
                clock.pass_by(3600)
                with pytest.raises(HistoryNotKept):
                    history.flush().result()

            ballast.unlink()
            history.flush().result()

        assert soundness(disk / NAME) == "ok"
        assert count(disk) == samples + 20


def test_damage_on_a_full_disk_waits_until_there_is_room_to_mend_it(disk, told):
    fill(disk / NAME)
    content = (disk / NAME).read_bytes()[: 4096 * 30]
    (disk / NAME).write_bytes(content)
    ballast = use_up(disk)
    with keeping(disk, told) as history:
        history.record([watched(at_s=40_000), looked(40_001)])
        for _ in range(3):
            with pytest.raises(HistoryNotKept, match=FULL):
                history.flush().result()
        assert told.keepings == [Keeping.IN_MEMORY]
        assert (disk / NAME).read_bytes() == content

        ballast.unlink()
        history.flush().result()

    assert told.keepings == [Keeping.IN_MEMORY, Keeping.SALVAGED, Keeping.WELL]
    (aside,) = disk.glob("*.damaged-*[0-9]")
    assert aside.read_bytes() == content
    assert soundness(disk / NAME) == "ok"


def test_a_folder_that_cannot_be_written_is_told_once_and_written_when_it_can(disk, told):
    make_writable(disk, False)
    with keeping(disk, told) as history:
        history.record([watched()])
        look_every_minute(history, 0, 20)
        for _ in range(3):
            with pytest.raises(HistoryNotKept, match="Read-only file system"):
                history.flush().result()
        assert told.keepings == [Keeping.IN_MEMORY]
        assert list(disk.iterdir()) == []

        make_writable(disk, True)
        history.flush().result()

        assert count(disk) == 20
        assert told.keepings == [Keeping.IN_MEMORY, Keeping.WELL]


def test_an_existing_history_in_a_folder_that_cannot_be_written_can_be_read(disk, told):
    fill(disk / NAME, services=2, looks=50)
    with keeping(disk, told) as history:
        history.flush().result()
    make_writable(disk, False)
    told.clear()

    with keeping(disk, told) as history:
        with pytest.raises(HistoryNotKept, match="Read-only file system"):
            history.flush().result()

        assert spans_add_up(history, "service1", WHOLE)
        assert history.uptime("service1", WHOLE).result().coverage > 0.3
        assert len(history.series("service1", WHOLE, 200).result().buckets) > 40
    assert told.keepings == [Keeping.IN_MEMORY]


def test_a_disk_that_turns_read_only_while_the_file_is_open_is_told_and_nothing_is_lost(disk, told):
    bound = disk.parent / "bound"
    bound.mkdir()
    subprocess.run(["mount", "--bind", str(disk), str(bound)], check=True)
    try:
        with keeping(bound, told) as history:
            history.record([watched()])
            look_every_minute(history, 0, 20)
            history.flush().result()
            history.stop()
            subprocess.run(["mount", "-o", "remount,bind,ro", str(bound)], check=True)
            with keeping(bound, told) as again:
                again.record([watched(at_s=1200)])
                look_every_minute(again, 20, 40)
                with pytest.raises(HistoryNotKept):
                    again.flush().result()
                assert again.uptime("shop", WHOLE).result().coverage > 0.16
                subprocess.run(["mount", "-o", "remount,bind,rw", str(bound)], check=True)
                again.flush().result()
    finally:
        subprocess.run(["umount", "--lazy", str(bound)], check=True)

    assert told.keepings == [Keeping.IN_MEMORY, Keeping.WELL]
    assert count(disk) == 40


_WITHIN_A_LIMIT = """
import resource, signal, sys
from pathlib import Path
from fakes.keeping import Told, at, count, keeping, looked, watched
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder, told = Path(sys.argv[1]), Told()
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
with keeping(folder, told) as history:
    history.record([watched()])
    history.flush().result()
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, most))
    for number in range(20_000):
        history.record([looked(number)])
    print(type(history.flush().exception()).__name__)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    history.flush().result()
    print(count(folder), *told.keepings)
"""


def test_a_file_that_may_not_grow_is_like_a_full_disk(tmp_path):
    command = [sys.executable, "-c", _WITHIN_A_LIMIT, str(tmp_path)]

    done = subprocess.run(
        command, env={"PYTHONPATH": ":".join(sys.path)}, stdout=subprocess.PIPE, text=True, check=True
    )

    assert done.stdout.split() == ["HistoryNotKept", "20000", "in-memory", "well"]
