from datetime import timedelta

import pytest

from fakes.recorded import NOW
from manara.model import Bucket, CheckResult, Failure, Latency, Reason, Series, Timings
from manara.ui.trend import COLUMNS, LENGTH, WIDTH, Trend


def look(ago=timedelta(), ms=100.0, reason=None):
    return CheckResult(NOW - ago, Failure(reason) if reason else None, Timings(total_ms=ms))


def bucket(ago, ms):
    latency = None if ms is None else Latency(ms, ms, ms, ms)
    return Bucket(NOW - ago, NOW - ago + WIDTH, 5, latency)


def test_nothing_seen_is_nothing_but_gaps():
    assert Trend().columns(NOW) == (None,) * COLUMNS


def test_the_newest_column_is_the_last():
    trend = Trend()
    trend.take_result(look(ms=80.0))

    assert trend.columns(NOW) == (*[None] * (COLUMNS - 1), 80.0)
    assert trend.columns(NOW + WIDTH)[-2:] == (80.0, None)


def test_a_column_is_the_mean_of_its_looks():
    trend = Trend()
    for ms in (100.0, 200.0):
        trend.take_result(look(ms=ms))

    assert trend.columns(NOW)[-1] == pytest.approx(150.0)


@pytest.mark.parametrize("reason", [Reason.CONNECT_TIMEOUT, Reason.NO_PERMISSION])
def test_a_look_that_was_not_answered_is_no_latency(reason):
    trend = Trend()
    trend.take_result(look(reason=reason))

    assert set(trend.columns(NOW)) == {None}


def test_a_slow_answer_is_one():
    trend = Trend()
    trend.take_result(look(ms=5000.0, reason=Reason.SLOW))

    assert trend.columns(NOW)[-1] == 5000.0


def test_a_look_without_a_time_is_left_out():
    trend = Trend()
    trend.take_result(look(ms=None))

    assert set(trend.columns(NOW)) == {None}


def test_what_was_measured_before_this_start_comes_first_and_gaps_stay_gaps():
    trend = Trend()
    trend.take_series(Series("x", 300, (bucket(3 * WIDTH, 50.0), bucket(2 * WIDTH, None), bucket(WIDTH, 70.0))))
    trend.take_result(look(ms=90.0))

    assert trend.columns(NOW)[-4:] == (50.0, None, 70.0, 90.0)


def test_what_is_older_than_the_line_is_forgotten():
    trend = Trend()
    for minutes in range(0, 24 * 60, 5):
        trend.take_result(look(timedelta(days=1) - timedelta(minutes=minutes)))

    assert len(trend._sums) <= 2 * COLUMNS
    assert trend.columns(NOW).count(None) <= 1
    assert timedelta(hours=3) == LENGTH


def test_a_long_past_does_not_drive_out_the_present():
    trend = Trend()
    trend.take_result(look(ms=90.0))
    trend.take_series(Series("x", 300, tuple(bucket(n * WIDTH, 50.0) for n in range(500, 0, -1))))

    assert trend.columns(NOW) == (*[50.0] * (COLUMNS - 1), 90.0)


@pytest.mark.parametrize("minutes", [5, 90, 240])
def test_after_the_clock_was_set_back_the_line_goes_on(minutes):
    trend = Trend()
    for column in range(2 * COLUMNS):
        trend.take_result(look(-column * WIDTH))
    back = timedelta(days=1)
    for minute in range(minutes):
        trend.take_result(look(back - timedelta(minutes=minute), ms=10.0))

    columns = trend.columns(NOW - back + timedelta(minutes=minutes - 1))
    assert columns.count(10.0) >= min(COLUMNS, minutes // 5)
