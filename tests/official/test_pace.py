"""When a page is read next."""

from datetime import timedelta

import pytest

from manara.model import OfficialIncident, OfficialState, PageKind, Post, Unreadable
from manara.official.pace import (
    EVERY_S,
    JITTER,
    LONGEST_S,
    LONGEST_UNWANTED_S,
    NEWS_FOR,
    URGENT_EVERY_S,
    is_never_read,
    next_due_s,
    tells_of_trouble,
)
from manara.official.reading import Reading
from manara.official.told import Told
from official.samples import AT

GOOD = Reading(AT, Told(OfficialState.OPERATIONAL))


def bad(why, retry_after_s=0.0):
    return Reading(AT, None, why, retry_after_s)


def due_s(last=GOOD, failures=0, *, urgent=False, key="https://status.example/"):
    return next_due_s(key, 1_000.0, last, failures, urgent=urgent) - 1_000.0


def about(every_s):
    return pytest.approx(every_s * (1 + JITTER / 2), abs=every_s * JITTER / 2 + 0.001)


def test_a_page_is_read_every_five_minutes_and_every_minute_in_trouble():
    assert (EVERY_S, URGENT_EVERY_S) == (300, 60)
    assert due_s() == about(300)
    assert due_s(urgent=True) == about(60)


def test_pages_are_spread():
    assert len({due_s(key=f"https://{number}.example/") for number in range(50)}) == 50


def test_after_failures_it_is_tried_more_and_more_seldom_up_to_a_limit():
    waits = [due_s(bad(Unreadable.NO_ANSWER), failures) for failures in range(1, 6)]

    assert waits == [about(600), *[about(LONGEST_S)] * 4]
    assert due_s(bad(Unreadable.NO_ANSWER), 1, urgent=True) == about(120)


def test_a_page_that_turns_us_away_is_left_alone_for_longer():
    assert due_s(bad(Unreadable.TURNED_AWAY), 1_000) == about(LONGEST_UNWANTED_S)
    assert due_s(bad(Unreadable.NOT_FOR_PROGRAMS), 1, urgent=True) == about(LONGEST_UNWANTED_S)


def test_what_the_page_asks_for_goes_before():
    assert due_s(bad(Unreadable.TURNED_AWAY, 5_000.0), 1, urgent=True) == 5_000.0
    assert due_s(bad(Unreadable.TURNED_AWAY, 1.0), 1, urgent=True) == about(120)


def test_only_pages_for_people_are_never_read():
    assert {kind for kind in PageKind if is_never_read(kind)} == {PageKind.HTML, PageKind.HTML_TEXT}


def incident(age=timedelta(0), state=OfficialState.DEGRADED, *, posts=True, ended=None):
    said = (Post(AT - age, "We look into it."),) if posts else ()
    return OfficialIncident("1", "", state, AT - age, ended, said)


@pytest.mark.parametrize(
    ("told", "urgent"),
    [
        (Told(OfficialState.OPERATIONAL), False),
        (Told(OfficialState.DEGRADED), True),
        (Told(OfficialState.MAINTENANCE), False),
        (Told(OfficialState.DEGRADED, "", (incident(),)), True),
        (Told(OfficialState.DEGRADED, "", (incident(NEWS_FOR),)), False),
        (Told(OfficialState.DEGRADED, "", (incident(NEWS_FOR, posts=False),)), False),
        (Told(OfficialState.OPERATIONAL, "", (incident(ended=AT),)), False),
        (Told(OfficialState.OPERATIONAL, "", (incident(state=OfficialState.MAINTENANCE),)), False),
    ],
)
def test_trouble_that_somebody_writes_of_is_urgent(told, urgent):
    assert tells_of_trouble(told, AT) is urgent


def test_an_incident_without_any_time_is_taken_for_new():
    told = Told(OfficialState.DEGRADED, "", (OfficialIncident("1", "", OfficialState.DEGRADED, None),))

    assert tells_of_trouble(told, AT)
