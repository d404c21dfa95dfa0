"""Values of which nothing is certain."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.model import OfficialState
from manara.official import values
from manara.official.told import NotItsFormat
from official.samples import AT

ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none()) | st.just({"a": 1})
TEN_TO_FOUR = datetime(2021, 10, 4, 15, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2021-10-04T15:50:00Z",
        "2021-10-04T15:50:00.000+00:00",
        "2021-10-04T08:50:00-07:00",
        "2021-10-04 15:50:00",
        "Mon, 04 Oct 2021 15:50:00 GMT",
        "Mon, 4 Oct 2021 17:50:00 +0200",
        1633362600,
        1633362600.0,
        1633362600000,
        "1633362600",
        "1633362600000",
    ],
)
def test_moments_are_read_in_every_usual_form(written):
    assert values.moment(written, AT) == TEN_TO_FOUR


@pytest.mark.parametrize(
    "written",
    [
        None,
        True,
        "",
        "soon",
        0,
        -5,
        17,
        float("nan"),
        float("inf"),
        10**400,
        "1" * 60,
        "9" * 400,
        "0001-01-01T00:00:00+14:00",
        [],
        {},
        "Mon, 99 Oct 2021",
    ],
)
def test_what_is_no_moment_is_none(written):
    assert values.moment(written, AT) in (None, AT)
    assert not values.not_before(written, AT) or values.moment(written, AT) == AT


def test_what_claims_to_come_from_the_future_is_of_now():
    assert values.moment("2121-10-04T15:50:00Z", AT) == AT
    assert values.not_before("2121-10-04T15:50:00Z", AT)
    assert not values.not_before("2021-10-04T15:50:00Z", AT)


@given(ANYTHING)
def test_no_value_is_an_exception(value):
    for read in (values.entry, values.word, values.line, values.text, values.link, values.names):
        read(value)
    found = values.moment(value, AT)
    values.not_before(value, AT)

    assert found is None or found <= AT


@given(st.datetimes(timezones=st.timezones()))
def test_moments_never_lie_in_the_future(written):
    found = values.moment(written.isoformat(), AT)

    assert found is None or found <= AT


@pytest.mark.parametrize("value", [None, 1, "x", [1]])
def test_what_must_be_an_object_is_demanded(value):
    with pytest.raises(NotItsFormat):
        values.demanded_entry(value)


@pytest.mark.parametrize("value", [None, 1, "x", {}, [{}] * (values.MOST_ENTRIES + 1)])
def test_what_must_be_a_list_is_demanded(value):
    with pytest.raises(NotItsFormat):
        values.demanded_entries(value)


def test_lists_may_be_missing_and_hold_anything():
    assert values.entries(None) == ()
    assert values.demanded_entries([{"a": 1}, None, 3]) == [{"a": 1}, {}, {}]


def test_words_are_in_lower_case_and_numbers_are_words():
    assert [values.word(value) for value in (" UP ", 100, True, None, [], "x" * 500)] == [
        "up",
        "100",
        "",
        "",
        "",
        "x" * 100,
    ]


def test_an_unknown_word_is_never_good():
    words = {"ok": OfficialState.OPERATIONAL}

    assert values.state_of("OK", words) is OfficialState.OPERATIONAL
    assert values.state_of("okay", words) is OfficialState.UNKNOWN
    assert values.state_of(None, words) is OfficialState.UNKNOWN


def test_texts_are_cleaned():
    assert values.line("<b>Mail</b>\n fails") == "Mail fails"
    assert values.line(17) == "17"
    assert values.line(None) == values.text(17) == values.line(10**400) == ""
    assert values.line("half \ud800 a pair").encode()


def test_names_come_from_objects_and_from_plain_texts_once_each():
    assert values.names([{"name": "Mail"}, "Maps", {"name": "Mail"}, 5, None]) == ("Mail", "Maps", "5")
    assert values.names("Mail") == ()


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("https://status.example/1", "https://status.example/1"),
        ("http://status.example/1", ""),
        ("javascript:alert(1)", ""),
        ("https://status.example/\u202e1", ""),
        ("https://a b", ""),
        ("https://" + "x" * 3_000, ""),
        (None, ""),
    ],
)
def test_only_https_addresses_are_links(value, found):
    assert values.link(value) == found


def test_a_moment_without_a_zone_is_utc():
    assert values.moment("2021-10-04T15:50:00", AT) == TEN_TO_FOUR
    assert timedelta(minutes=10) == AT - TEN_TO_FOUR
