import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from fakes.checks import make_service
from fakes.clock import FakeClock
from fakes.keeping import Told, at, count, fill, looked, soundness, watched
from fakes.waiting import eventually
from manara.history import NAME, HistoryNotKept
from manara.history.batch import MOST_SAMPLES
from manara.history.file import open_for_writing
from manara.history.lock import WriterLock
from manara.history.writer import Writer
from manara.model import Keeping, Reason

SHOP = make_service("shop")


@pytest.fixture
def path(tmp_path):
    return tmp_path / NAME


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def make_writer(told):
    """Make writers that were not started and never wait before they try again; they are stopped at the end."""
    made = []

    def make(path, clock=None):
        made.append(Writer(path, clock or FakeClock(), told.append, try_again_s=0.0))
        return made[-1]

    yield make
    for each in made:
        each.stop()


@pytest.fixture
def writer(make_writer, path):
    """A writer that was not started."""
    return make_writer(path)


def flush(writer):
    return writer.call(lambda _store: None)


def lock_out(path):
    """Another program's connection that lets nobody write."""
    hog = sqlite3.connect(path, isolation_level=None)
    hog.execute("BEGIN IMMEDIATE")
    return closing(hog)


def test_what_was_put_before_the_start_is_written(writer, path):
    writer.put([watched(), looked(1)])

    writer.start()
    flush(writer).result()

    assert count(path.parent) == 1


def test_everything_is_on_the_disk_soon_without_a_flush(writer, path):
    writer.start()
    flush(writer).result()

    writer.put([watched(), looked(1)])

    # Nothing wakes it, so it comes by itself; how late a busy machine lets it come is not for a test to say.
    eventually(lambda: count(path.parent) == 1)


def test_what_was_put_is_written_at_the_stop(writer, path):
    writer.start()
    writer.put([watched(), looked(1)])

    writer.stop()

    assert count(path.parent) == 1


def test_after_the_stop_nothing_is_open(make_writer, path, told):
    before = len(list(Path("/proc/self/fd").iterdir()))
    writer = make_writer(path)

    writer.start()
    writer.put([watched(), looked(1)])
    flush(writer).result()
    writer.stop()

    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert not path.with_name(f"{NAME}-wal").exists()
    assert "manara-history" not in [thread.name for thread in threading.enumerate()]


def test_a_writer_that_never_started_can_be_stopped(writer):
    asked = flush(writer)

    writer.stop()

    assert isinstance(asked.exception(timeout=0), HistoryNotKept)


def test_stopping_twice_does_nothing(writer):
    writer.start()

    writer.stop()
    writer.stop()


def test_what_is_asked_for_after_the_stop_is_refused_at_once(writer):
    writer.start()
    writer.stop()

    with pytest.raises(HistoryNotKept, match="the history was closed"):
        flush(writer).result(timeout=0)


def test_nothing_that_was_asked_for_around_the_stop_stays_unanswered(make_writer, path, told):
    for _ in range(30):
        writer = make_writer(path)
        asked = []
        writer.start()
        asking = threading.Thread(
            target=lambda to, answers: answers.extend(flush(to) for _ in range(300)), args=(writer, asked)
        )
        asking.start()

        writer.stop()
        asking.join()

        assert len(asked) == 300
        assert {type(each.exception(timeout=30)) for each in asked} <= {type(None), HistoryNotKept}


def test_answers_come_in_the_order_of_the_questions(writer):
    order = []
    asked = [writer.call(lambda _store, number=number: order.append(number)) for number in range(50)]

    writer.start()
    for each in asked:
        each.result(timeout=30)

    assert order == list(range(50))


def test_a_question_that_was_taken_back_is_not_asked(writer):
    asked = []
    flushed, taken_back = flush(writer), writer.call(lambda _store: asked.append("asked"))
    taken_back.cancel()

    writer.start()
    flushed.result()
    writer.stop()

    assert asked == []


def test_a_question_that_was_taken_back_is_not_refused_either(writer):
    taken_back = flush(writer)
    taken_back.cancel()

    writer.stop()

    assert taken_back.cancelled()


def test_a_question_that_the_file_does_not_allow_is_refused_and_the_writer_goes_on(writer, path):
    writer.start()

    with pytest.raises(HistoryNotKept, match="no such table"):
        writer.call(lambda store: store.connection.execute("SELECT * FROM missing")).result()
    with pytest.raises(HistoryNotKept, match="surrogates"):
        writer.call(lambda store: store.connection.execute("SELECT ?", ("\ud800",))).result()

    writer.put([watched(), looked(1)])
    flush(writer).result()
    assert count(path.parent) == 1


