"""Stripe: `https://status.stripe.com/current`, which is not documented; an older and a newer shape are about."""

from manara.model import OfficialState
from manara.official.answer import Answer
from manara.official.building import component
from manara.official.told import NotItsFormat, Told, whole
from manara.official.values import demanded_entry, entry, line, state_of

_STATES = {
    "up": OfficialState.OPERATIONAL,
    "degraded": OfficialState.DEGRADED,
    "down": OfficialState.MAJOR_OUTAGE,
}


def read_stripe(answer: Answer) -> Told:
    """Return what it says; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    said = root.get("UptimeStatus", root.get("largestatus"))
    if not line(said):
        raise NotItsFormat("The overall status is missing")
    parts = tuple(component(key, key, state_of(state, _STATES)) for key, state in entry(root.get("statuses")).items())
    return Told(whole(state_of(said, _STATES), parts), line(root.get("message")), (), parts)
