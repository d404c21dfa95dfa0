import sqlite3
from contextlib import closing
from datetime import timedelta, timezone

import pytest

from fakes.clock import START
from fakes.keeping import count, fill, make_writable, small_disk, soundness, use_up
from manara.history import NAME, DamagedHistory, HistoryUnreadable, NewerHistory, read_history
from manara.history.file import open_for_reading, open_for_writing, set_aside
from manara.history.schema import MIGRATIONS

DATED = f"{NAME}.damaged-2021-10-04-153000"


@pytest.fixture
def path(tmp_path):
    return tmp_path / NAME


def contents(folder):
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def make_newer(path):
    """Let the file say that it is of a version to come."""
    with closing(open_for_writing(path)) as connection:
        connection.execute("PRAGMA user_version = 1000")


def test_a_missing_file_is_made_for_its_owner_alone(path):
    with closing(open_for_writing(path)) as connection:
        connection.execute("INSERT INTO words (word) VALUES ('up')")

        modes = {each.name: each.stat().st_mode & 0o777 for each in path.parent.iterdir()}

    assert modes == {NAME: 0o600, f"{NAME}-wal": 0o600, f"{NAME}-shm": 0o600}
    assert count(path.parent, "words") == 1


def test_an_empty_file_is_a_new_history(path):
    path.touch()

    with closing(open_for_writing(path)):
        assert count(path.parent) == 0


