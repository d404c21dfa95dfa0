import random
import sqlite3
from contextlib import closing

import pytest

from fakes.clock import START
from fakes.keeping import TABLES, at, count, fill, soundness
from manara.history import NAME, DamagedHistory, read_history, series
from manara.history.file import open_for_writing, set_aside
from manara.history.housekeeping import Housekeeping
from manara.history.moments import ms_of
from manara.history.store import Store
from manara.model import Window

PAGE = 4096


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A history with rows in every table."""
    folder = tmp_path_factory.mktemp("good")
    fill(folder / NAME)
    return folder


@pytest.fixture(scope="module")
def rows(good):
    return {table: count(good, table) for table in TABLES}


@pytest.fixture(scope="module")
def roots(good):
    """The first page of each table, and of the description of all tables, by name."""
    with closing(sqlite3.connect(good / NAME)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_schema"))


def damaged(good, folder, *pages, by=None):
    """A copy of the good file in which these pages, counted from 1, hold something else."""
    content = bytearray((good / NAME).read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = by or random.Random(page).randbytes(PAGE)
    path = folder / NAME
    path.write_bytes(content)
    return path


def kept(folder):
    return {table: count(folder, table) for table in TABLES}


def test_a_sound_file_is_copied_whole(good, rows, tmp_path):
    path = damaged(good, tmp_path)

    _, saved = set_aside(path, START)

    assert kept(tmp_path) == rows
    assert saved == sum(rows.values())
    assert soundness(path) == "ok"


@pytest.mark.parametrize("junk", [None, b"\0" * PAGE], ids=["noise", "zeros"])
def test_a_bad_page_of_rows_costs_only_rows_of_its_own_table(good, rows, roots, tmp_path, junk):
    pages = (good / NAME).stat().st_size // PAGE
    leaves = range(max(roots.values()) + 1, pages + 1)
    assert len(leaves) > 15

    for page in leaves:
        path = damaged(good, tmp_path, page, by=junk)
        set_aside(path, START)

        lost = {table: rows[table] - number for table, number in kept(tmp_path).items() if number < rows[table]}
        assert len(lost) == 1, page
        ((table, number),) = lost.items()
        assert number < rows[table] / 3, page
        assert soundness(path) == "ok"


@pytest.mark.parametrize(
    "part",
    [
        "words",
        "services",
        "checks",
        "sqlite_autoindex_words_1",
        "sqlite_autoindex_services_1",
        "sqlite_autoindex_checks_1",
    ],
)
def test_what_all_other_rows_refer_to_is_there_twice(good, rows, roots, tmp_path, part):
    path = damaged(good, tmp_path, roots[part])

    set_aside(path, START)

    assert kept(tmp_path) == rows
    assert soundness(path) == "ok"


def test_what_is_lost_together_with_its_index_costs_what_refers_to_it(good, roots, tmp_path):
    path = damaged(good, tmp_path, roots["checks"], roots["sqlite_autoindex_checks_1"])

    set_aside(path, START)

    left = kept(tmp_path)
    assert (left["checks"], left["samples"]) == (0, 0)
    assert left["spans"] > 0


def test_looks_are_not_summed_up_twice_after_their_check_was_read_from_the_index(good, roots, tmp_path):
    window = Window(at(-60), at(200 * 60))
    with read_history(good) as reader:
        before = series(reader, "service1", window, 5)
    path = damaged(good, tmp_path, roots["checks"])

    set_aside(path, START)
    with closing(open_for_writing(path)) as connection:
        housekeeping = Housekeeping(Store(connection))
        while housekeeping.step(ms_of(at(400 * 60)), 86_400_000):
            pass

    with read_history(tmp_path) as reader:
        assert series(reader, "service1", window, 5) == before


def test_nothing_can_be_read_of_a_file_whose_description_is_gone(good, tmp_path):
    path = damaged(good, tmp_path, 1)

    aside, saved = set_aside(path, START)

    assert saved == 0
    assert soundness(path) == "ok"
    assert aside.stat().st_size == (good / NAME).stat().st_size


def test_a_file_cut_off_anywhere_ends_in_a_sound_one(good, rows, tmp_path):
    chance = random.Random(4)
    content = (good / NAME).read_bytes()
    path = tmp_path / NAME

    for _ in range(40):
        path.write_bytes(content[: chance.randrange(100, len(content))])
        set_aside(path, START)

        assert soundness(path) == "ok"
        left = kept(tmp_path)
        assert all(left[table] <= rows[table] for table in TABLES)


def test_most_rows_remain_after_single_bytes_were_changed(good, rows, roots, tmp_path):
    chance = random.Random(5)
    content = (good / NAME).read_bytes()
    first = max(roots.values()) * PAGE
    path = tmp_path / NAME

    for _ in range(40):
        worse = bytearray(content)
        for _ in range(5):
            worse[chance.randrange(first, len(content))] = chance.randrange(256)
        path.write_bytes(worse)
        set_aside(path, START)

        assert sum(kept(tmp_path).values()) > sum(rows.values()) / 2
        assert soundness(path) == "ok"


def test_the_damage_is_found_when_the_file_is_opened(good, tmp_path):
    path = damaged(good, tmp_path, 30)

    with pytest.raises(DamagedHistory):
        open_for_writing(path)


def test_rows_in_which_damage_made_something_else_of_a_number_are_left_behind(tmp_path):
    path = tmp_path / NAME
    fill(path, services=1, looks=20)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE samples SET total = 'text' WHERE at / 60000 % 3 = 0")
        connection.execute("UPDATE transitions SET at = 'text' || at WHERE at / 60000 % 3 = 0")
        connection.execute("UPDATE facts SET value = x'ff'")
        connection.commit()

    set_aside(path, START)

    with closing(open_for_writing(path)):
        left = kept(tmp_path)
    assert 0 < left["samples"] < 20
    assert 0 < left["transitions"] < 20
    assert left["facts"] == 0
