import pytest

from manara.model import OfficialState
from manara.official.dialects.zendesk import read_zendesk
from official.samples import answer, zendesk


@pytest.mark.parametrize(
    ("attributes", "state"),
    [
        ({"outage": True}, OfficialState.MAJOR_OUTAGE),
        ({"outage": False}, OfficialState.DEGRADED),
        ({"outage": None}, OfficialState.UNKNOWN),
        ({"resolvedAt": "2021-10-04T15:55:00Z"}, OfficialState.OPERATIONAL),
    ],
)
def test_an_incident_goes_on_until_it_is_resolved(attributes, state):
    assert read_zendesk(answer(zendesk(**attributes))).state is state


def test_only_its_own_updates_are_told():
    (incident,) = read_zendesk(answer(zendesk())).incidents

    assert (incident.title, [post.text for post in incident.posts]) == ("Tickets fail", ["We look."])


def test_no_incident_is_all_well():
    assert read_zendesk(answer({"data": []})).state is OfficialState.OPERATIONAL
