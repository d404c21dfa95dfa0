import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fakes.history import HistoryFile
from history.made_by.make import answers
from manara.history.file import NewerHistory, open_for_reading, open_for_writing
from manara.history.schema import MIGRATIONS, VERSION

MADE_BY = Path(__file__).parent / "made_by"


def versions_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def table(number):
    """A step that makes a table of its number."""

    def step(connection):
        connection.execute(f"CREATE TABLE made_by_{number} (id INTEGER)")

    return step


def row(number):
    """A step that would leave a second row if it were taken twice."""

    def step(connection):
        connection.execute("INSERT INTO made_by_1 VALUES (?)", (number,))

    return step


def fill_first(connection):
    connection.execute("INSERT INTO made_by_1 VALUES (7)")


def failing(connection):
    connection.execute("CREATE TABLE half_done (id INTEGER)")
    connection.execute("DELETE FROM made_by_1")
    connection.execute("INSERT INTO nowhere VALUES (1)")


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        return [name for (name,) in rows]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "history.sqlite3"


def opened(path, *migrations):
    open_for_writing(path, migrations).close()


def test_every_step_is_taken_once_and_in_order(path):
    opened(path, table(1), row(2))
    opened(path, table(1), row(2))
    opened(path, table(1), row(2), row(3), row(4))

    assert versions_of(path) == 4
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT id FROM made_by_1 ORDER BY rowid").fetchall() == [(2,), (3,), (4,)]


def test_a_file_is_kept_as_it_was_before_it_is_changed(path):
    opened(path, table(1), fill_first)

    opened(path, table(1), fill_first, table(3))

    backup = path.with_name("history.sqlite3.version-2")
    assert (versions_of(backup), tables(backup)) == (2, ["made_by_1"])
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT * FROM made_by_1").fetchall() == [(7,)]


def test_what_only_the_log_holds_is_in_the_backup_too(path):
    with closing(open_for_writing(path, [table(1)])) as still_open:
        still_open.execute("INSERT INTO made_by_1 VALUES (7)")
        with closing(sqlite3.connect(path)) as other:
            other.execute("SELECT * FROM made_by_1").fetchall()
            opened(path, table(1), table(2))

    with closing(sqlite3.connect(path.with_name("history.sqlite3.version-1"))) as backup:
        assert backup.execute("SELECT * FROM made_by_1").fetchall() == [(7,)]


def test_a_new_file_needs_no_backup(path):
    opened(path, table(1), table(2))
    opened(path, table(1), table(2))

    assert [each.name for each in path.parent.iterdir()] == ["history.sqlite3"]


def test_a_step_that_fails_leaves_the_file_as_it_was(path):
    opened(path, table(1), fill_first)

    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        opened(path, table(1), fill_first, failing)

    assert (versions_of(path), tables(path)) == (2, ["made_by_1"])
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM made_by_1").fetchall() == [(7,)]


def test_a_step_that_failed_is_taken_again_once_it_is_mended(path):
    opened(path, table(1), fill_first)
    with pytest.raises(sqlite3.OperationalError):
        opened(path, table(1), fill_first, table(3), failing)

    assert versions_of(path) == 3
    opened(path, table(1), fill_first, table(3), table(4))

    assert (versions_of(path), tables(path)) == (4, ["made_by_1", "made_by_3", "made_by_4"])


@pytest.mark.parametrize("opening", [open_for_writing, open_for_reading])
def test_a_file_of_a_newer_version_is_refused_and_left_alone(path, opening):
    open_for_writing(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA user_version = 99")
        connection.execute("CREATE TABLE of_tomorrow (id)")
        connection.commit()
    before = path.read_bytes()

    with pytest.raises(NewerHistory) as caught:
        opening(path)

    assert str(caught.value) == (
        f"{path} was written by a newer Manara (version 99 of the file; this one knows {VERSION})."
    )
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["history.sqlite3"]


def test_a_new_file_is_of_the_newest_version(path):
    open_for_writing(path).close()

    assert versions_of(path) == VERSION == len(MIGRATIONS)


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_file_of_every_version_gives_the_answers_that_it_gave_then(tmp_path, version):
    made = MADE_BY / f"version-{version}.sqlite3"
    copy = tmp_path / "history.sqlite3"
    shutil.copyfile(made, copy)

    open_for_writing(copy).close()

    assert still_said(json.loads(made.with_suffix(".json").read_text()), answers(copy)) == []


def still_said(then, now, place="answers"):
    """Return where an answer of now lacks something of that of then; what it says besides was added later."""
    if isinstance(then, dict):
        return [fault for key in then for fault in still_said(then[key], (now or {}).get(key), f"{place}.{key}")]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        pairs = enumerate(zip(then, now, strict=True))
        return [fault for number, (old, new) in pairs for fault in still_said(old, new, f"{place}[{number}]")]
    return [] if then == now else [f"{place}: {now!r}, not {then!r}"]


def test_there_is_a_file_of_every_version_and_of_no_other():
    found = sorted(path.name for path in MADE_BY.iterdir() if path.suffix in {".sqlite3", ".json"})

    expected = [f"version-{version}.{kind}" for version in range(1, VERSION + 1) for kind in ("json", "sqlite3")]
    assert found == sorted(expected)
    for version in range(1, VERSION + 1):
        assert versions_of(MADE_BY / f"version-{version}.sqlite3") == version


def test_the_file_of_this_version_has_something_in_every_table(tmp_path):
    made = MADE_BY / f"version-{VERSION}.sqlite3"
    copy = tmp_path / "history.sqlite3"
    shutil.copyfile(made, copy)
    file = HistoryFile(copy)

    assert [table for table in tables(made) if not file.all_of(table)] == []
    file.close()


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_file_of_every_version_can_be_gone_on_with(tmp_path, version):
    copy = tmp_path / "history.sqlite3"
    shutil.copyfile(MADE_BY / f"version-{version}.sqlite3", copy)
    file = HistoryFile(copy)

    file.store.close_what_a_crash_left_open()

    assert file.rows("SELECT * FROM open_spans") == []
    file.close()
