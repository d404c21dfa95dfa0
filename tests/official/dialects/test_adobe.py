import pytest

from manara.model import OfficialState
from manara.official.dialects.adobe import read_adobe
from manara.official.told import NotItsFormat
from official.samples import adobe, answer


def test_the_newest_of_its_history_says_how_bad_it_is():
    (incident,) = read_adobe(answer(adobe())).incidents

    assert (incident.title, incident.state, incident.components) == (
        "Fonts fail",
        OfficialState.MAJOR_OUTAGE,
        ("Fonts",),
    )
    assert [post.text for post in incident.posts] == ["We look into it."] * 2


@pytest.mark.parametrize(
    ("product", "state"),
    [
        ({"endedOn": 0}, OfficialState.MAJOR_OUTAGE),
        ({"history": {"1": {"status": "Closed", "severity": "Major"}}}, OfficialState.OPERATIONAL),
        ({"history": {"1": {"status": "Open", "severity": "Trivial"}}}, OfficialState.DEGRADED),
        ({"history": {}}, OfficialState.UNKNOWN),
        ({"history": {"1": {"status": "Open", "severity": "Splendid"}}}, OfficialState.UNKNOWN),
    ],
)
def test_it_goes_on_until_it_is_ended_closed_or_dismissed(product, state):
    assert read_adobe(answer(adobe(**product))).state is state


def test_an_event_of_no_product_is_unknown():
    document = adobe()
    document["incidentEvent"]["incidents"]["1"]["products"] = None

    assert read_adobe(answer(document)).state is OfficialState.UNKNOWN


def test_weeks_without_any_incident_prove_nothing():
    with pytest.raises(NotItsFormat):
        read_adobe(answer({"incidentEvent": {"incidents": {}}}))
