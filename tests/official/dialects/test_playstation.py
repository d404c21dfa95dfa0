import pytest

from manara.model import OfficialState
from manara.official.dialects.playstation import read_playstation
from manara.official.told import NotItsFormat
from official.samples import answer, psn

SLOW = {"statusId": "2", "statusType": "Degraded", "message": "Slow"}


def test_trouble_may_be_told_of_a_resource_a_country_or_the_whole():
    resource, country, region = psn(), psn(), psn()
    resource["countries"][0]["services"][0]["resources"] = [{"status": [SLOW]}]
    country["countries"][0]["status"] = [SLOW]
    region["status"] = [SLOW]

    assert [read_playstation(answer(each)).state for each in (resource, country, region)] == [
        OfficialState.DEGRADED
    ] * 3


def test_what_is_told_in_several_places_is_one_incident():
    document = psn(SLOW)
    document["countries"] *= 3

    (incident,) = read_playstation(answer(document)).incidents

    assert (incident.title, incident.posts[0].text, incident.open) == ("Gaming", "Slow", True)


def test_a_status_that_says_ok_is_no_incident():
    told = read_playstation(answer(psn({"statusId": "1", "statusType": "OK"})))

    assert (told.state, told.incidents) == (OfficialState.OPERATIONAL, ())


@pytest.mark.parametrize("countries", [[], [{"countryCode": "US", "services": []}]])
def test_without_services_it_is_another_format(countries):
    with pytest.raises(NotItsFormat):
        read_playstation(answer({"countries": countries}))
