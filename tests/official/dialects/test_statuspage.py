from datetime import datetime, timedelta

import pytest

from manara.model import OfficialComponent, OfficialState, PageKind, Post
from manara.official.dialects.statuspage import read_statuspage
from manara.official.told import NotItsFormat
from official.samples import AT, SAMPLES, STATUSPAGE_INCIDENT, answer, statuspage

MAINTENANCE = {
    "id": "m1",
    "name": "New disks",
    "status": "in_progress",
    "impact": "maintenance",
    "scheduled_for": "2021-10-04T15:00:00Z",
    "scheduled_until": "2021-10-04T17:00:00Z",
    "incident_updates": [],
}


def told(**fields):
    return read_statuspage(answer(statuspage(**fields)))


def test_components_are_told_with_their_groups_and_groups_are_none():
    assert told().components == (
        OfficialComponent("a", "API", OfficialState.OPERATIONAL, "Europe"),
        OfficialComponent("w", "Website", OfficialState.OPERATIONAL, ""),
    )


def test_an_incident_is_told_with_its_posts_newest_first_and_without_markup():
    (incident,) = read_statuspage(answer(SAMPLES[PageKind.STATUSPAGE].sick)).incidents

    assert (incident.title, incident.state, incident.open) == ("Errors at checkout", OfficialState.PARTIAL_OUTAGE, True)
    assert incident.began == AT - timedelta(minutes=20)
    assert (incident.components, incident.url) == (("API",), "https://stspg.io/i1")
    assert incident.posts == (
        Post(AT - timedelta(minutes=10), "Found.", "identified"),
        Post(AT - timedelta(minutes=20), "We look into it.", "investigating"),
    )


@pytest.mark.parametrize("status", ["resolved", "postmortem"])
def test_what_is_resolved_has_ended_even_if_nobody_says_when(status):
    (incident,) = told(incidents=[{**STATUSPAGE_INCIDENT, "status": status, "resolved_at": None}]).incidents

    assert incident.ended == AT - timedelta(minutes=10)


@pytest.mark.parametrize(
    ("indicator", "api", "state"),
    [
        ("none", "operational", OfficialState.OPERATIONAL),
        ("none", "degraded_performance", OfficialState.DEGRADED),
        ("none", "full_outage", OfficialState.MAJOR_OUTAGE),
        ("none", "under_maintenance", OfficialState.OPERATIONAL),
        ("minor", "operational", OfficialState.DEGRADED),
        ("maintenance", "operational", OfficialState.MAINTENANCE),
        ("critical", "operational", OfficialState.MAJOR_OUTAGE),
        ("none", "splendid", OfficialState.UNKNOWN),
        ("splendid", "operational", OfficialState.UNKNOWN),
        ("splendid", "major_outage", OfficialState.MAJOR_OUTAGE),
    ],
)
def test_indicator_and_components_together_make_the_state(indicator, api, state):
    assert told(indicator=indicator, api=api).state is state


@pytest.mark.parametrize(("status", "listed"), [("in_progress", True), ("verifying", True), ("scheduled", False)])
def test_planned_work_is_told_while_it_goes_on(status, listed):
    found = told(scheduled_maintenances=[{**MAINTENANCE, "status": status}]).incidents

    assert [(each.title, each.state) for each in found] == [("New disks", OfficialState.MAINTENANCE)] * listed
    assert all(each.began == datetime.fromisoformat("2021-10-04T15:00:00+00:00") for each in found)


def test_the_overall_status_alone_is_enough():
    document = statuspage("minor")

    assert read_statuspage(answer({key: document[key] for key in ("page", "status")})).state is OfficialState.DEGRADED


@pytest.mark.parametrize("missing", ["page", "status"])
def test_without_page_or_status_it_is_another_format(missing):
    with pytest.raises(NotItsFormat):
        told(**{missing: {} if missing == "page" else None})


def test_a_group_may_be_named_in_the_component_itself():
    (part,) = told(components=[{"id": "a", "name": "API", "status": "operational", "group": {"name": "EU"}}]).components

    assert part.group == "EU"
