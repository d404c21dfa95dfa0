from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.engine.schedule import first_due_s, next_due_s, recheck_delay_s

intervals = st.floats(1, 86_400)
moments = st.floats(1.6e9, 2.2e9)


@given(key=st.text(), interval_s=intervals, now_s=moments)
def test_the_next_look_lies_within_one_interval(key, interval_s, now_s):
    due_s = next_due_s(key, interval_s, now_s)

    assert now_s < due_s <= now_s + interval_s * 1.001


@given(key=st.text(), interval_s=st.integers(1, 3600), now_s=moments)
def test_a_check_keeps_its_place_from_round_to_round(key, interval_s, now_s):
    first = next_due_s(key, interval_s, now_s)

    assert next_due_s(key, interval_s, first) == pytest.approx(first + interval_s, abs=1e-3)


def test_checks_do_not_fire_together():
    dues = sorted(next_due_s(f"service-{number}/0", 60, 1.6e9) for number in range(600))

    busiest = max(sum(second <= due < second + 1 for due in dues) for second in range(1_600_000_000, 1_600_000_060))

    assert busiest <= 25


def test_checks_whose_names_are_alike_do_not_fire_together_either():
    dues = sorted(next_due_s(f"s{number}:0", 300, 1.6e9) for number in range(20))

    longest = max(later - sooner for sooner, later in pairwise([*dues, dues[0] + 300]))

    assert longest < 100


def test_the_first_round_begins_at_once_and_ends_within_the_interval():
    dues = [first_due_s(position, 1000, 10, 50.0) for position in range(1000)]

    assert dues[0] == 50.0
    assert dues[-1] < 59.0


def test_a_few_services_are_looked_at_almost_together_at_the_start():
    assert first_due_s(11, 12, 60, 50.0) < 50.2


def test_rechecks_follow_quickly_and_ever_more_slowly_within_the_interval():
    assert [recheck_delay_s(doubts, 60) for doubts in (1, 2, 3, 10)] == [1, 2, 4, 30]