def make_patient(writer):
    """Have the writer wait half a minute for a file that another program holds; return what tells that it began."""
    begun = threading.Event()

    def hear(statement):
        if statement.startswith("BEGIN"):
            begun.set()

    def change(store):
        store.connection.execute("PRAGMA busy_timeout = 30000")
        store.connection.set_trace_callback(hear)

    writer.call(change).result()
    return begun


def test_taking_something_never_waits_for_the_disk(writer, path, told):
    writer.start()
    writer.put([watched()])
    begun = make_patient(writer)
    with lock_out(path):
        begun.clear()
        asked = flush(writer)
        assert begun.wait(timeout=30)

        for number in range(1, 1000):
            writer.put([looked(number)])
            writer.put(at(number))

        # It stands before the disk since before the first one was put, and would have been answered by now if any had
        # waited for it.
        assert not asked.done()

    flush(writer).result()
    assert count(path.parent) == 999
    assert told == []


def test_what_could_not_be_written_while_another_program_held_the_file_is_written_later(writer, path, told):
    writer.start()
    writer.put([watched()])
    writer.call(lambda store: store.connection.execute("PRAGMA busy_timeout = 0")).result()
    with lock_out(path):
        writer.put([looked(1)])

        with pytest.raises(HistoryNotKept, match="locked"):
            flush(writer).result()

    flush(writer).result()
    assert count(path.parent) == 1
    assert told.keepings == [Keeping.IN_MEMORY, Keeping.WELL]


@pytest.mark.no_cover
def test_memory_is_bounded_while_nothing_can_be_written_and_what_had_no_room_is_told(make_writer, path, told):
    path.parent.joinpath("taken").write_text("a file where the folder should be")
    writer = make_writer(path.parent / "taken" / NAME)
    writer.start()
    writer.put([watched()])
    for number in range(MOST_SAMPLES + 70):
        writer.put([looked(number)])

    with pytest.raises(HistoryNotKept):
        flush(writer).result()
    path.parent.joinpath("taken").unlink()
    flush(writer).result()

    assert count(path.parent / "taken") == MOST_SAMPLES
    assert [(kept.keeping, kept.detail) for kept in told[1:]] == [
        (Keeping.WELL, "70 looks had no room in memory"),
    ]


def test_a_look_that_cannot_be_understood_does_not_end_the_history(writer, path, told):
    writer.start()
    writer.put([watched(), looked(1)])
    flush(writer).result()

    writer.put([looked(2, service_id="nobody")])
    with pytest.raises(HistoryNotKept, match="KeyError"):
        flush(writer).result()

    writer.put([looked(3)])
    flush(writer).result()
    assert count(path.parent) == 2
    assert count(path.parent, "open_spans") == 1
    assert told.keepings == [Keeping.IN_MEMORY, Keeping.WELL]


def test_a_file_that_is_damaged_is_replaced_and_what_is_new_is_in_the_new_one(writer, path, told):
    path.write_bytes(b"junk" * 5000)
    writer.put([watched(), looked(1)])

    writer.start()
    flush(writer).result()

    (aside,) = path.parent.glob("*damaged*")
    assert aside.read_bytes() == b"junk" * 5000
    assert count(path.parent) == 1
    assert [(kept.keeping, kept.detail) for kept in told] == [(Keeping.SALVAGED, f"{aside.name}, 0 rows")]


def test_damage_found_at_the_stop_loses_nothing_that_was_not_written(writer, path, told):
    writer.start()
    writer.put([watched(), looked(1)])
    flush(writer).result()
    writer.put([looked(2)])
    path.write_bytes(b"\xff" * path.stat().st_size)

    writer.stop()

    assert count(path.parent) >= 1
    assert soundness(path) == "ok"


def test_damage_that_an_answer_comes_upon_is_mended_at_once(writer, path, told):
    fill(path, looks=500)
    writer.start()

    with pytest.raises(HistoryNotKept, match="malformed"):
        writer.call(lambda store: spoil_and_read(store, path)).result()
    eventually(lambda: Keeping.SALVAGED in told.keepings)

    flush(writer).result()
    assert told.keepings == [Keeping.SALVAGED]
    assert soundness(path) == "ok"


def test_damage_that_housekeeping_comes_upon_is_mended_at_once(make_writer, path, told):
    fill(path, looks=500)
    with closing(open_for_writing(path)) as connection:
        connection.execute("DELETE FROM rollups")
        connection.execute("UPDATE checks SET rolled_until = 0")
    writer = make_writer(path, FakeClock(at(86_400)))
    writer.start()
    writer.call(lambda store: spoil(store, path)).result()

    eventually(lambda: Keeping.SALVAGED in told.keepings)
    flush(writer).result()
    writer.stop()

    assert told.keepings == [Keeping.SALVAGED]
    assert soundness(path) == "ok"


