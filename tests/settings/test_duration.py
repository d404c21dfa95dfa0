from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.settings import duration_text, parse_duration


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("60s", 60),
        ("5m", 300),
        ("1h", 3600),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("500ms", 0.5),
        ("1d", 86_400),
        ("1.5s", 1.5),
        ("-5s", -5),
        (" 5 s ", 5),
        (90, 90),
        (0.25, 0.25),
    ],
)
def test_a_duration_is_read_as_people_write_it(written, seconds):
    assert parse_duration(written) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("written", "part_of_sentence"),
    [
        ("5", 'needs a unit, like "5s"'),
        ("", "is written like"),
        ("soon", "is written like"),
        ("30m1h", "is written like"),
        ("5 minutes", "is written like"),
        ("\u0665s", "is written like"),
        ("9" * 100 + "s", "is written like"),
        ("9" * 20 + "d", "is too long"),
        (True, "is a text like"),
        ([], "is a text like"),
        (None, "is a text like"),
        (float("nan"), "not a number of seconds"),
        (float("inf"), "not a number of seconds"),
        (10**400, "not a number of seconds"),
    ],
)
def test_what_is_no_duration_is_refused_with_a_sentence(written, part_of_sentence):
    with pytest.raises(ValueError, match=part_of_sentence):
        parse_duration(written)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (60, "60s"), (90, "90s"), (300, "5m"), (3600, "1h"), (0.5, "500ms"), (1.5, "1.5s"), (-120, "-2m")],
)
def test_a_duration_is_written_in_its_shortest_usual_form(seconds, text):
    assert duration_text(timedelta(seconds=seconds)) == text


@given(st.timedeltas())
def test_a_written_duration_is_read_back_exactly(duration):
    assert parse_duration(duration_text(duration)) == duration


@given(st.text() | st.integers() | st.floats())
def test_any_value_is_a_duration_or_refused(value):
    try:
        duration = parse_duration(value)
    except ValueError as error:
        duration = str(error)

    assert isinstance(duration, timedelta) or duration.endswith(".")
