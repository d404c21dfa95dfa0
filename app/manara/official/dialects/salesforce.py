"""Salesforce Trust: `/v1/incidents/active`, or `/v1/instances/status/preview` with the state of each instance."""

from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import Told, of_open, whole, worst
from manara.official.values import Entry, demanded_entries, entries, line, names, state_of, word

_SEVERITIES = {
    "minor": OfficialState.DEGRADED,
    "major": OfficialState.MAJOR_OUTAGE,
    "informational": OfficialState.OPERATIONAL,
    "maintenance": OfficialState.MAINTENANCE,
    "ok": OfficialState.OPERATIONAL,
}


def read_salesforce(answer: Answer) -> Told:
    """Return what goes on, or how the instances are; raise `NotItsFormat`."""
    listed = demanded_entries(answer.json())
    if listed and all("status" in each and "key" in each for each in listed):
        parts = tuple(_instance(each) for each in listed)
        return Told(whole(worst(each.state for each in parts), parts), "", (), parts)
    told = tuple(_incident(each, answer.at) for each in listed)
    return Told(of_open(told), "", told)


def _instance(told: Entry) -> OfficialComponent:
    severity = word(told.get("status")).partition("_")[0]
    return component(told.get("key"), told.get("key"), state_of(severity, _SEVERITIES), line(told.get("location")))


def _incident(told: Entry, at: datetime) -> OfficialIncident:
    impacts = entries(told.get("IncidentImpacts"))
    events = entries(told.get("IncidentEvents"))
    posts = [post(at, each.get("createdAt"), each.get("message"), each.get("type")) for each in events]
    return incident(
        at,
        key=told.get("id"),
        title=next((line(each.get("message")) for each in events), "") or f"Incident {line(told.get('id'))}",
        state=worst(state_of(each.get("severity"), _SEVERITIES) for each in impacts),
        began=next((each.get("startTime") for each in impacts), told.get("createdAt")),
        posts=posts,
        components=names(told.get("serviceKeys")) or names(told.get("instanceKeys")),
    )