def spoil(store, path):
    """Overwrite every page behind the first few, as a failing disk may, while the file is in use."""
    # What SQLite has in memory would not be read again.
    store.connection.execute("PRAGMA shrink_memory")
    with path.open("r+b") as file:
        file.seek(4096 * 30)
        file.write(b"\xff" * (path.stat().st_size - 4096 * 30))


def spoil_and_read(store, path):
    spoil(store, path)
    return store.connection.execute("SELECT sum(total) FROM samples").fetchone()


def refuse(path, table, action):
    """Let the file refuse a change, as no disk does in a test."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TRIGGER refusal BEFORE {action} ON {table} BEGIN SELECT raise(ABORT, 'no'); END")


def allow(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER refusal")


def test_a_file_that_cannot_be_taken_over_from_the_last_run_is_tried_again(writer, path, told):
    fill(path, services=1, looks=5)
    refuse(path, "open_spans", "DELETE")
    writer.put([watched(at_s=600), looked(601)])
    writer.start()
    with pytest.raises(HistoryNotKept, match="no"):
        flush(writer).result()

    allow(path)
    flush(writer).result()

    assert count(path.parent) == 6
    assert told.keepings == [Keeping.IN_MEMORY, Keeping.WELL]


def not_summed_up(path):
    fill(path, services=2, looks=50)
    with closing(open_for_writing(path)) as connection:
        connection.execute("DELETE FROM rollups")
        connection.execute("UPDATE checks SET rolled_until = 0")


def test_housekeeping_that_the_file_does_not_allow_does_not_keep_what_is_new_from_it(make_writer, path, told):
    not_summed_up(path)
    refuse(path, "rollups", "INSERT")
    clock = FakeClock(at(86_400))
    writer = make_writer(path, clock)
    writer.start()
    for number in range(3):
        writer.put([watched(), looked(40_000 + number)])
        flush(writer).result()
    assert count(path.parent, "rollups") == 0

    allow(path)
    clock.pass_by(3600)
    flush(writer).result()

    eventually(lambda: count(path.parent, "rollups") > 0)
    assert told == []


def test_a_look_that_a_bad_disk_has_changed_does_not_end_the_history(make_writer, path, told):
    not_summed_up(path)
    with closing(open_for_writing(path)) as connection:
        connection.execute("UPDATE samples SET phases = x'0101010101010101' WHERE check_id = 2")
    writer = make_writer(path, FakeClock(at(86_400)))
    writer.start()

    for number in range(3):
        writer.put([watched(), looked(40_000 + number)])
        flush(writer).result()

    assert count(path.parent) == 103
    assert told == []


def test_a_damaged_file_that_cannot_be_set_aside_is_tried_again(make_writer, tmp_path, told):
    path = tmp_path / NAME
    path.write_bytes(b"junk" * 500)
    (tmp_path / f"{NAME}.new").mkdir()
    writer = make_writer(path)
    writer.put([watched(), looked(1)])
    writer.start()

    for _ in range(3):
        with pytest.raises(HistoryNotKept, match="file is not a database;"):
            flush(writer).result()
    (tmp_path / f"{NAME}.new").rmdir()
    flush(writer).result()
    writer.stop()

    assert told.keepings == [Keeping.IN_MEMORY, Keeping.SALVAGED, Keeping.WELL]
    assert count(tmp_path) == 1


def test_a_newer_file_is_told_once_and_another_program_may_write_it(writer, path, told):
    with closing(open_for_writing(path)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    content = path.read_bytes()
    writer.put([watched(), looked(1, Reason.NXDOMAIN)])

    writer.start()
    for _ in range(3):
        with pytest.raises(HistoryNotKept, match="newer Manara"):
            flush(writer).result()

    newer = WriterLock(path)
    assert newer.acquire()
    newer.release()
    writer.stop()
    assert path.read_bytes() == content
    assert told.keepings == [Keeping.REFUSED]
    assert "version 1000" in told[0].detail


def test_a_reason_that_changes_is_told(make_writer, tmp_path, told):
    (tmp_path / "folder").write_text("a file")
    writer = make_writer(tmp_path / "folder" / "deeper" / NAME)
    writer.put([watched(), looked(1)])
    writer.start()

    for _ in range(2):
        with pytest.raises(HistoryNotKept, match="Not a directory"):
            flush(writer).result()
    (tmp_path / "folder").unlink()
    (tmp_path / "folder").symlink_to(tmp_path / "folder")
    for _ in range(2):
        with pytest.raises(HistoryNotKept, match="symbolic links"):
            flush(writer).result()
    writer.stop()

    assert told.keepings == [Keeping.IN_MEMORY, Keeping.IN_MEMORY]
