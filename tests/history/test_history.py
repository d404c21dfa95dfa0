import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest

from fakes.checks import make_service
from fakes.keeping import SHOP, Told, at, changed, count, fill, keeping, looked, soundness, spans_add_up, watched
from fakes.waiting import eventually
from manara.history import NAME, History, HistoryNotKept, HistoryUnreadable, UnknownToHistory, looks, read_history
from manara.history.file import open_for_writing
from manara.history.moments import ms_of
from manara.model import Circumstance, Keeping, Reason, Verdict, Window

WHOLE = Window(at(-3600), at(7200))


def write_minutes(history, first, last):
    """Look every minute, with an outage in the tenth minute of every twenty, and be heard until the end."""
    for minute in range(first, last):
        down = minute % 20 == 9
        events = [looked(minute * 60, Reason.SERVER_ERROR if down else None)]
        if down or minute % 20 == 10:
            events.append(changed(events[0], Verdict.UP if down else Verdict.DOWN))
        history.record(events)
        history.hear(at(minute * 60 + 59))


def test_what_was_recorded_can_be_asked_for_after_a_flush_and_after_reopening(tmp_path):
    other = make_service("other")
    with keeping(tmp_path) as history:
        history.record([watched(SHOP, other)])
        write_minutes(history, 0, 28)
        history.flush().result()

        before = answers(history, other)

    with keeping(tmp_path) as history:
        history.flush().result()
        assert answers(history, other) == before
    uptime, _, spans, outages, series, latency, _ = before
    assert (uptime.up, uptime.down) == (timedelta(minutes=26, seconds=59), timedelta(minutes=1))
    assert [span.verdict for span in spans if span.observed] == [Verdict.UP, Verdict.DOWN, Verdict.UP]
    assert [outage.causes for outage in outages] == [(Reason.SERVER_ERROR,)]
    assert sum(bucket.looks for bucket in series.buckets) == 28
    assert latency.max_ms == 12.0


def answers(history, other):
    """Every answer but what reopening changes: that the first one ended is known then."""
    return (
        history.uptime("shop", WHOLE).result(),
        history.uptimes(WHOLE).result(),
        history.spans("shop", WHOLE).result(),
        history.outages("shop", WHOLE).result(),
        history.series("shop", WHOLE, 50).result(),
        history.latency("shop", WHOLE).result(),
        history.latest([SHOP, other]).result().states[0].verdict,
    )


def test_a_service_without_a_history_is_said_to_be_unknown(tmp_path):
    with keeping(tmp_path) as history:
        history.flush().result()

        assert isinstance(history.spans("nobody", WHOLE).exception(), UnknownToHistory)


def test_a_label_covers_what_was_measured_until_it_is_taken_back(tmp_path):
    with keeping(tmp_path) as history:
        history.record([watched()])
        write_minutes(history, 0, 28)
        measured = history.label("shop", Window(at(0), at(60)), Verdict.UP, "a word").result()
        assert history.unlabel(measured).result()

        number = history.label("shop", Window(at(540), at(600)), Verdict.MAINTENANCE, "moved the server").result()
        (label,) = history.labels("shop").result()
        assert (label.id, label.note, label.verdict) == (number, "moved the server", Verdict.MAINTENANCE)
        assert history.uptime("shop", WHOLE).result().down == timedelta(0)

        assert history.unlabel(number).result()
        assert not history.unlabel(number).result()
        assert history.uptime("shop", WHOLE).result().down == timedelta(minutes=1)
        assert spans_add_up(history, "shop", WHOLE)


def test_looks_are_kept_for_as_long_as_the_user_wants(tmp_path, clock):
    clock.pass_by(40 * 86_400)
    fill(tmp_path / NAME, services=1, looks=300, every_s=600)
    with keeping(tmp_path, clock=clock) as history:
        history.keep_looks(3650)
        history.record([watched(at_s=39 * 86_400)])
        history.hear(at(40 * 86_400))
        history.flush().result()
        clock.pass_by(3600)
        history.flush().result()
        assert count(tmp_path) == 300

        history.keep_looks(39)
        clock.pass_by(3600)
        history.flush().result()

        eventually(lambda: count(tmp_path) < 300)
        assert count(tmp_path) > 0


def test_questions_asked_before_the_stop_are_answered_and_later_ones_refused(tmp_path):
    with keeping(tmp_path) as history:
        history.record([watched()])
        write_minutes(history, 0, 28)
        history.flush().result()
        asked = [history.uptime("shop", WHOLE) for _ in range(20)]
        history.stop()

        assert {each.result().down for each in asked} == {timedelta(minutes=1)}
        with pytest.raises(HistoryUnreadable, match="the history was closed"):
            history.uptime("shop", WHOLE).result(timeout=0)
        with pytest.raises(HistoryNotKept, match="the history was closed"):
            history.label("shop", WHOLE, Verdict.UP).result(timeout=0)


