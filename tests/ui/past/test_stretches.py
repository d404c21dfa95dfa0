from itertools import pairwise
from math import nextafter

from hypothesis import given
from hypothesis import strategies as st

from manara.model import OBSERVED, Verdict
from manara.ui.past.stretches import Stretch, Stretches

MADE = st.lists(
    st.builds(
        lambda left, length, verdict, labelled: Stretch(left, left + length, verdict, labelled),
        st.floats(-100, 200),
        st.floats(0, 50),
        st.sampled_from(sorted(OBSERVED)),
        st.booleans(),
    ),
    max_size=200,
)


def seen(*stretches, least=1.0):
    """What is seen of stretches on an axis from 0 to 100 that is as many pixels wide."""
    return Stretches(stretches).all(0, 100, 100, least)


@given(MADE)
def test_however_many_stretches_there_are_few_are_painted_and_all_within_the_plot(made):
    found = seen(*made)

    assert all(0 <= each.left < each.right <= 100 for each in found)
    for kind in {(each.verdict, each.labelled) for each in found}:
        alike = [each for each in found if (each.verdict, each.labelled) == kind]
        assert len(alike) <= 101
        assert all(one.right <= other.left for one, other in pairwise(alike))


@given(MADE)
def test_everything_that_lies_in_the_plot_is_seen(made):
    found = seen(*made)

    for each in made:
        if each.right > 0 and each.left < 99:
            middle = (max(0, each.left) + min(100, each.right)) / 2
            alike = [one for one in found if (one.verdict, one.labelled) == (each.verdict, each.labelled)]
            assert any(one.left <= middle <= one.right for one in alike)


def test_the_shortest_outage_is_seen():
    assert seen(Stretch(10, 10.001, Verdict.DOWN), least=2) == [Stretch(10, 12, Verdict.DOWN)]


def test_the_worst_is_painted_last():
    stretches = [Stretch(0, 5, Verdict.DOWN), Stretch(5, 10, Verdict.UP), Stretch(10, 20, Verdict.DEGRADED)]

    assert [each.verdict for each in seen(*stretches)] == [Verdict.UP, Verdict.DEGRADED, Verdict.DOWN]


def test_stretches_that_touch_become_one():
    one, other = Stretch(10, 20, Verdict.DOWN), Stretch(20.2, 30, Verdict.DOWN)

    assert seen(other, one) == [Stretch(10, 30, Verdict.DOWN)]


def test_the_axis_is_brought_into_pixels():
    stretches = Stretches([Stretch(0, 1000, Verdict.UP), Stretch(1000, 1500, Verdict.DOWN)])

    found = stretches.all(500, 2500, 200, 1)

    assert found == [Stretch(0, 50, Verdict.UP), Stretch(50, 100, Verdict.DOWN)]


def test_what_was_up_and_what_was_not_labelled_can_be_left_out():
    up, down = Stretch(0, 10, Verdict.UP, labelled=True), Stretch(10, 20, Verdict.DOWN)
    stretches = Stretches([up, down])

    assert stretches.bad(0, 100, 100, 1) == [down]
    assert stretches.labelled(0, 100, 100, 1) == [up]


def test_what_begins_at_the_very_edge_is_left_out():
    stretches = Stretches([Stretch(nextafter(125, 0), 130, Verdict.DOWN)])

    assert stretches.all(0, 125, 100, 1) == []
