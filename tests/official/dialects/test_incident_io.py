import pytest

from manara.model import OfficialState, PageKind
from manara.official.dialects.incident_io import read_incident_io
from manara.official.told import NotItsFormat
from official.samples import SAMPLES, answer, statuspage

WIDGET = SAMPLES[PageKind.INCIDENT_IO]


def test_the_document_for_widgets_tells_what_goes_on():
    (incident,) = read_incident_io(answer(WIDGET.sick)).incidents

    assert (incident.title, incident.state, incident.components) == (
        "Checkout fails",
        OfficialState.MAJOR_OUTAGE,
        ("API",),
    )
    assert [(post.text, post.state) for post in incident.posts] == [("We look into it.", "investigating")]


def test_planned_work_in_it_is_maintenance():
    work = {"id": "m", "name": "Disks", "status": "maintenance_in_progress", "started_at": "2021-10-04T15:00:00Z"}
    told = read_incident_io(answer({**WIDGET.well, "in_progress_maintenances": [work]}))

    assert (told.state, told.incidents[0].title) == (OfficialState.MAINTENANCE, "Disks")


def test_the_other_document_is_that_of_statuspage():
    assert read_incident_io(answer(statuspage("minor"))).state is OfficialState.DEGRADED


def test_a_list_of_incidents_alone_proves_nothing():
    with pytest.raises(NotItsFormat):
        read_incident_io(answer({"ongoing_incidents": []}))
