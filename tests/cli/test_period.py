from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from manara.cli.arguments import HistoryArguments
from manara.cli.exits import Refused
from manara.cli.period import typed_window

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 7, 15, 12, 0, 0, 123_456, tzinfo=BERLIN)
UNTIL = NOW.astimezone(UTC) - timedelta(seconds=2)


def window(**typed):
    made = typed_window(HistoryArguments(**typed), NOW, UNTIL)
    return made.begin, made.end


def refusal(**typed):
    with pytest.raises(Refused) as refused:
        window(**typed)
    assert refused.value.exit_code == 64
    (line,) = refused.value.lines
    return line


END = datetime(2026, 7, 15, 9, 59, 58, 123_000, tzinfo=UTC)


def test_without_anything_it_is_the_last_30_days_as_far_as_anything_is_known():
    assert window() == (END - timedelta(days=30), END)


@pytest.mark.parametrize(
    ("since", "length"),
    [("90d", timedelta(days=90)), ("12h", timedelta(hours=12)), ("90", timedelta(seconds=90))],
)
def test_since_goes_back_from_the_end(since, length):
    assert window(since=since) == (END - length, END)


def test_times_are_local_and_know_daylight_saving():
    begin, end = window(begin="2026-03-01T18:30", end="2026-07-01 08:00:30")

    assert begin == datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
    assert end == datetime(2026, 7, 1, 6, 0, 30, tzinfo=UTC)


def test_an_offset_says_where_else():
    assert window(begin="2026-03-01T18:30+02:00", end="2026-03-02T00:00Z") == (
        datetime(2026, 3, 1, 16, 30, tzinfo=UTC),
        datetime(2026, 3, 2, tzinfo=UTC),
    )


def test_a_day_counts_from_its_midnight_to_the_next():
    begin, end = window(begin="2026-03-29", end="2026-03-29")

    assert (begin, end) == (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC))
    assert end - begin == timedelta(hours=23)


def test_an_end_in_the_future_is_cut_at_now():
    assert window(begin="2026-07-01", end="2300-01-01")[1] == END


def test_without_an_end_it_ends_now_and_without_a_begin_it_is_30_days():
    assert window(begin="2026-07-01")[1] == END
    assert window(end="2026-07-01T00:00Z") == (
        datetime(2026, 6, 1, tzinfo=UTC),
        datetime(2026, 7, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"begin": "2026-07-02", "end": "2026-07-01"}, "must come after its beginning"),
        ({"begin": "2026-07-02T10:00", "end": "2026-07-02T10:00"}, "must come after its beginning"),
        ({"since": "1d", "begin": "2026-07-01"}, "cannot stand together"),
        ({"since": "1d", "end": "2026-07-01"}, "cannot stand together"),
        ({"since": "36526d"}, "more than 100 years"),
        ({"since": "0.5"}, "at least one second"),
        ({"since": "0"}, "longer than nothing"),
        ({"since": "soon"}, "A duration is written like"),
        ({"begin": "1900-01-01"}, "more than 100 years ago"),
        ({"end": "1900-01-01"}, "more than 100 years ago"),
        ({"begin": "2026-07-15T12:00:01"}, "in the future"),
        ({"begin": "9998-01-01"}, "in the future"),
        ({"begin": "yesterday"}, "A time is written like 2026-03-01"),
        ({"begin": "2026-02-30"}, "A time is written like 2026-03-01"),
        ({"begin": "0001-01-01T00:00+14:00"}, "A time is written like"),
        ({"end": "9999-12-31"}, "A time is written like"),
        ({"begin": ""}, "A time is written like"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused_in_one_sentence(typed, told):
    assert told in refusal(**typed)


def test_a_refusal_cannot_steer_the_terminal():
    assert "\x1b" not in refusal(begin="\x1b[31m")
