"""Meta: `https://metastatus.com/data/orgs.json`, which tells of its products for businesses alone."""

from manara.model import OfficialComponent, OfficialState
from manara.official.answer import Answer
from manara.official.building import component
from manara.official.told import NotItsFormat, Told, worst
from manara.official.values import Entry, demanded_entries, entry, line, state_of

_STATES = {
    "no known issues": OfficialState.OPERATIONAL,
    "resolved": OfficialState.OPERATIONAL,
    "low disruptions": OfficialState.DEGRADED,
    "medium disruptions": OfficialState.PARTIAL_OUTAGE,
    "high disruptions": OfficialState.MAJOR_OUTAGE,
    "major disruptions": OfficialState.MAJOR_OUTAGE,
}


def read_meta(answer: Answer) -> Told:
    """Return how the products are; raise `NotItsFormat`."""
    parts = tuple(part for each in demanded_entries(answer.json()) for part in _products(each))
    if not parts:
        raise NotItsFormat("There are no products")
    return Told(worst(each.state for each in parts), "", (), parts)


def _products(told: Entry) -> list[OfficialComponent]:
    organisation, listed = line(told.get("name")), told.get("services")
    if not isinstance(listed, list):
        return [component(told.get("id"), organisation, OfficialState.UNKNOWN)]
    return [
        component(each.get("id"), each.get("name"), state_of(each.get("status"), _STATES), organisation)
        for each in map(entry, listed)
    ]
