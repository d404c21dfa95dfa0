import pytest

from manara.model import OfficialState, PageKind
from manara.official.dialects.instatus import read_instatus
from manara.official.told import NotItsFormat
from official.samples import SAMPLES, answer

PAGE = {"name": "Shop", "url": "https://status.example"}
INCIDENT = {
    "name": "Slow",
    "started": "2021-10-04T15:00:00Z",
    "status": "INVESTIGATING",
    "impact": "DEGRADEDPERFORMANCE",
}


def told(status, **fields):
    return read_instatus(answer({"page": {**PAGE, "status": status}, **fields}))


def test_the_incidents_say_how_bad_the_issues_are():
    assert told("HASISSUES", activeIncidents=[INCIDENT]).state is OfficialState.DEGRADED
    assert told("HASISSUES", activeIncidents=[{**INCIDENT, "impact": "?"}]).state is OfficialState.DEGRADED
    assert read_instatus(answer(SAMPLES[PageKind.INSTATUS].sick)).state is OfficialState.MAJOR_OUTAGE


def test_planned_work_is_maintenance():
    work = {"name": "Disks", "start": "2021-10-04T15:00:00Z", "status": "INPROGRESS"}

    found = told("UNDERMAINTENANCE", activeMaintenances=[work])

    assert (found.state, found.incidents[0].state) == (OfficialState.MAINTENANCE, OfficialState.MAINTENANCE)


def test_what_is_resolved_has_ended():
    assert not told("UP", activeIncidents=[{**INCIDENT, "status": "RESOLVED"}]).incidents[0].open


def test_components_come_by_themselves():
    parts = [
        {"id": "1", "name": "API", "status": "OPERATIONAL", "group": {"name": "EU"}},
        {"id": "2", "name": "App", "status": "MINOROUTAGE", "group": None},
    ]

    found = read_instatus(answer({"components": parts}))

    assert found.state is OfficialState.DEGRADED
    assert [(part.name, part.group, part.state) for part in found.components] == [
        ("API", "EU", OfficialState.OPERATIONAL),
        ("App", "", OfficialState.DEGRADED),
    ]


@pytest.mark.parametrize(
    "document", [{"page": {"status": "UP"}}, {"page": PAGE}, {"components": []}, {"components": [{"state": "x"}]}]
)
def test_without_name_or_status_it_is_another_format(document):
    with pytest.raises(NotItsFormat):
        read_instatus(answer(document))
