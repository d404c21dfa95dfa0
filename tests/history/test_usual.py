"""What is usual: the middle of the same hour of earlier weeks, or of the last days while there are no weeks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.history import SITE, START_MS, HistoryFile, moment, sample
from manara.history.usual import ENOUGH, usual, usual_of
from manara.model import Reason, Usual

HOUR_S = 3600
DAY_S = 24 * HOUR_S
WEEK_S = 7 * DAY_S


@pytest.fixture
def file(tmp_path):
    file = HistoryFile(tmp_path / "history.sqlite3")
    yield file
    file.close()


def fill(file, took_ms, *hours_ago):
    """Write a look in each hour so many hours before the tests' clock started, and sum them up."""
    file.write(*(sample(-hours * HOUR_S * 1000 - 1000, total_ms=took_ms) for hours in hours_ago))
    file.keep_house(START_MS)


def usual_now(file):
    with file.reader() as reader:
        return usual(reader, moment(0)).get(SITE)


def test_without_a_history_nothing_is_usual(file):
    assert usual_now(file) is None


def test_the_same_hour_of_earlier_weeks_counts_and_the_hours_beside_it(file):
    weeks = [week * 168 + beside for week in (1, 2, 3) for beside in (-1, 0, 1)]
    fill(file, 100.0, *weeks)
    fill(file, 900.0, *range(2, 20))

    found = usual_now(file)

    assert found.median_ms == pytest.approx(100, rel=0.03)
    assert found.spread_ms == 0


def test_where_weeks_are_missing_the_same_hour_of_the_last_days_counts(file):
    fill(file, 200.0, *(day * 24 + beside for day in (1, 2) for beside in (-1, 0, 1)))

    assert usual_now(file).median_ms == pytest.approx(200, rel=0.03)


def test_one_day_is_too_little(file):
    fill(file, 200.0, 23, 24, 25)

    assert usual_now(file) is None


def test_hours_without_an_answer_say_nothing(file):
    failed = [sample(-hours * HOUR_S * 1000, Reason.CONNECT_TIMEOUT, 10_000.0) for hours in (24, 48, 72, 96, 120, 144)]
    file.write(*failed)
    file.keep_house(START_MS)

    assert usual_now(file) is None


@given(st.lists(st.floats(1, 10_000), min_size=ENOUGH, max_size=20), st.floats(1, 1e6))
def test_one_bad_hour_moves_it_no_further_than_to_its_neighbours(medians, bad):
    ordered = sorted(medians)

    moved = usual_of([*medians, bad]).median_ms

    assert ordered[(len(ordered) - 1) // 2 - (len(ordered) > 1)] <= moved <= ordered[len(ordered) // 2 + 1]


def test_the_spread_is_the_middle_distance_from_the_middle():
    assert usual_of([10, 20, 30, 40, 1000]) == Usual(30, 10)
