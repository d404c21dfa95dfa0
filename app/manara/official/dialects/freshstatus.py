"""Freshstatus: `https://public-api.freshstatus.io/v1/public-components/?account_id=…`, a tree of components."""

from collections.abc import Iterator, Sequence

from manara.model import OfficialComponent, OfficialState
from manara.official.answer import Answer
from manara.official.building import component
from manara.official.told import NotItsFormat, Told, whole, worst
from manara.official.values import Entry, demanded_entries, entries, entry, line, state_of, word

_STATES = {
    "op": OfficialState.OPERATIONAL,
    "um": OfficialState.MAINTENANCE,
    "pd": OfficialState.DEGRADED,
    "po": OfficialState.PARTIAL_OUTAGE,
    "mo": OfficialState.MAJOR_OUTAGE,
}
_DEEPEST = 5


def read_freshstatus(answer: Answer) -> Told:
    """Return how the components are; raise `NotItsFormat`."""
    document = answer.json()
    listed = (
        document if isinstance(document, list) else entry(document).get("results", entry(document).get("components"))
    )
    found = list(_leaves(demanded_entries(listed)))
    counted = [part for part, counts in found if counts]
    if not counted:
        raise NotItsFormat("There are no components")
    return Told(whole(worst(each.state for each in counted), counted), "", (), tuple(part for part, _ in found))


def _leaves(
    listed: Sequence[Entry], group: str = "", depth: int = 0, *, counts: bool = True
) -> Iterator[tuple[OfficialComponent, bool]]:
    """Return each component, and whether its maker lets it count for the whole: a region that is given up does not."""
    if depth > _DEEPEST:
        raise NotItsFormat("It is too deep")
    for told in listed:
        mine = counts and word(entry(told.get("display_options")).get("ignore_overall_status")) != "true"
        below = entries(told.get("components"))
        if below:
            yield from _leaves(below, line(told.get("name")), depth + 1, counts=mine)
        else:
            yield component(told.get("id"), told.get("name"), state_of(told.get("status"), _STATES), group), mine
