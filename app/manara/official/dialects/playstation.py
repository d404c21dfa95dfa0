"""PlayStation Network: one document for each region; a status that is listed tells of trouble, none of none."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import NotItsFormat, Told, worst
from manara.official.values import Entry, demanded_entries, demanded_entry, entry, line, state_of

_TYPES = {
    "ok": OfficialState.OPERATIONAL,
    "maintenance": OfficialState.MAINTENANCE,
    "degraded": OfficialState.DEGRADED,
    "outage": OfficialState.MAJOR_OUTAGE,
}


def read_playstation(answer: Answer) -> Told:
    """Return how the services of a region are; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    countries = demanded_entries(root.get("countries"))
    services = [(country, each) for country in countries for each in demanded_entries(country.get("services"))]
    if not services:
        raise NotItsFormat("There are no services")
    parts = tuple(_component(country, each) for country, each in services)
    said = [worst(_states(place)) for place in (root, *countries)]
    told = {each.id: each for place in _places(root, countries, services) for each in _incidents(place, answer.at)}
    return Told(worst([*said, *(each.state for each in parts)]), "", tuple(told.values()), parts)


def _component(country: Entry, told: Entry) -> OfficialComponent:
    name, code = line(told.get("serviceName")), line(country.get("countryCode"))
    resources = told.get("resources")
    places = map(entry, resources) if isinstance(resources, list) else ()
    states = [*_states(told), *(state for place in places for state in _states(place))]
    known = isinstance(told.get("status"), list)
    return component(f"{code} {name}", name, worst(states) if known else OfficialState.UNKNOWN, code)


def _states(place: Entry) -> list[OfficialState]:
    listed = place.get("status", [])
    if not isinstance(listed, list):
        return [OfficialState.UNKNOWN]
    return [OfficialState.OPERATIONAL, *(state_of(entry(each).get("statusType"), _TYPES) for each in listed)]


def _places(root: Entry, countries: Sequence[Entry], services: Sequence[tuple[Entry, Entry]]) -> Iterator[Entry]:
    yield root
    yield from countries
    yield from (service for _, service in services)


def _incidents(place: Entry, at: datetime) -> Iterator[OfficialIncident]:
    listed = place.get("status")
    for told in map(entry, listed if isinstance(listed, list) else ()):
        state = state_of(told.get("statusType"), _TYPES)
        name = line(place.get("serviceName"))
        if state is not OfficialState.OPERATIONAL:
            yield incident(
                at,
                key=told.get("statusId") or name,
                title=name or told.get("statusType"),
                state=state,
                began=told.get("startDate"),
                posts=[post(at, told.get("startDate"), told.get("message"))],
                components=(name,) if name else (),
            )
