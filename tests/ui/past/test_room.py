from itertools import pairwise

import pytest

from manara.ui.past.room import CHART_SHARE, LADDER, fitting


def costs(*heights):
    return zip(LADDER, heights, strict=False)


def test_in_a_high_window_everything_is_shown():
    assert fitting(1000, costs(500, 400, 300)) == LADDER[0]


@pytest.mark.parametrize(("height", "rung"), [(910, 0), (908, 1), (545, 2)])
def test_what_is_left_out_leaves_the_chart_its_share(height, rung):
    room = fitting(height, costs(500, 400, 299, 100))

    assert room == LADDER[rung]
    assert height - (500, 400, 299)[rung] >= CHART_SHARE * height


def test_in_the_lowest_window_only_the_barest_is_left():
    assert fitting(100, costs(*(99 for _ in LADDER))) == LADDER[-1]


def test_every_rung_shows_less_than_the_one_before():
    shown = [(room.summary, room.readout, room.legend, room.bar) for room in LADDER]

    for high, low in pairwise(shown):
        assert all(less <= more for less, more in zip(low, high, strict=True))
    assert len(set(shown)) == len(shown)
