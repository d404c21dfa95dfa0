from manara.model import OfficialState
from manara.official.dialects.status_io import read_status_io
from official.samples import STATUS_IO_INCIDENT, answer, status_io


def test_components_and_their_containers_are_told():
    told = read_status_io(answer(status_io(100)))

    assert [(part.id, part.name, part.group) for part in told.components] == [("s1", "API", ""), ("c1", "Paris", "API")]


def test_an_incident_has_the_state_and_the_stage_of_its_messages():
    (incident,) = read_status_io(answer(status_io(500, STATUS_IO_INCIDENT))).incidents

    assert (incident.title, incident.state) == ("Checkout fails", OfficialState.MAJOR_OUTAGE)
    assert [(post.text, post.state) for post in incident.posts] == [("We look into it.", "investigating")]


def test_an_incident_without_messages_is_of_unknown_weight():
    (incident,) = read_status_io(answer(status_io(500, {"_id": "1", "name": "x"}))).incidents

    assert (incident.state, incident.posts) == (OfficialState.UNKNOWN, ())


def test_planned_work_that_goes_on_is_maintenance():
    document = status_io(200)
    document["result"]["maintenance"]["active"] = [{"_id": "m", "name": "Disks"}]

    told = read_status_io(answer(document))

    assert (told.state, told.incidents[0].state) == (OfficialState.MAINTENANCE, OfficialState.MAINTENANCE)
