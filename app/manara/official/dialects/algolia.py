"""Algolia: `https://status.algolia.com/1/status`, a state for each cluster; or version 2, a state for all."""

from manara.official.answer import Answer
from manara.official.building import component
from manara.official.dialects.statuspage import COMPONENTS
from manara.official.told import NotItsFormat, Told, whole, worst
from manara.official.values import demanded_entry, state_of


def read_algolia(answer: Answer) -> Told:
    """Return how the clusters are; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    if "global" in root:
        return Told(state_of(demanded_entry(root.get("global")).get("status"), COMPONENTS))
    clusters = demanded_entry(root.get("status"))
    if not clusters:
        raise NotItsFormat("There are no clusters")
    parts = tuple(component(key, key, state_of(state, COMPONENTS)) for key, state in clusters.items())
    return Told(whole(worst(each.state for each in parts), parts), "", (), parts)