def test_what_is_committed_is_synced_to_the_disk(path):
    with closing(open_for_writing(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_reading_makes_no_file(path):
    with pytest.raises(sqlite3.OperationalError):
        open_for_reading(path)

    assert list(path.parent.iterdir()) == []


def test_reading_cannot_write(path):
    fill(path, services=1, looks=2)

    with closing(open_for_reading(path)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM samples")


def test_what_another_connection_locks_for_itself_is_not_read_half_written(path):
    fill(path, services=1, looks=2)
    with closing(sqlite3.connect(path, isolation_level=None)) as hog:
        hog.execute("PRAGMA journal_mode = DELETE")
        hog.execute("BEGIN EXCLUSIVE")

        with pytest.raises(sqlite3.OperationalError, match="locked"):
            open_for_reading(path)


@pytest.mark.parametrize("content", [b"\0" * 10_000, b"not a database at all" * 100, b"junk"])
def test_a_file_of_something_else_is_damaged(path, content):
    path.write_bytes(content)

    with pytest.raises(DamagedHistory):
        open_for_writing(path)

    assert contents(path.parent) == {NAME: content}


def test_a_file_whose_tables_are_described_in_broken_words_is_damaged_and_read_as_far_as_possible(path):
    fill(path, services=1, looks=3)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE open_spans", b"CREATE TABL\x87 open_spans"))

    with pytest.raises(DamagedHistory, match="cannot be read"):
        open_for_writing(path)
    with pytest.raises(HistoryUnreadable), read_history(path.parent) as reader:
        reader.services()

    set_aside(path, START)
    with closing(open_for_writing(path)):
        assert soundness(path) == "ok"


@pytest.mark.parametrize(("name", "readable"), [(b"reaxon", True), (b"re\xffson", False)])
def test_a_file_in_which_a_column_has_another_name_is_damaged_and_the_other_tables_are_kept(path, name, readable):
    fill(path, services=1, looks=3)
    path.write_bytes(path.read_bytes().replace(b"reason INTEGER", name + b" INTEGER"))

    with pytest.raises(DamagedHistory, match=r"samples reason|cannot be read"):
        open_for_writing(path)

    set_aside(path, START)
    assert count(path.parent, "transitions") == 3
    assert count(path.parent, "samples") == (3 if readable else 0)


def test_a_file_of_an_impossible_format_is_damaged(path):
    fill(path, services=1, looks=3)
    content = bytearray(path.read_bytes())
    content[44:48] = b"\0\0\0\x70"  # the schema format number, of which there are four
    path.write_bytes(content)

    with pytest.raises(DamagedHistory, match="unsupported file format"):
        open_for_writing(path)
    aside, _ = set_aside(path, START)

    assert aside.read_bytes() == content
    with closing(open_for_writing(path)):
        assert count(path.parent) == 0


def test_the_history_of_another_program_is_damaged(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE shopping (item)")

    with closing(open_for_writing(path)):
        assert count(path.parent, "shopping") == 0

    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE spans")
    with pytest.raises(DamagedHistory, match="it has no spans after"):
        open_for_writing(path)


def test_an_error_that_is_not_damage_is_told_as_it_is(path):
    path.symlink_to(path.parent / "missing" / "file")

    with pytest.raises(OSError, match="No such file"):
        open_for_writing(path)


def test_a_file_of_a_newer_version_is_refused_and_stays_as_it_is_to_the_last_byte(path):
    make_newer(path)
    before = contents(path.parent)

    with pytest.raises(NewerHistory, match=r"was written by a newer Manara \(version 1000 of the file; this one knows"):
        open_for_writing(path)
    with pytest.raises(NewerHistory):
        open_for_reading(path)

    # SQLite's own files beside it are empty.
    assert path.read_bytes() == before[NAME]
    assert not path.with_name(f"{NAME}-wal").read_bytes()


def test_a_newer_file_whose_program_was_killed_stays_as_it_is_too(path, tmp_path_factory):
    make_newer(path)
    killed = tmp_path_factory.mktemp("killed")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE of_the_future (word)")
        for name in (NAME, f"{NAME}-wal"):
            (killed / name).write_bytes((path.parent / name).read_bytes())
    before = contents(killed)
    assert before[f"{NAME}-wal"]

    with pytest.raises(NewerHistory):
        open_for_writing(killed / NAME)

    after = contents(killed)
    after.pop(f"{NAME}-shm", None)
    assert after == before


def _second(connection):
    connection.execute("CREATE TABLE more (word)")


def _broken(connection):
    connection.execute("CREATE TABLE half (word)")
    connection.execute("INSERT INTO missing VALUES (1)")


def test_an_older_file_is_brought_up_to_date_after_a_backup(path):
    fill(path, services=1, looks=2)
    old = len(MIGRATIONS)

    with closing(open_for_writing(path, [*MIGRATIONS, _second])) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (old + 1,)
        assert connection.execute("SELECT count(*) FROM more").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM samples").fetchone() == (2,)

    backup = path.with_name(f"{NAME}.version-{old}")
    assert backup.stat().st_mode & 0o777 == 0o600
    with closing(open_for_reading(backup)) as connection:
        assert connection.execute("SELECT count(*) FROM samples").fetchone() == (2,)


def test_a_step_that_fails_leaves_the_file_at_its_version(path):
    fill(path, services=1, looks=2)

    with pytest.raises(sqlite3.OperationalError, match="no such table: missing"):
        open_for_writing(path, [*MIGRATIONS, _broken])

    with closing(open_for_writing(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert connection.execute("SELECT name FROM sqlite_schema WHERE name = 'half'").fetchone() is None
    assert count(path.parent) == 2


def test_a_disk_too_full_for_the_tables_is_called_full(tmp_path):
    with small_disk(tmp_path / "disk", "64k") as disk:
        (disk / NAME).touch()
        use_up(disk).write_bytes(b"\0" * 4096 * 4)

        with pytest.raises(sqlite3.OperationalError, match=r"full|disk I/O error"):
            open_for_writing(disk / NAME)


def test_a_file_is_set_aside_with_its_bytes_under_a_dated_name(path):
    path.write_bytes(b"junk")

    aside, saved = set_aside(path, START.astimezone(timezone(timedelta(hours=3))))

    assert (aside.name, saved) == (DATED, 0)
    assert aside.read_bytes() == b"junk"
    assert soundness(path) == "ok"
    assert sorted(contents(path.parent)) == [NAME, DATED]


def test_two_files_set_aside_within_one_second_are_both_kept(path):
    for content in (b"first", b"second", b"third"):
        path.write_bytes(content)
        set_aside(path, START)

    kept = contents(path.parent)
    assert [kept[name] for name in (DATED, f"{DATED}-1", f"{DATED}-2")] == [b"first", b"second", b"third"]


def test_the_log_of_a_damaged_file_goes_with_it(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word)")
        before = contents(path.parent)

        set_aside(path, START)

    assert contents(path.parent)[f"{DATED}-wal"] == before[f"{NAME}-wal"]
    assert soundness(path) == "ok"
    assert not path.with_name(f"{NAME}-wal").exists()


def test_a_folder_in_the_place_of_the_file_is_set_aside_with_all_that_is_in_it(path):
    path.mkdir()
    (path / "precious").write_text("mine")

    with pytest.raises(DamagedHistory, match="is a folder"):
        open_for_writing(path)
    aside, saved = set_aside(path, START)

    assert saved == 0
    assert (aside / "precious").read_text() == "mine"
    with closing(open_for_writing(path)):
        assert count(path.parent) == 0


def test_what_was_salvaged_takes_its_place_when_the_program_was_killed_on_the_way(path):
    fill(path, services=1, looks=3)
    path.rename(path.with_name(f"{NAME}.new"))

    with closing(open_for_writing(path)) as connection:
        assert connection.execute("SELECT count(*) FROM samples").fetchone() == (3,)

    assert sorted(contents(path.parent)) == [NAME]


def test_a_salvage_that_was_killed_begins_anew(path):
    fill(path, services=1, looks=3)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(f"{NAME}.new{suffix}").write_bytes(b"half of it")

    set_aside(path, START)

    assert count(path.parent) == 3
    assert sorted(path.parent.glob("*.new*")) == []


def test_a_salvage_for_which_the_disk_has_no_room_leaves_the_file_in_its_place(tmp_path):
    fill(tmp_path / NAME, looks=500)
    content = (tmp_path / NAME).read_bytes()
    with small_disk(tmp_path / "disk", f"{len(content) * 2 // 1024}k") as disk:
        (disk / NAME).write_bytes(content)

        with pytest.raises(sqlite3.OperationalError, match=r"full|disk I/O error"):
            set_aside(disk / NAME, START)

        assert (disk / NAME).read_bytes() == content
        assert not list(disk.glob("*damaged*"))


def test_a_history_can_be_read_where_nothing_can_be_written(tmp_path):
    with small_disk(tmp_path / "disk", "4m") as disk:
        fill(disk / NAME, services=1, looks=3)
        make_writable(disk, False)

        assert count(disk) == 3
        with read_history(disk) as reader:
            assert [known.service_id for known in reader.services()] == ["service0"]


def test_a_history_whose_program_was_killed_can_be_read_where_nothing_can_be_written(tmp_path):
    with small_disk(tmp_path / "disk", "4m") as disk:
        fill(disk / NAME, services=1, looks=3)
        with closing(sqlite3.connect(disk / NAME)) as connection:
            connection.execute("UPDATE services SET name = 'in the log'")
            connection.commit()
            log = (disk / f"{NAME}-wal").read_bytes()
        (disk / f"{NAME}-wal").write_bytes(log)
        make_writable(disk, False)

        with read_history(disk) as reader:
            assert [known.service_id for known in reader.services()] == ["service0"]


def test_there_is_no_history_to_read_in_an_empty_folder(tmp_path):
    with pytest.raises(HistoryUnreadable, match="unable to open"), read_history(tmp_path):
        pass


def test_a_newer_history_cannot_be_read_and_says_why(path):
    make_newer(path)

    with pytest.raises(HistoryUnreadable, match="newer Manara"), read_history(path.parent):
        pass


def test_a_damaged_history_cannot_be_read_and_says_why(path):
    path.write_bytes(b"junk" * 1000)

    with pytest.raises(HistoryUnreadable, match="not a database"), read_history(path.parent):
        pass


@pytest.mark.parametrize(
    "name", ["with spaces", "منارة", "what?", "#1", "100%41", "n" * 200, "file:x", "'\"`", "a&mode=ro"]
)
def test_a_folder_may_be_called_anything(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()

    fill(folder / NAME, services=1, looks=3)

    assert count(folder) == 3
    assert [each.name for each in tmp_path.iterdir()] == [name]
    # A reader leaves SQLite's empty files behind.
    assert set(contents(folder)) <= {NAME, f"{NAME}-wal", f"{NAME}-shm"}
