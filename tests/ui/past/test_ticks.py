from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from manara.model import Window
from manara.ui.past.ticks import latency_text, latency_ticks, time_ticks
from manara.wording import Translator

TR = Translator()
BERLIN = ZoneInfo("Europe/Berlin")


def texts(begin, end, most=8, zone=BERLIN):
    return [tick.text for tick in time_ticks(TR, between(begin, end), zone, most)]


def between(begin, end):
    return Window(datetime.fromisoformat(begin).astimezone(UTC), datetime.fromisoformat(end).astimezone(UTC))


def test_hours_are_those_of_the_reader():
    assert texts("2021-10-04T14:10+02:00", "2021-10-04T17:50+02:00") == [
        *("14:30", "15:00", "15:30", "16:00", "16:30", "17:00", "17:30"),
    ]


def test_a_midnight_names_its_day():
    assert texts("2021-10-03T18:00+02:00", "2021-10-04T06:00+02:00", 4) == ["18:00", "21:00", "4 Oct", "03:00", "06:00"]


def test_days_and_months_are_named():
    assert texts("2021-09-30T00:00+02:00", "2021-10-04T12:00+02:00") == ["30 Sep", "1 Oct", "2 Oct", "3 Oct", "4 Oct"]
    assert texts("2020-11-20T00:00+01:00", "2021-04-10T00:00+02:00") == ["Dec", "2021", "Feb", "Mar", "Apr"]


def test_weeks_begin_on_mondays():
    ticks = time_ticks(TR, between("2021-09-01T00:00+02:00", "2021-10-01T00:00+02:00"), BERLIN, 5)

    assert {tick.at.astimezone(BERLIN).weekday() for tick in ticks} == {0}


def test_seconds_are_shown_where_there_is_nothing_else():
    assert texts("2021-10-04T15:00:00+02:00", "2021-10-04T15:01:00+02:00", 3) == ["15:00:00", "15:00:30", "15:01:00"]


def test_an_hour_that_comes_twice_has_its_mark_twice():
    assert texts("2021-10-31T01:00+02:00", "2021-10-31T04:00+01:00", 5) == ["01:00", "02:00", "02:00", "03:00", "04:00"]


def test_an_hour_that_is_left_out_has_no_mark():
    assert texts("2021-03-28T01:00+01:00", "2021-03-28T05:00+02:00", 5) == ["01:00", "03:00", "04:00", "05:00"]


def test_days_of_23_and_25_hours_begin_at_midnight():
    ticks = time_ticks(TR, between("2021-10-30T00:00+02:00", "2021-11-02T00:00+01:00"), BERLIN, 4)

    assert [tick.at.astimezone(BERLIN).hour for tick in ticks] == [0, 0, 0, 0]
    assert [later.at - earlier.at for earlier, later in pairwise(ticks)] == [
        timedelta(hours=24),
        timedelta(hours=25),
        timedelta(hours=24),
    ]


@given(
    begin_s=st.floats(0, 3e9),
    length_s=st.floats(60, 3e8),
    most=st.integers(1, 20),
    zone=st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "UTC"]),
)
def test_marks_lie_in_the_window_in_order_and_are_few(begin_s, length_s, most, zone):
    begin = datetime.fromtimestamp(begin_s, UTC)
    window = Window(begin, begin + timedelta(seconds=length_s))
    ticks = time_ticks(TR, window, ZoneInfo(zone), most)

    assert all(window.begin <= tick.at <= window.end for tick in ticks)
    assert [tick.at for tick in ticks] == sorted({tick.at for tick in ticks})
    assert len(ticks) <= 2 * most + 3


@pytest.mark.parametrize(
    ("top", "most", "ticks"),
    [
        (430, 4, [0, 200, 400]),
        (100, 5, [0, 20, 40, 60, 80, 100]),
        (0.9, 3, [0, 0.5]),
        (690, 1, [0, 500]),
        (0, 3, [0]),
    ],
)
def test_latencies_are_round(top, most, ticks):
    assert latency_ticks(top, most) == pytest.approx(ticks)


@given(top=st.floats(0.001, 1e6), most=st.integers(1, 10))
@example(top=999_999.9999999999, most=1)
def test_there_is_a_mark_above_zero_and_not_too_many(top, most):
    ticks = latency_ticks(top, most)

    assert 2 <= len(ticks) <= most + 2
    assert ticks[-1] <= top * 1.000001


@pytest.mark.parametrize(
    ("ms", "step", "text"),
    [
        (0, 100, "0"),
        (400, 200, "400 ms"),
        (0.5, 0.5, "0.5 ms"),
        (500, 500, "0.5 s"),
        (2000, 1000, "2 s"),
    ],
)
def test_latencies_have_their_unit(ms, step, text):
    assert latency_text(TR, ms, step) == text
