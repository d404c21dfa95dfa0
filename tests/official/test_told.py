"""States put together."""

from datetime import timedelta
from itertools import permutations

import pytest

from manara.model import OfficialComponent, OfficialIncident, OfficialState, Post
from manara.official.told import MOST_INCIDENTS, MOST_POSTS, latest, newest_first, of_open, whole, worst
from official.samples import AT

GOOD, PLANNED, UNSURE = OfficialState.OPERATIONAL, OfficialState.MAINTENANCE, OfficialState.UNKNOWN
SLOW, PART, MAJOR = OfficialState.DEGRADED, OfficialState.PARTIAL_OUTAGE, OfficialState.MAJOR_OUTAGE


def part(state):
    return OfficialComponent("1", "API", state)


def incident(minutes_ago=0, state=SLOW, ended=None, key="1"):
    return OfficialIncident(key, "", state, AT - timedelta(minutes=minutes_ago), ended)


@pytest.mark.parametrize("pair", list(permutations([MAJOR, PART, SLOW, UNSURE, PLANNED, GOOD], 2)))
def test_known_trouble_goes_before_ignorance_and_ignorance_before_all_that_is_good(pair):
    order = [MAJOR, PART, SLOW, UNSURE, PLANNED, GOOD]

    assert worst(pair) is min(pair, key=order.index)


def test_of_nothing_nothing_can_be_told():
    assert worst([]) is UNSURE


def test_either_the_page_or_its_parts_may_know_of_trouble_first():
    assert whole(GOOD, [part(GOOD), part(SLOW)]) is SLOW
    assert whole(MAJOR, [part(GOOD)]) is MAJOR
    assert whole(GOOD, [part(UNSURE)]) is UNSURE


def test_the_whole_is_under_maintenance_when_all_of_it_is():
    assert whole(GOOD, [part(GOOD), part(PLANNED)]) is GOOD
    assert whole(GOOD, [part(PLANNED), part(PLANNED)]) is PLANNED


def test_what_has_ended_does_not_count():
    assert of_open([incident(ended=AT)]) is GOOD
    assert of_open([incident(ended=AT), incident(state=PART)]) is PART


def test_the_newest_posts_are_kept():
    posts = [Post(AT - timedelta(minutes=minute), str(minute)) for minute in range(30)]

    assert [post.text for post in newest_first(reversed(posts))] == [str(minute) for minute in range(MOST_POSTS)]


def test_open_incidents_stand_before_newer_ones_that_ended():
    told = [incident(5, ended=AT, key="over"), incident(500, key="old"), incident(50, key="new")]

    assert [each.id for each in latest(told)] == ["new", "old", "over"]
    assert len(latest([*told] * 20)) == MOST_INCIDENTS
