"""PayPal: `https://www.paypal-status.com/api/v1/components`; what is in production counts, the sandbox does not."""

from manara.model import OfficialComponent, OfficialState
from manara.official.answer import Answer
from manara.official.building import component
from manara.official.told import NotItsFormat, Told, whole, worst
from manara.official.values import Entry, demanded_entries, demanded_entry, entry, line, word

_STATES = {
    "operational": OfficialState.OPERATIONAL,
    "under maintenance": OfficialState.MAINTENANCE,
    "maintenance": OfficialState.MAINTENANCE,
    "degraded performance": OfficialState.DEGRADED,
    "performance issues": OfficialState.DEGRADED,
    "service degradation": OfficialState.DEGRADED,
    "partial outage": OfficialState.PARTIAL_OUTAGE,
    "service disruption": OfficialState.PARTIAL_OUTAGE,
    "service outage": OfficialState.MAJOR_OUTAGE,
    "major outage": OfficialState.MAJOR_OUTAGE,
}


def read_paypal(answer: Answer) -> Told:
    """Return how the components are; raise `NotItsFormat`."""
    listed = demanded_entries(demanded_entry(answer.json()).get("result"))
    if not listed:
        raise NotItsFormat("There are no components")
    parts = tuple(_component(each) for each in listed)
    return Told(whole(worst(each.state for each in parts), parts), "", (), parts)


def _component(told: Entry) -> OfficialComponent:
    status = told.get("status")
    said = word(entry(status).get("production") if isinstance(status, dict) else status).replace("_", " ")
    state = _STATES.get(said, OfficialState.UNKNOWN)
    return component(
        told.get("id") or told.get("name"), told.get("name"), state, line(entry(told.get("category")).get("name"))
    )
