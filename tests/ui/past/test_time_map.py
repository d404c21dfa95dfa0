from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from manara.model import Window
from manara.ui.past.time_map import TimeMap

ORIGIN = datetime(2021, 10, 4, tzinfo=UTC)


@given(seconds=st.floats(-1e8, 1e8), mirrored=st.booleans())
def test_a_place_leads_back_to_its_moment(seconds, mirrored):
    time_map = TimeMap(ORIGIN, mirrored)
    at = ORIGIN + timedelta(seconds=seconds)

    assert abs(time_map.at(time_map.x(at)) - at) <= timedelta(microseconds=1)


def test_time_runs_from_left_to_right_unless_somebody_wants_it_otherwise():
    window = Window(ORIGIN, ORIGIN + timedelta(seconds=60))

    assert TimeMap(ORIGIN).span(window) == (0, 60)
    assert TimeMap(ORIGIN, mirrored=True).span(window) == (-60, 0)
