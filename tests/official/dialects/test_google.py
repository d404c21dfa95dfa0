import pytest

from manara.model import OfficialState
from manara.official.dialects.google import read_google
from manara.official.told import MOST_INCIDENTS, NotItsFormat
from official.samples import AT, SAID, answer, google


def test_what_has_no_end_goes_on_whatever_its_last_update_says():
    told = read_google(answer([google(), google(id="g2", end=SAID)]))

    assert told.state is OfficialState.PARTIAL_OUTAGE
    assert [incident.id for incident in told.incidents if incident.open] == ["g1"]


def test_products_are_those_that_the_archive_names():
    calm = google(id="g2", end=SAID, affected_products=[], service_name="Google Drive")
    told = read_google(answer([google(), calm, google(id="g3", end=SAID, affected_products=[])]))

    assert [(part.name, part.state) for part in told.components] == [
        ("Gmail", OfficialState.PARTIAL_OUTAGE),
        ("Google Drive", OfficialState.OPERATIONAL),
    ]


def test_an_information_is_no_trouble_and_an_unknown_impact_is_unknown():
    assert read_google(answer([google(status_impact="SERVICE_INFORMATION")])).state is OfficialState.OPERATIONAL
    assert read_google(answer([google(status_impact="?")])).state is OfficialState.UNKNOWN


def test_an_update_that_is_told_twice_is_shown_once():
    twice = {"when": SAID, "text": "Mail is slow", "status": "SERVICE_OUTAGE"}
    (incident,) = read_google(answer([google(updates=[twice], most_recent_update=twice)])).incidents

    assert [post.text for post in incident.posts] == ["Mail is slow"]


def test_an_end_in_the_future_is_no_end_yet():
    assert read_google(answer([google(end="2021-10-04T18:00:00Z")])).incidents[0].open


def test_of_a_long_archive_the_newest_are_kept():
    archive = [google(id=str(number), end=SAID) for number in range(500)]

    assert len(read_google(answer(archive)).incidents) == MOST_INCIDENTS


@pytest.mark.parametrize("archive", [[], [{}], [{"id": "1"}], [{"begin": AT.isoformat()}]])
def test_an_archive_without_incidents_proves_nothing(archive):
    with pytest.raises(NotItsFormat):
        read_google(answer(archive))
