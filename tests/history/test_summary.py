from functools import reduce
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.history import moment
from manara.history.moments import ms_of
from manara.history.summary import Summary, bin_of, phases_of
from manara.model import Latency, Layer, Phases

LONGEST = 3_000_000
"""Five minutes in tenths of a millisecond: no look may take longer."""

totals = st.integers(0, LONGEST) | st.integers(0, 40)
phases = st.lists(st.none() | st.integers(0, LONGEST), min_size=4, max_size=4)
answers = st.tuples(totals, phases)
looks = st.lists(answers | st.sampled_from(Layer), max_size=40)


def summary_of(*several):
    summary = Summary()
    for look in several:
        if isinstance(look, Layer):
            summary.add_failure(look)
        else:
            summary.add_answer(*look)
    return summary


def merged(*summaries):
    whole = Summary()
    for summary in summaries:
        whole.add(summary)
    return whole


@given(looks, looks)
def test_two_summaries_add_up_to_one_in_any_order(left, right):
    assert merged(summary_of(*left), summary_of(*right)) == summary_of(*left, *right)
    assert merged(summary_of(*right), summary_of(*left)) == summary_of(*left, *right)


@given(looks, looks, looks)
def test_it_makes_no_difference_which_summaries_are_added_first(first, second, third):
    a, b, c = (summary_of(*each) for each in (first, second, third))

    assert merged(merged(a, b), c) == merged(a, merged(b, c))


@given(looks, looks)
def test_what_is_added_stays_as_it_was(left, right):
    added = summary_of(*right)

    merged(summary_of(*left), added).add_answer(5, (1, 2, 3, 4))

    assert added == summary_of(*right)


@given(st.lists(totals, min_size=1, max_size=60), st.floats(0, 1))
def test_a_quantile_is_within_three_percent_of_the_exact_one(each, part):
    (found,) = summary_of(*((total, ()) for total in each)).quantiles(part)

    exact = sorted(each)[floor(part * (len(each) - 1))]
    assert abs(found - exact) <= 0.03 * exact + 1


@given(st.lists(totals, min_size=1, max_size=60))
def test_quantiles_rise_and_none_is_longer_than_the_longest(each):
    summary = summary_of(*((total, ()) for total in each))

    found = summary.quantiles(0.0, 0.5, 0.9, 0.99, 1.0)

    assert len(found) == 5
    assert found == sorted(found)
    assert found[-1] <= summary.longest == max(each)


def test_without_an_answer_there_are_no_quantiles():
    assert summary_of(Layer.DNS).quantiles(0.5, 0.9) == []


@given(st.integers(2, LONGEST))
def test_every_latency_is_near_the_middle_of_its_bin(total):
    assert abs(Summary(bins={bin_of(total): 1}, longest=LONGEST).quantiles(0.5)[0] - total) <= 0.03 * total + 1


def test_a_look_without_end_falls_into_the_last_bin():
    assert bin_of(10**9) == 255


def test_a_bucket_tells_how_looks_failed_and_how_long_answers_took():
    summary = summary_of((100, (10, None, None, 50)), (300, (30, 20, None, None)), Layer.DNS, Layer.DNS, Layer.TCP)

    bucket = summary.bucket(ms_of(moment(0)), ms_of(moment(60)))

    assert (bucket.begin, bucket.end, bucket.looks) == (moment(0), moment(60), 5)
    assert bucket.failures == {Layer.DNS: 2, Layer.TCP: 1}
    assert bucket.phases == Phases(dns_ms=2.0, connect_ms=2.0, tls_ms=None, first_byte_ms=5.0)
    assert bucket.latency.max_ms == 30.0
    assert bucket.latency.p50_ms == pytest.approx(10.0, rel=0.03)


def test_a_bucket_without_answers_has_no_latency():
    assert summary_of(Layer.DNS).bucket(0, 1).latency is None


def test_an_answer_in_no_time_is_an_answer():
    assert summary_of((0, ())).bucket(0, 1).latency == Latency(0.0, 0.0, 0.0, 0.0)


def test_phases_without_looks_have_no_mean():
    assert phases_of([0] * 8) == Phases()


def test_a_year_of_looks_every_second_still_counts_right():
    day = summary_of(*((100 + number, ()) for number in range(50)))

    year = reduce(lambda whole, _: merged(whole, whole), range(20), day)

    assert year.looks == 50 * 2**20
    assert sum(year.bins.values()) == year.looks
