import copy

import pytest

from manara.model import OfficialState, PageKind
from manara.official.dialects.slack import read_slack
from official.samples import SAMPLES, answer


def told(said="active", **fields):
    document = copy.deepcopy(SAMPLES[PageKind.SLACK].sick)
    document["status"] = said
    document["active_incidents"][0].update(fields)
    return read_slack(answer(document))


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("outage", OfficialState.MAJOR_OUTAGE),
        ("incident", OfficialState.DEGRADED),
        ("maintenance", OfficialState.MAINTENANCE),
        ("notice", OfficialState.OPERATIONAL),
        ("?", OfficialState.UNKNOWN),
    ],
)
def test_the_type_of_an_incident_says_how_bad_it_is(kind, state):
    assert told(type=kind).state is state


def test_what_is_only_scheduled_does_not_count():
    found = told("ok", status="scheduled")

    assert (found.state, found.incidents) == (OfficialState.OPERATIONAL, ())


def test_something_that_goes_on_and_is_not_listed_is_unknown():
    assert told(status="resolved").state is OfficialState.UNKNOWN


def test_notes_and_services_are_told():
    (incident,) = told().incidents

    assert (incident.components, [post.text for post in incident.posts]) == (("Messaging",), ["We look into it."])
