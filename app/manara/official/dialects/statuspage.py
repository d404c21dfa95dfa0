"""Atlassian Statuspage, version 2 of its interface, and those that answer in its shape.

`/api/v2/summary.json`, or `status.json` with the overall status alone. The indicator of the page and the states of its
components may each lag behind the other.
"""

from collections.abc import Mapping
from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState, Post
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import NotItsFormat, Told, whole
from manara.official.values import Entry, demanded_entry, entries, entry, line, names, state_of, word

INDICATORS = {
    "none": OfficialState.OPERATIONAL,
    "minor": OfficialState.DEGRADED,
    "major": OfficialState.PARTIAL_OUTAGE,
    "critical": OfficialState.MAJOR_OUTAGE,
    "maintenance": OfficialState.MAINTENANCE,
}
COMPONENTS = {
    "operational": OfficialState.OPERATIONAL,
    "degraded_performance": OfficialState.DEGRADED,
    "partial_outage": OfficialState.PARTIAL_OUTAGE,
    "major_outage": OfficialState.MAJOR_OUTAGE,
    "full_outage": OfficialState.MAJOR_OUTAGE,  # incident.io
    "under_maintenance": OfficialState.MAINTENANCE,
}
OVER = frozenset({"resolved", "postmortem", "completed"})
_AT_WORK = frozenset({"in_progress", "verifying"})


def read_statuspage(answer: Answer) -> Told:
    """Return what a summary or a status says; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    page, status = demanded_entry(root.get("page")), demanded_entry(root.get("status"))
    if not any(line(page.get(key)) for key in ("id", "name", "url")):
        raise NotItsFormat("The page has no name")
    parts = components_of(root)
    told = [incident_of(each, answer.at) for each in entries(root.get("incidents"))]
    planned = entries(root.get("scheduled_maintenances"))
    told += [incident_of(each, answer.at, planned=True) for each in planned if word(each.get("status")) in _AT_WORK]
    state = whole(state_of(status.get("indicator"), INDICATORS), parts)
    return Told(state, line(status.get("description")), tuple(told), parts)


def read_statuspage_components(answer: Answer) -> Told:
    """Return the components that `/api/v2/components.json` lists, where summaries leave some out."""
    root = demanded_entry(answer.json())
    demanded_entry(root.get("page"))
    return Told(OfficialState.UNKNOWN, "", (), components_of(root))


def components_of(root: Entry) -> tuple[OfficialComponent, ...]:
    """Return the components, without the groups that they are in."""
    listed = entries(root.get("components"))
    groups = {line(each.get("id")): line(each.get("name")) for each in listed if each.get("group") is True}
    return tuple(_component(each, groups) for each in listed if each.get("group") is not True)


def incident_of(told: Entry, at: datetime, *, planned: bool = False) -> OfficialIncident:
    """Return an incident, or a maintenance that is `planned`."""
    state = OfficialState.MAINTENANCE if planned else state_of(told.get("impact"), INDICATORS)
    began = told.get("started_at") or told.get("scheduled_for") if planned else told.get("started_at")
    posts = (_post(each, at) for each in entries(told.get("incident_updates")))
    return incident(
        at,
        key=told.get("id"),
        title=told.get("name"),
        state=state,
        began=began or told.get("created_at"),
        ended=told.get("resolved_at"),
        over=word(told.get("status")) in OVER,
        posts=posts,
        components=names(told.get("components")),
        url=told.get("shortlink"),
    )


def _component(told: Entry, groups: Mapping[str, str]) -> OfficialComponent:
    group = line(entry(told.get("group")).get("name")) or groups.get(line(told.get("group_id")), "")
    return component(told.get("id"), told.get("name"), state_of(told.get("status"), COMPONENTS), group)


def _post(told: Entry, at: datetime) -> Post | None:
    published = told.get("display_at") or told.get("created_at")
    return post(at, published, told.get("body"), told.get("status"))
