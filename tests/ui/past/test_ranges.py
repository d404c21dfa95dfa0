from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.model import Window
from manara.ui.past.ranges import (
    LONGEST,
    MOST_POINTS,
    RANGES,
    SHORTEST,
    around,
    asked,
    followed,
    is_enough,
    kept_sane,
    panned,
    range_words,
    until_now,
    zoomed,
)
from manara.wording import Translator

NOW = datetime(2021, 10, 4, 15, 52, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = Window(NOW - timedelta(days=2), NOW - timedelta(days=1))
WINDOWS = st.builds(
    lambda back, length: Window(NOW - timedelta(seconds=back + length), NOW - timedelta(seconds=back)),
    st.floats(0, 1e8),
    st.floats(60, 1e8),
)


def test_the_ranges_are_those_that_were_promised():
    assert [range_words(Translator(), each)[0] for each in RANGES] == ["1 h", "24 h", "7 d", "30 d", "90 d", "1 y"]


def test_a_range_ends_now_in_utc_at_a_whole_second():
    window = until_now(HOUR, (NOW + timedelta(milliseconds=300)).astimezone())

    assert window == Window(NOW - HOUR, NOW)
    assert window.end.tzinfo is UTC


@given(window=WINDOWS, factor=st.floats(0.01, 100), share=st.floats(0, 1))
def test_zooming_keeps_the_moment_under_the_pointer_unless_the_future_begins_there(window, factor, share):
    about = window.begin + window.length * share
    after = zoomed(window, factor, about, NOW)

    assert SHORTEST <= after.length <= LONGEST
    assert after.end <= NOW
    if after.end < NOW:
        assert (about - after.begin) / after.length == pytest.approx(share, abs=0.001)


def test_zooming_in_ends_at_a_minute_and_zooming_out_at_ten_years():
    assert zoomed(DAY, 1e-9, DAY.begin, NOW).length == SHORTEST
    assert zoomed(DAY, 1e9, DAY.begin, NOW).length == LONGEST


@given(window=WINDOWS, share=st.floats(-10, 10))
def test_panning_keeps_the_length_and_never_shows_the_future(window, share):
    after = panned(window, share, NOW)

    assert after.end <= NOW
    assert after.length == pytest.approx(min(window.length, LONGEST), abs=timedelta(milliseconds=1))
    assert after.begin.microsecond % 1000 == after.end.microsecond % 1000 == 0


def test_panning_moves_by_a_share_of_the_length():
    assert panned(DAY, 0.5, NOW) == Window(DAY.begin + HOUR * 12, DAY.end + HOUR * 12)


def test_a_window_that_is_too_short_is_widened_about_its_middle():
    instant = Window(NOW - HOUR, NOW - HOUR + timedelta(seconds=10))

    assert kept_sane(instant, NOW) == Window(NOW - HOUR - timedelta(seconds=25), NOW - HOUR + timedelta(seconds=35))


def test_around_an_outage_there_is_as_much_time_as_it_took_and_ten_minutes_at_least():
    assert around(DAY, NOW).length == 3 * DAY.length
    assert around(Window(NOW - HOUR, NOW - HOUR + timedelta(seconds=1)), NOW).length == timedelta(seconds=1201)


@pytest.mark.parametrize(
    ("at", "begin"),
    [
        (DAY.begin + HOUR, DAY.begin),
        (DAY.begin - HOUR, DAY.begin - HOUR),
        (DAY.end + HOUR, DAY.begin + HOUR),
    ],
)
def test_a_window_follows_the_cursor_only_as_far_as_it_must(at, begin):
    assert followed(DAY, at, NOW) == Window(begin, begin + DAY.length)


@given(window=WINDOWS, width=st.integers(1, 10_000))
def test_no_more_points_are_asked_for_than_a_chart_may_be_fed(window, width):
    wider, points = asked(window, width)

    assert 2 <= points <= MOST_POINTS
    assert wider.begin < window.begin
    assert wider.end > window.end
    assert is_enough(wider, window)


def test_what_is_known_is_enough_until_it_does_not_reach_far_or_fine_enough():
    known, _ = asked(DAY, 800)

    assert is_enough(known, panned(DAY, 0.4, NOW))
    assert not is_enough(known, panned(DAY, -0.6, NOW))
    assert not is_enough(known, zoomed(DAY, 0.5, DAY.begin + HOUR, NOW))
    assert not is_enough(None, DAY)