def test_a_history_that_never_started_can_be_read_and_stopped(tmp_path, clock):
    fill(tmp_path / NAME, services=1, looks=5)
    history = History(tmp_path, clock, Told().append)

    assert history.uptime("service0", WHOLE).result().up > timedelta(0)

    history.stop()


def test_there_is_nothing_to_read_before_anything_was_written(tmp_path, clock):
    history = History(tmp_path, clock, Told().append)

    assert isinstance(history.uptimes(WHOLE).exception(), HistoryUnreadable)

    history.stop()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_made_with_its_parents_for_its_owner_alone(tmp_path):
    folder = tmp_path / "not" / "there" / "yet"
    with keeping(folder) as history:
        history.flush().result()

        assert folder.stat().st_mode & 0o777 == 0o700
        assert {each.stat().st_mode & 0o077 for each in folder.iterdir()} == {0}


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o750)
    with keeping(folder) as history:
        history.flush().result()

    assert folder.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("name", ["with spaces", "منارة", "what?", "#1", "100%41", "n" * 200])
def test_a_folder_may_be_called_anything(tmp_path, name):
    told = Told()
    with keeping(tmp_path / name, told) as history:
        history.record([watched(), looked(1)])
        history.flush().result()

        assert spans_add_up(history, "shop", WHOLE)
    assert count(tmp_path / name) == 1
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert told == []


def test_a_folder_with_a_name_that_is_too_long_is_told_and_the_monitor_goes_on(tmp_path):
    told = Told()
    with keeping(tmp_path / ("n" * 300), told) as history:
        history.record([watched(), looked(1)])

        with pytest.raises(HistoryNotKept, match="File name too long"):
            history.flush().result()
    assert told.keepings == [Keeping.IN_MEMORY]


def test_a_second_one_reads_and_takes_over_when_the_first_has_ended(tmp_path):
    told = Told()
    with keeping(tmp_path) as first:
        first.record([watched()])
        write_minutes(first, 0, 30)
        first.flush().result()
        with keeping(tmp_path, told) as second:
            second.record([watched()])
            write_minutes(second, 0, 30)
            with pytest.raises(HistoryNotKept, match="another Manara"):
                second.flush().result()
            assert second.uptime("shop", WHOLE).result().down == timedelta(minutes=1, seconds=59)
            assert count(tmp_path) == 30

            write_minutes(second, 30, 45)
            write_minutes(first, 30, 45)
            first.stop()
            write_minutes(second, 45, 60)
            second.flush().result()

            uptime = second.uptime("shop", WHOLE).result()
            assert spans_add_up(second, "shop", WHOLE)
    assert told.keepings == [Keeping.ELSEWHERE, Keeping.WELL]
    assert (uptime.up, uptime.down) == (timedelta(minutes=56, seconds=59), timedelta(minutes=3))
    with read_history(tmp_path) as reader:
        seen = [each.result.at for each in looks(reader, "shop", WHOLE)]
    assert seen == [at(minute * 60) for minute in range(60)]


def test_a_second_one_takes_over_by_itself(tmp_path):
    told = Told()
    with keeping(tmp_path) as first:
        first.flush().result()
        with keeping(tmp_path, told) as second:
            second.record([watched(), looked(1)])
            second.hear(at(2))
            eventually(lambda: told.keepings == [Keeping.ELSEWHERE])

            first.stop()

            eventually(lambda: told.keepings == [Keeping.ELSEWHERE, Keeping.WELL])
            assert second.spans("shop", Window(at(1), at(2))).result()[0].verdict is Verdict.UP


_WRITE_AND_HOLD = """
import sys
from pathlib import Path
from fakes.keeping import at, keeping, looked, watched
with keeping(Path(sys.argv[1])) as history:
    history.record([watched(), looked(1)])
    history.hear(at(60))
    history.flush().result()
    print("written", flush=True)
    sys.stdin.read()
"""


def test_the_history_of_a_killed_program_is_taken_over_at_once(tmp_path):
    told = Told()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _WRITE_AND_HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment) as killed:
        assert killed.stdout.readline() == "written\n"
        with keeping(tmp_path, told) as history:
            assert isinstance(history.flush().exception(), HistoryNotKept)
            killed.kill()
            killed.wait()

            history.record([watched(at_s=600), looked(601)])
            history.hear(at(660))
            history.flush().result()

            spans = history.spans("shop", Window(at(1), at(660))).result()
    assert told.keepings == [Keeping.ELSEWHERE, Keeping.WELL]
    assert [(span.begin, span.end, span.verdict, span.cause) for span in spans] == [
        (at(1), at(60), Verdict.UP, None),
        (at(60), at(600), Verdict.UNKNOWN, Circumstance.NOT_RUNNING),
        (at(600), at(601), Verdict.UNKNOWN, Circumstance.NOT_LOOKED_YET),
        (at(601), at(660), Verdict.UP, None),
    ]


