import copy

import pytest

from manara.model import OfficialState, PageKind
from manara.official.dialects.heroku import read_heroku
from manara.official.told import NotItsFormat
from official.samples import SAMPLES, answer


def test_an_incident_is_told_with_its_updates():
    (incident,) = read_heroku(answer(SAMPLES[PageKind.HEROKU].sick)).incidents

    assert (incident.title, incident.open, incident.posts[0].state) == ("Dynos fail", True, "issue")


@pytest.mark.parametrize("end", [{"resolved": True}, {"state": "resolved"}])
def test_what_is_resolved_has_ended(end):
    document = copy.deepcopy(SAMPLES[PageKind.HEROKU].sick)
    document["incidents"][0].update(end)

    assert not read_heroku(answer(document)).incidents[0].open


@pytest.mark.parametrize(("colour", "state"), [("blue", OfficialState.MAINTENANCE), ("pink", OfficialState.UNKNOWN)])
def test_its_colours(colour, state):
    assert read_heroku(answer({"status": [{"system": "Apps", "status": colour}]})).state is state


def test_without_systems_it_is_another_format():
    with pytest.raises(NotItsFormat):
        read_heroku(answer({"status": [], "incidents": []}))
