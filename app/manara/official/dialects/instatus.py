"""Instatus: `/summary.json` for the whole, `/v2/components.json` for its parts."""

from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident
from manara.official.told import NotItsFormat, Told, whole, worst
from manara.official.values import Entry, demanded_entries, demanded_entry, entries, entry, line, state_of, word

_PAGE = {
    "up": OfficialState.OPERATIONAL,
    "hasissues": OfficialState.DEGRADED,
    "undermaintenance": OfficialState.MAINTENANCE,
}
_PARTS = {
    "operational": OfficialState.OPERATIONAL,
    "undermaintenance": OfficialState.MAINTENANCE,
    "degradedperformance": OfficialState.DEGRADED,
    "minoroutage": OfficialState.DEGRADED,
    "partialoutage": OfficialState.PARTIAL_OUTAGE,
    "majoroutage": OfficialState.MAJOR_OUTAGE,
}


def read_instatus(answer: Answer) -> Told:
    """Return what a summary or a list of components says; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    return _summary(root, answer.at) if "page" in root else _components(root)


def _summary(root: Entry, at: datetime) -> Told:
    page = demanded_entry(root.get("page"))
    if not line(page.get("name")) or "status" not in page:
        raise NotItsFormat("The page has no name, or no status")
    told = [_incident(each, at) for each in entries(root.get("activeIncidents"))]
    told += [_incident(each, at, planned=True) for each in entries(root.get("activeMaintenances"))]
    said = state_of(page.get("status"), _PAGE)
    # The page knows one word for every trouble; its incidents know how bad it is.
    known = [each.state for each in told if each.open and each.state is not OfficialState.UNKNOWN]
    state = worst([said, *known]) if said is OfficialState.DEGRADED else said
    return Told(state, line(page.get("name")), tuple(told))


def _components(root: Entry) -> Told:
    listed = demanded_entries(root.get("components"))
    if not any("status" in each for each in listed):
        raise NotItsFormat("There are no components with a status")
    parts = tuple(
        component(
            each.get("id"),
            each.get("name"),
            state_of(each.get("status"), _PARTS),
            line(entry(each.get("group")).get("name")),
        )
        for each in listed
    )
    return Told(whole(worst(each.state for each in parts), parts), "", (), parts)


def _incident(told: Entry, at: datetime, *, planned: bool = False) -> OfficialIncident:
    return incident(
        at,
        key=told.get("id"),
        title=told.get("name"),
        state=OfficialState.MAINTENANCE if planned else state_of(told.get("impact"), _PARTS),
        began=told.get("started") or told.get("start"),
        over=word(told.get("status")) in ("resolved", "completed"),
        url=told.get("url"),
    )
