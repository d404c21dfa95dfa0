"""cState: `/index.json`."""

from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident
from manara.official.told import Told, whole
from manara.official.values import Entry, demanded_entries, demanded_entry, entries, line, names, state_of

_STATES = {
    "ok": OfficialState.OPERATIONAL,
    "notice": OfficialState.DEGRADED,
    "disrupted": OfficialState.PARTIAL_OUTAGE,
    "down": OfficialState.MAJOR_OUTAGE,
}


def read_cstate(answer: Answer) -> Told:
    """Return what a page says; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    said = state_of(demanded_entry(root).get("summaryStatus"), _STATES)
    systems = demanded_entries(root.get("systems"))
    parts = tuple(
        component(each.get("name"), each.get("name"), state_of(each.get("status"), _STATES), line(each.get("category")))
        for each in systems
    )
    listed = [*entries(root.get("pinnedIssues"))]
    for system in systems:
        listed += entries(system.get("unresolvedIssues"))
    told = {line(each.get("permalink")) or line(each.get("title")): _incident(each, answer.at) for each in listed}
    return Told(whole(said, parts), line(root.get("title")), tuple(told.values()), parts)


def _incident(told: Entry, at: datetime) -> OfficialIncident:
    state = OfficialState.OPERATIONAL if told.get("informational") is True else state_of(told.get("severity"), _STATES)
    return incident(
        at,
        key=told.get("permalink"),
        title=told.get("title"),
        state=state,
        began=told.get("createdAt"),
        ended=told.get("resolvedAt"),
        over=told.get("resolved") is True,
        components=names(told.get("affected")),
        url=told.get("permalink"),
    )
