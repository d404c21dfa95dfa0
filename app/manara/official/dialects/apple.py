"""Apple: `system_status_en_US.js`, JSON in a call of a function or bare; a service without a live event is well."""

from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState
from manara.official.answer import Answer, json_of
from manara.official.building import component, incident, post
from manara.official.told import NotItsFormat, Told, worst
from manara.official.values import Entry, demanded_entries, demanded_entry, entry, line, moment, not_before, word

_TYPES = {
    "available": OfficialState.OPERATIONAL,
    "issue": OfficialState.DEGRADED,
    "performance": OfficialState.DEGRADED,
    "outage": OfficialState.PARTIAL_OUTAGE,
    "maintenance": OfficialState.MAINTENANCE,
}
_NOT_NOW = frozenset({"resolved", "completed", "upcoming"})


def read_apple(answer: Answer) -> Told:
    """Return how the services are; raise `NotItsFormat`."""
    root = demanded_entry(json_of(between_braces(answer)))
    services = demanded_entries(root.get("services"))
    if not services:
        raise NotItsFormat("There are no services")
    parts = tuple(_component(each, answer.at) for each in services)
    told = tuple(
        _incident(event, line(each.get("serviceName")), answer.at)
        for each in services
        for event in _live(each, answer.at)
    )
    return Told(worst(each.state for each in parts), "", told, parts)


def between_braces(answer: Answer) -> bytes:
    """Return the object in an answer that may call a function with it; raise `NotItsFormat` without one."""
    begin, end = answer.content.find(b"{"), answer.content.rfind(b"}")
    if answer.is_html or begin < 0 or end < begin:
        raise NotItsFormat("There is no object in it")
    return answer.content[begin : end + 1]


def _component(told: Entry, at: datetime) -> OfficialComponent:
    name = line(told.get("serviceName"))
    if not name or not isinstance(told.get("events"), list):
        return component(name, name, OfficialState.UNKNOWN)
    states = [OfficialState.OPERATIONAL, *(_state(each) for each in _live(told, at))]
    return component(name, name, worst(states))


def _live(told: Entry, at: datetime) -> list[Entry]:
    """Return the events that have begun and have not ended."""
    listed = told.get("events")
    events = [entry(each) for each in listed] if isinstance(listed, list) else []
    return [each for each in events if not _is_over(each, at)]


def _is_over(event: Entry, at: datetime) -> bool:
    if word(event.get("eventStatus")) in _NOT_NOW or not_before(event.get("epochStartDate"), at):
        return True
    end = event.get("epochEndDate")
    return moment(end, at) is not None and not not_before(end, at)


def _state(event: Entry) -> OfficialState:
    state = _TYPES.get(word(event.get("statusType")), OfficialState.UNKNOWN)
    everybody = line(event.get("usersAffected")).lower().startswith("all users")
    return OfficialState.MAJOR_OUTAGE if state is OfficialState.PARTIAL_OUTAGE and everybody else state


def _incident(event: Entry, service: str, at: datetime) -> OfficialIncident:
    said = " ".join(filter(None, (line(event.get("usersAffected")), line(event.get("message")))))
    return incident(
        at,
        key=event.get("messageId"),
        title=service,
        state=_state(event),
        began=event.get("epochStartDate"),
        posts=[post(at, event.get("datePosted") or event.get("epochStartDate"), said, event.get("eventStatus"))],
        components=(service,) if service else (),
    )
