"""A service is slow when it takes much longer than at this hour of other weeks, again and again, and others do not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import FakeCheck, make_result, make_service
from manara.engine.usual_speed import LEAST_MS, UsualSpeed, is_slow
from manara.model import Outcome, Reason, Timings, Usual

USUAL = Usual(median_ms=400.0, spread_ms=20.0)
SHOP, BANK, PARK = (make_service(name, FakeCheck(name=name)) for name in ("shop", "bank", "park"))


def took(ms, reason=None):
    return replace(make_result(reason), timings=Timings(total_ms=ms))


def speeds(usual=USUAL):
    return UsualSpeed(lambda _service, _position: usual)


def judged(speed, service, *ms):
    return [speed.judged(service, 0, took(each)) for each in ms]


@pytest.mark.parametrize(
    ("ms", "usual", "slow"),
    [
        (1400, Usual(400, 20), True),
        (1100, Usual(400, 20), False),
        (900, Usual(100, 5), False),
        (1700, Usual(500, 300), False),
        (2100, Usual(500, 300), True),
    ],
)
def test_slow_is_a_multiple_beyond_the_spread_and_what_people_call_slow(ms, usual, slow):
    assert is_slow(ms, usual) is slow


@given(st.floats(0, 1e5), st.floats(0.1, 1e4), st.floats(0, 1e4))
def test_what_is_no_slower_than_usual_is_never_slow(ms, median, spread):
    assert not is_slow(min(ms, median), Usual(median, spread))
    assert not is_slow(min(ms, LEAST_MS), Usual(median, spread))


def test_three_of_the_last_five_looks_must_be_slow():
    results = judged(speeds(), SHOP, 1500, 400, 1500, 400, 1500, 400)

    assert [result.outcome for result in results] == [Outcome.OK] * 4 + [Outcome.DEGRADED, Outcome.OK]
    (slow,) = (result for result in results if result.failure)
    assert (slow.failure.reason, slow.failure.detail) == (Reason.SLOWER_THAN_USUAL, "3.8 × its usual")
    assert slow.facts.usual_ms == 400


def test_without_knowing_what_is_usual_nothing_is_slow():
    assert judged(speeds(None), SHOP, *[9000] * 5) == [took(9000)] * 5
    assert judged(UsualSpeed(None), SHOP, *[9000] * 5) == [took(9000)] * 5


def test_a_failure_stays_what_it_was():
    failed = took(9000, Reason.SERVER_ERROR)

    assert speeds().judged(SHOP, 0, failed) == failed


def test_when_most_are_slow_at_once_it_is_our_own_line():
    speed = speeds()
    judged(speed, BANK, *[1500] * 5)
    judged(speed, PARK, 400)

    assert [result.outcome for result in judged(speed, SHOP, *[1500] * 5)] == [Outcome.OK] * 5


def test_one_of_many_that_is_slow_is_told():
    speed = speeds()
    judged(speed, BANK, 400)
    judged(speed, PARK, 400)

    assert judged(speed, SHOP, *[1500] * 3)[-1].outcome is Outcome.DEGRADED


def test_services_that_are_gone_are_forgotten():
    speed = speeds()
    judged(speed, SHOP, 1500, 1500)

    speed.keep_only(frozenset({"bank"}))

    assert judged(speed, SHOP, 1500)[-1].outcome is Outcome.OK


def test_the_interval_of_the_check_does_not_matter_for_what_is_remembered():
    speed = speeds()
    judged(speed, SHOP, 1500, 1500)
    calmer = make_service("shop", FakeCheck(name="shop", interval=timedelta(minutes=9)))

    assert judged(speed, calmer, 1500)[-1].outcome is Outcome.DEGRADED
