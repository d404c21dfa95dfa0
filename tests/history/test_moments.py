from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from manara.history.moments import EPOCH, moment_of, moment_or_none, ms_from, ms_of, ms_or_none

MS = timedelta(milliseconds=1)
moments = st.timedeltas(timedelta(days=-20_000), timedelta(days=80_000)).map(lambda since: EPOCH + since)


def test_a_moment_lies_in_the_millisecond_that_has_begun():
    assert ms_of(EPOCH + timedelta(microseconds=1999)) == 1


def test_a_moment_before_1970_lies_in_the_millisecond_that_has_begun():
    assert ms_of(EPOCH - timedelta(microseconds=1)) == -1


def test_the_offset_of_a_moment_makes_no_difference():
    summer = timezone(timedelta(hours=2))

    assert ms_of(datetime(2021, 10, 4, 17, 39, tzinfo=summer)) == ms_of(datetime(2021, 10, 4, 15, 39, tzinfo=UTC))


def test_nothing_stays_nothing():
    assert (moment_or_none(None), ms_or_none(None)) == (None, None)
    assert (moment_or_none(1000), ms_or_none(EPOCH + MS)) == (EPOCH + timedelta(seconds=1), 1)


@given(moments)
def test_a_moment_comes_back_less_than_a_millisecond_earlier(moment):
    assert timedelta(0) <= moment - moment_of(ms_of(moment)) < MS


@given(moments)
def test_the_next_whole_millisecond_is_less_than_one_later(moment):
    assert timedelta(0) <= moment_of(ms_from(moment)) - moment < MS
