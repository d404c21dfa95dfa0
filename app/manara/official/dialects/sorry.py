"""Sorry: `https://api.sorryapp.com/v1/pages/{id}/components`, or `/api/v1/status` of the page itself."""

from manara.model import OfficialState
from manara.official.answer import Answer
from manara.official.building import component
from manara.official.told import NotItsFormat, Told, whole, worst
from manara.official.values import demanded_entries, demanded_entry, line, state_of

_STATES = {
    "operational": OfficialState.OPERATIONAL,
    "partially-degraded": OfficialState.DEGRADED,
    "partially_degraded": OfficialState.DEGRADED,
    "degraded": OfficialState.PARTIAL_OUTAGE,
    "under-maintenance": OfficialState.MAINTENANCE,
    "under_maintenance": OfficialState.MAINTENANCE,
}


def read_sorry(answer: Answer) -> Told:
    """Return how the components are, or the page; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    if "page" in root:
        page = demanded_entry(root.get("page"))
        if not line(page.get("name")) or "state" not in page:
            raise NotItsFormat("The page has no name, or no state")
        return Told(state_of(page.get("state"), _STATES), line(page.get("name")))
    listed = demanded_entries(root.get("components"))
    if not any("state" in each for each in listed):
        raise NotItsFormat("There are no components with a state")
    parts = tuple(component(each.get("id"), each.get("name"), state_of(each.get("state"), _STATES)) for each in listed)
    return Told(whole(worst(each.state for each in parts), parts), "", (), parts)
