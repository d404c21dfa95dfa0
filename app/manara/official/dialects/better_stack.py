"""Better Stack: `/index.json`, in the shape of JSON:API."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import NotItsFormat, Told, whole
from manara.official.values import (
    Entry,
    demanded_entry,
    entries,
    entry,
    line,
    moment,
    names,
    not_before,
    state_of,
    word,
)

_STATES = {
    "operational": OfficialState.OPERATIONAL,
    "resolved": OfficialState.OPERATIONAL,
    "degraded": OfficialState.DEGRADED,
    "downtime": OfficialState.MAJOR_OUTAGE,
    "maintenance": OfficialState.MAINTENANCE,
}
_NOBODY_LOOKS = "not_monitored"


def read_better_stack(answer: Answer) -> Told:
    """Return what a page says; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    page = demanded_entry(root.get("data"))
    if word(page.get("type")) != "status_page":
        raise NotItsFormat("It is not a status page")
    about = demanded_entry(page.get("attributes"))
    included = entries(root.get("included"))
    sections = {line(each.get("id")): line(_about(each).get("name")) for each in _of(included, "status_page_section")}
    parts = tuple(
        component(
            each.get("id"),
            _about(each).get("public_name"),
            state_of(_about(each).get("status"), _STATES),
            sections.get(line(_about(each).get("status_page_section_id")), ""),
        )
        for each in _of(included, "status_page_resource")
        if word(_about(each).get("status")) != _NOBODY_LOOKS
    )
    updates = {line(each.get("id")): _about(each) for each in _of(included, "status_update")}
    told = tuple(_report(each, updates, answer.at) for each in _of(included, "status_report"))
    state = whole(state_of(about.get("aggregate_state"), _STATES), parts)
    return Told(state, line(about.get("announcement")) or line(about.get("company_name")), told, parts)


def _of(included: Sequence[Entry], kind: str) -> list[Entry]:
    return [each for each in included if word(each.get("type")) == kind]


def _about(told: Entry) -> Entry:
    return entry(told.get("attributes"))


def _report(told: Entry, updates: Mapping[str, Entry], at: datetime) -> OfficialIncident:
    about = _about(told)
    related = entry(entry(told.get("relationships")).get("status_updates")).get("data")
    said = [updates.get(line(each.get("id")), {}) for each in entries(related)]
    planned = word(about.get("report_type")) == "maintenance"
    state = state_of(about.get("aggregate_state"), _STATES)
    # An incident that goes on is not well, whatever its word is.
    if state is OfficialState.OPERATIONAL and not about.get("ends_at"):
        state = OfficialState.UNKNOWN
    return incident(
        at,
        key=told.get("id"),
        title=about.get("title"),
        state=OfficialState.MAINTENANCE if planned else state,
        began=about.get("starts_at"),
        ended=about.get("ends_at"),
        over=word(about.get("aggregate_state")) == "resolved" or _has_passed(about.get("ends_at"), at),
        posts=[post(at, each.get("published_at"), each.get("message")) for each in said],
        components=names(about.get("affected_resources")),
    )


def _has_passed(value: object, at: datetime) -> bool:
    return moment(value, at) is not None and not not_before(value, at)
