"""Cachet, versions 2 and 3: `/api/v1/components` or `/api/components`, or the incidents of the former."""

from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import NotItsFormat, Told, worst
from manara.official.values import Entry, demanded_entries, demanded_entry, entry, line, state_of, word

_PARTS = {
    "1": OfficialState.OPERATIONAL,
    "2": OfficialState.DEGRADED,
    "3": OfficialState.PARTIAL_OUTAGE,
    "4": OfficialState.MAJOR_OUTAGE,
    "5": OfficialState.MAINTENANCE,
}
_FIXED = "4"


def read_cachet(answer: Answer) -> Told:
    """Return what a list of components says; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    listed = demanded_entries(root.get("data"))
    if listed and "message" in listed[0]:
        return Told(OfficialState.UNKNOWN, "", tuple(_incident(each, answer.at) for each in listed))
    if not listed or not any("status" in _about(each) for each in listed):
        raise NotItsFormat("There are no components")
    parts = tuple(_component(each) for each in listed)
    states = [each.state for each in parts]
    pages = entry(entry(root.get("meta")).get("pagination")).get("total_pages")
    if isinstance(pages, int) and pages > 1:
        # What stands on the other pages is not known.
        states.append(OfficialState.UNKNOWN)
    return Told(worst(states), "", (), parts)


def _about(told: Entry) -> Entry:
    """Return where the values are: version 3 speaks JSON:API."""
    return entry(told.get("attributes")) or told


def _component(told: Entry) -> OfficialComponent:
    about = _about(told)
    status = about.get("status")
    code = entry(status).get("value") if isinstance(status, dict) else status
    return component(told.get("id"), about.get("name"), state_of(code, _PARTS), line(about.get("group_name")))


def _incident(told: Entry, at: datetime) -> OfficialIncident:
    return incident(
        at,
        key=told.get("id"),
        title=told.get("name"),
        state=OfficialState.DEGRADED,
        began=told.get("occurred_at") or told.get("created_at"),
        ended=told.get("updated_at"),
        over=word(told.get("status")) == _FIXED,
        posts=[post(at, told.get("updated_at"), told.get("message"), told.get("human_status"))],
        url=told.get("permalink"),
    )