@pytest.mark.parametrize("seed", range(25))
def test_it_starts_with_a_file_damaged_in_any_way_and_keeps_what_is_new(tmp_path, seed):
    chance = random.Random(seed)
    fill(tmp_path / NAME, looks=100)
    content = spoilt(chance, (tmp_path / NAME).read_bytes())
    (tmp_path / NAME).write_bytes(content)
    told = Told()

    with keeping(tmp_path, told) as history:
        history.record([watched(at_s=40_000), looked(40_001)])
        history.hear(at(40_060))
        history.flush().result()

        assert history.uptime("shop", Window(at(40_001), at(40_060))).result().coverage == 1
        assert told.keepings in ([], [Keeping.SALVAGED])
    set_aside = list(tmp_path.glob("*.damaged-2021-10-04-153000"))
    assert [each.read_bytes() for each in set_aside] == [content] * len(told)
    assert all(each.name in kept.detail for each, kept in zip(set_aside, told, strict=True))
    assert quick_soundness(tmp_path / NAME) == "ok"


def quick_soundness(path):
    """What SQLite says at every start: a byte changed within a row is only found by a check that takes minutes."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA quick_check").fetchone()[0]


def spoilt(chance, content):
    """A file as it may be after a bad disk, a bad cable, a bad copy."""
    way = chance.choice(["cut off", "pages", "bytes", "noise"])
    if way == "cut off":
        return content[: chance.randrange(1, len(content))]
    if way == "noise":
        return chance.randbytes(len(content))
    worse = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(content) // 4096) * 4096 + chance.randrange(4096)
        length = 4096 if way == "pages" else 1
        worse[place : place + length] = chance.randbytes(length)
    return bytes(worse[: len(content)])


def test_a_row_that_a_bad_disk_has_changed_makes_an_answer_impossible_and_nothing_else(tmp_path):
    fill(tmp_path / NAME, looks=100)
    with closing(open_for_writing(tmp_path / NAME)) as connection:
        connection.execute("UPDATE rollups SET longest = 'text' WHERE check_id = 2")
    with keeping(tmp_path) as history:
        with pytest.raises(HistoryUnreadable, match="TypeError"):
            history.series("service1", Window(at(0), at(6000)), 10).result()

        assert history.series("service2", Window(at(0), at(6000)), 10).result().buckets
        assert history.uptime("service1", WHOLE).result().coverage > 0
        assert [known.service_id for known in history.services().result()] == [f"service{n}" for n in range(5)]


def test_damage_that_appears_while_it_runs_is_mended_and_told_once(tmp_path):
    told = Told()
    with keeping(tmp_path, told) as history:
        history.record([watched()])
        write_minutes(history, 0, 60)
        history.flush().result()
        with closing(open_for_writing(tmp_path / NAME)) as connection:
            # SQLite must read the file again, which another program has changed.
            connection.execute("UPDATE words SET word = word")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with (tmp_path / NAME).open("r+b") as file:
            file.seek(4096 * 7)
            file.write(b"\xff" * 4096 * 8)

        write_minutes(history, 60, 80)
        history.flush().result()

        assert told.keepings == [Keeping.SALVAGED]
        assert history.uptime("shop", Window(at(71 * 60), at(79 * 60))).result().coverage == 1
    assert len([each for each in tmp_path.glob("*.damaged-*") if each.name in told[0].detail]) == 1
    assert soundness(tmp_path / NAME) == "ok"


def removed_at(folder):
    with closing(open_for_writing(folder / NAME)) as connection:
        return dict(connection.execute("SELECT service, removed_at FROM services").fetchall())


def test_when_the_user_removed_a_service_is_kept(tmp_path):
    with keeping(tmp_path) as history:
        history.record([watched(SHOP, make_service("blog"))])
        history.record([watched(SHOP)])
        history.forget_later(["blog"], at(60))

    assert removed_at(tmp_path) == {"shop": None, "blog": ms_of(at(60))}


@pytest.mark.parametrize("is_flushed", [False, True])
def test_a_removed_service_that_is_watched_again_is_not_removed_any_more(tmp_path, is_flushed):
    with keeping(tmp_path) as history:
        history.record([watched(SHOP)])
        history.record([watched(make_service("blog"))])
        history.forget_later(["shop"], at(60))
        if is_flushed:
            history.flush().result()
        history.record([watched(SHOP)])

    assert removed_at(tmp_path)["shop"] is None


def test_a_service_that_is_watched_is_not_removed(tmp_path):
    with keeping(tmp_path) as history:
        history.record([watched(SHOP)])
        history.forget_later(["shop"], at(60))

    assert removed_at(tmp_path) == {"shop": None}


def test_a_service_that_is_only_not_watched_is_not_removed(tmp_path):
    with keeping(tmp_path) as history:
        history.record([watched(SHOP)])
    with keeping(tmp_path) as history:
        history.record([watched(make_service("blog"))])

    assert removed_at(tmp_path) == {"shop": None, "blog": None}
