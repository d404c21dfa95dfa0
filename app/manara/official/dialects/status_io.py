"""Status.io: `https://api.status.io/1.0/status/{id}`."""

from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import Told, whole
from manara.official.values import Entry, demanded_entries, demanded_entry, entries, entry, line, names, state_of

_CODES = {
    "100": OfficialState.OPERATIONAL,
    "200": OfficialState.MAINTENANCE,
    "300": OfficialState.DEGRADED,
    "400": OfficialState.PARTIAL_OUTAGE,
    "500": OfficialState.MAJOR_OUTAGE,
    "600": OfficialState.DEGRADED,  # a security event
}


def read_status_io(answer: Answer) -> Told:
    """Return what a page says; raise `NotItsFormat`."""
    result = demanded_entry(demanded_entry(answer.json()).get("result"))
    overall = demanded_entry(result.get("status_overall"))
    parts = tuple(part for each in demanded_entries(result.get("status")) for part in _components(each))
    told = [_incident(each, answer.at) for each in entries(result.get("incidents"))]
    active = entries(entry(result.get("maintenance")).get("active"))
    told += [_incident(each, answer.at, planned=True) for each in active]
    state = whole(state_of(overall.get("status_code"), _CODES), parts)
    return Told(state, line(overall.get("status")), tuple(told), parts)


def _components(told: Entry) -> list[OfficialComponent]:
    name = line(told.get("name"))
    containers = [
        component(each.get("id"), each.get("name"), state_of(each.get("status_code"), _CODES), name)
        for each in entries(told.get("containers"))
    ]
    return [component(told.get("id"), name, state_of(told.get("status_code"), _CODES)), *containers]


def _incident(told: Entry, at: datetime, *, planned: bool = False) -> OfficialIncident:
    messages = entries(told.get("messages"))
    newest = messages[-1] if messages else {}
    return incident(
        at,
        key=told.get("_id") or told.get("id"),
        title=told.get("name"),
        state=OfficialState.MAINTENANCE if planned else state_of(newest.get("status"), _CODES),
        began=told.get("datetime_open") or told.get("datetime_planned_start"),
        posts=[
            post(at, each.get("datetime"), each.get("details"), _STAGES.get(line(each.get("state")), ""))
            for each in messages
        ],
        components=names(told.get("components_affected")),
    )


_STAGES = {"100": "investigating", "200": "identified", "300": "monitoring", "400": "resolved"}
