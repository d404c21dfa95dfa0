from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from manara.model import Span, Verdict
from manara.monitor.days import days_until, with_spans

HOUR = timedelta(hours=1)


def lengths(zone, *day_and_end):
    *ends, count = day_and_end
    return [
        (day.date.isoformat(), (day.end - day.begin) / HOUR)
        for day in days_until(datetime(*ends, tzinfo=UTC), ZoneInfo(zone), count)
    ]


def test_days_are_those_of_the_readers_calendar_up_to_the_end():
    days = days_until(datetime(2026, 7, 15, 10, tzinfo=UTC), ZoneInfo("Europe/Berlin"), 3)

    assert [day.date for day in days] == [date(2026, 7, 13), date(2026, 7, 14), date(2026, 7, 15)]
    assert days[0].begin == datetime(2026, 7, 12, 22, tzinfo=UTC)
    assert days[-1].end == datetime(2026, 7, 15, 10, tzinfo=UTC)
    assert all(before.end == after.begin for before, after in pairwise(days))


@pytest.mark.parametrize(
    ("zone", "end", "expected"),
    [
        ("Europe/Berlin", (2026, 3, 30, 22), [("2026-03-29", 23), ("2026-03-30", 24)]),
        ("Europe/Berlin", (2026, 10, 26, 23), [("2026-10-25", 25), ("2026-10-26", 24)]),
        # Where the clock goes on at midnight, the day begins at one o'clock.
        ("Africa/Cairo", (2023, 4, 28, 21), [("2023-04-27", 24), ("2023-04-28", 23)]),
        ("Africa/Cairo", (2023, 10, 27, 22), [("2023-10-26", 25), ("2023-10-27", 24)]),
    ],
)
def test_days_have_as_many_hours_as_daylight_saving_gives_them(zone, end, expected):
    assert lengths(zone, *end, 2) == expected


def test_a_day_that_an_island_left_out_is_left_out():
    assert [day for day, _ in lengths("Pacific/Apia", 2011, 12, 31, 10, 3)] == ["2011-12-29", "2011-12-31"]


def test_an_end_at_midnight_belongs_to_the_day_before():
    assert lengths("UTC", 2026, 7, 15, 1)[0] == ("2026-07-14", 24)


def span(begin_h, end_h, verdict):
    midnight = datetime(2026, 7, 13, tzinfo=UTC)
    return Span(midnight + begin_h * HOUR, midnight + end_h * HOUR, verdict)


DAYS = days_until(datetime(2026, 7, 15, 12, tzinfo=UTC), UTC, 3)


def test_spans_are_divided_at_midnight():
    days = with_spans(DAYS, [span(-5, 30, Verdict.UP), span(30, 31, Verdict.DOWN), span(31, 99, Verdict.UP)])

    assert [day.spent for day in days] == [
        {Verdict.UP: 24 * HOUR},
        {Verdict.UP: 23 * HOUR, Verdict.DOWN: HOUR},
        {Verdict.UP: 12 * HOUR},
    ]
    assert [day.worst for day in days] == [Verdict.UP, Verdict.DOWN, Verdict.UP]
    assert [day.not_observed for day in days] == [timedelta(0)] * 3


def test_what_nobody_observed_is_not_spent():
    days = with_spans(DAYS, [span(0, 24, Verdict.UNKNOWN), span(24, 30, Verdict.UP), span(30, 48, Verdict.PAUSED)])

    assert [day.worst for day in days] == [Verdict.UNKNOWN, Verdict.UP, Verdict.UNKNOWN]
    assert days[1].not_observed == 18 * HOUR


@pytest.mark.parametrize(
    ("verdicts", "worst"),
    [
        ([Verdict.UP, Verdict.MAINTENANCE], Verdict.MAINTENANCE),
        ([Verdict.MAINTENANCE, Verdict.DEGRADED, Verdict.UP], Verdict.DEGRADED),
        ([Verdict.DEGRADED, Verdict.DOWN], Verdict.DOWN),
    ],
)
def test_a_day_is_remembered_by_its_worst(verdicts, worst):
    spans = [span(hour, hour + 1, verdict) for hour, verdict in enumerate(verdicts)]

    assert with_spans(DAYS, spans)[0].worst is worst


def test_spans_outside_of_the_days_change_nothing():
    assert with_spans(DAYS, [span(-9, -1, Verdict.DOWN), span(70, 80, Verdict.DOWN)]) == DAYS
