"""Azure DevOps: `https://status.dev.azure.com/_apis/status/health`."""

from manara.model import OfficialComponent, OfficialState
from manara.official.answer import Answer
from manara.official.building import component
from manara.official.told import Told, whole
from manara.official.values import Entry, demanded_entry, entries, line, state_of

_STATES = {
    "healthy": OfficialState.OPERATIONAL,
    "advisory": OfficialState.DEGRADED,
    "degraded": OfficialState.PARTIAL_OUTAGE,
    "unhealthy": OfficialState.MAJOR_OUTAGE,
}


def read_azure_devops(answer: Answer) -> Told:
    """Return how the services are; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    status = demanded_entry(root.get("status"))
    parts = tuple(part for each in entries(root.get("services")) for part in _places(each))
    return Told(whole(state_of(status.get("health"), _STATES), parts), line(status.get("message")), (), parts)


def _places(told: Entry) -> list[OfficialComponent]:
    service = line(told.get("id"))
    return [
        component(f"{service} {line(each.get('id'))}", f"{service}, {line(each.get('name'))}", _state(each), service)
        for each in entries(told.get("geographies"))
    ]


def _state(told: Entry) -> OfficialState:
    return state_of(told.get("health"), _STATES)
