import pytest

from manara.model import OfficialState, PageKind
from manara.official.dialects.salesforce import read_salesforce
from official.samples import SAMPLES, answer


def test_an_incident_is_told_by_its_events():
    (incident,) = read_salesforce(answer(SAMPLES[PageKind.SALESFORCE].sick)).incidents

    assert (incident.title, incident.components, incident.open) == ("We look into it.", ("core",), True)
    assert [post.state for post in incident.posts] == ["investigating"]


def test_an_incident_without_any_is_told_by_its_number():
    (incident,) = read_salesforce(answer([{"id": 7, "instanceKeys": ["NA1"]}])).incidents

    assert (incident.title, incident.state, incident.components) == ("Incident 7", OfficialState.UNKNOWN, ("NA1",))


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("OK", OfficialState.OPERATIONAL),
        ("MAINTENANCE_CORE", OfficialState.MAINTENANCE),
        ("MINOR_INCIDENT_CORE", OfficialState.DEGRADED),
        ("MAJOR_INCIDENT_NONCORE", OfficialState.MAJOR_OUTAGE),
        ("INFORMATIONAL_CORE", OfficialState.OPERATIONAL),
        ("SPLENDID", OfficialState.UNKNOWN),
    ],
)
def test_instances_have_a_state_each(said, state):
    told = read_salesforce(answer([{"key": "NA1", "location": "NA", "status": said}]))

    assert (told.state, told.components[0].group) == (state, "NA")
