import json

import pytest

from manara.model import OfficialState
from manara.official.answer import Answer
from manara.official.dialects.apple import read_apple
from manara.official.told import NotItsFormat
from official.samples import AT, answer, apple

NOW_MS, LATER_MS, EARLIER_MS = 1633361000000, 1633399999000, 1633360000000


def state(**event):
    return read_apple(answer(apple(epochStartDate=NOW_MS, **event))).state


def test_it_is_read_out_of_the_call_of_a_function():
    content = f"jsonCallback({json.dumps(apple())});".encode()

    assert read_apple(Answer(content, "text/javascript", AT)).state is OfficialState.OPERATIONAL


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"usersAffected": "All users are affected"}, OfficialState.MAJOR_OUTAGE),
        ({"usersAffected": "Some users are affected"}, OfficialState.PARTIAL_OUTAGE),
        ({"statusType": "Issue"}, OfficialState.DEGRADED),
        ({"statusType": "Performance"}, OfficialState.DEGRADED),
        ({"statusType": "Maintenance"}, OfficialState.MAINTENANCE),
        ({"statusType": "Splendid"}, OfficialState.UNKNOWN),
        ({"eventStatus": "resolved"}, OfficialState.OPERATIONAL),
        ({"eventStatus": "upcoming"}, OfficialState.OPERATIONAL),
        ({"epochEndDate": NOW_MS}, OfficialState.OPERATIONAL),
        ({"epochEndDate": LATER_MS}, OfficialState.PARTIAL_OUTAGE),
        ({"epochEndDate": 17}, OfficialState.PARTIAL_OUTAGE),
    ],
)
def test_only_what_goes_on_now_counts(event, expected):
    assert state(**event) is expected


def test_what_begins_later_does_not_count():
    assert read_apple(answer(apple(epochStartDate=LATER_MS))).state is OfficialState.OPERATIONAL


def test_an_event_is_told_with_its_service():
    (incident,) = read_apple(answer(apple(epochStartDate=EARLIER_MS, usersAffected="Some", message="Slow"))).incidents

    assert (incident.title, incident.components, incident.posts[0].text) == (
        "iCloud Mail",
        ("iCloud Mail",),
        "Some Slow",
    )


@pytest.mark.parametrize("content", [b"", b"jsonCallback();", b"}{", b'{"services": []}'])
def test_without_services_it_is_another_format(content):
    with pytest.raises(NotItsFormat):
        read_apple(Answer(content, "", AT))
