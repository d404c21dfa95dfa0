from datetime import UTC, datetime, timedelta, timezone

import pytest

from fakes.recorded import BEGAN, NOW
from manara.model import Interval
from manara.wording import (
    Translator,
    age,
    beginning,
    date,
    day_and_time,
    duration,
    exact_duration,
    latency,
    moment,
    size,
)

TR = Translator()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 s"),
        (0, "0 s"),
        (45.9, "45 s"),
        (60, "1 min"),
        (12 * 60 + 59, "12 min"),
        (3600, "1 h"),
        (3 * 3600 + 5 * 60, "3 h 5 min"),
        (2 * 86_400 + 4 * 3600, "2 d 4 h"),
        (400 * 86_400, "400 d"),
    ],
)
def test_a_duration_has_at_most_two_units(seconds, words):
    assert duration(TR, timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.4, "less than 1 s"),
        (59.6, "1 min"),
        (3605, "1 h 5 s"),
        (25 * 86_400 + 3600 + 2 * 60 + 3, "25 d 1 h 2 min 3 s"),
    ],
)
def test_an_exact_duration_has_every_unit_to_the_second(seconds, words):
    assert exact_duration(TR, timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(("seconds", "words"), [(-3, "just now"), (1, "just now"), (12, "12 s ago")])
def test_an_age_is_told_from_now(seconds, words):
    assert age(TR, NOW - timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("ms", "words"), [(0.44, "0.4 ms"), (143.4, "143 ms"), (999.4, "999 ms"), (999.6, "1.0 s"), (1240, "1.2 s")]
)
def test_a_latency_is_short(ms, words):
    assert latency(TR, ms) == words


@pytest.mark.parametrize(
    ("count", "words"), [(512, "512 B"), (12_345, "12.3 kB"), (1_048_576, "1.0 MB"), (83_168_900_000, "83.2 GB")]
)
def test_a_size_is_short(count, words):
    assert size(TR, count) == words


def test_a_moment_of_another_day_carries_its_date():
    assert moment(TR, NOW, NOW) == "15:52:10"
    assert moment(TR, NOW - timedelta(days=1), NOW) == "2021-10-03 15:52:10"
    assert date(TR, NOW, NOW) == "2021-10-04"
    assert day_and_time(TR, NOW, NOW) == "2021-10-04 15:52"


def test_moments_are_told_in_the_readers_time_zone():
    here = NOW.astimezone(timezone(timedelta(hours=9)))

    assert moment(TR, datetime(2021, 10, 4, 15, 0, tzinfo=UTC), here) == "00:00:00"
    assert date(TR, datetime(2021, 10, 4, 15, 0, tzinfo=UTC), here) == "2021-10-05"


def test_a_beginning_is_an_interval():
    assert beginning(TR, BEGAN, NOW) == "between 15:39:10 and 15:40:10"


def test_a_beginning_that_nobody_saw_is_before():
    assert beginning(TR, Interval(None, BEGAN.by), NOW) == "before 15:40:10"


def test_numbers_and_times_have_the_readers_digits():
    tr = Translator(arabic_digits=True)
    told = (
        duration(tr, timedelta(hours=3, minutes=5)),
        exact_duration(tr, timedelta(seconds=0.2)),
        latency(tr, 0.4),
        latency(tr, 143),
        latency(tr, 1200),
        size(tr, 1200),
        size(tr, 12_345_678),
        size(tr, 12_345_678_901),
        moment(tr, NOW - timedelta(days=1), NOW),
        day_and_time(tr, NOW, NOW),
        date(tr, NOW, NOW),
    )

    assert [text.replace("\N{LEFT-TO-RIGHT MARK}", "") for text in told] == [
        "٣ h ٥ min",
        "less than ١ s",
        "٠٫٤ ms",
        "١٤٣ ms",
        "١٫٢ s",
        "١٫٢ kB",
        "١٢٫٣ MB",
        "١٢٫٣ GB",
        "٢٠٢١-١٠-٠٣ ١٥:٥٢:١٠",
        "٢٠٢١-١٠-٠٤ ١٥:٥٢",
        "٢٠٢١-١٠-٠٤",
    ]
