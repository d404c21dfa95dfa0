"""Zendesk: `https://status.zendesk.com/api/ssp/incidents.json`, in the shape of JSON:API.

It takes ten requests a minute.
"""

from collections.abc import Mapping
from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import incident, post
from manara.official.told import Told, of_open
from manara.official.values import Entry, demanded_entries, demanded_entry, entries, entry, line, moment, word


def read_zendesk(answer: Answer) -> Told:
    """Return what goes on; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    updates = {
        line(each.get("id")): entry(each.get("attributes"))
        for each in entries(root.get("included"))
        if _is_update(each)
    }
    told = tuple(_incident(each, updates, answer.at) for each in demanded_entries(root.get("data")))
    return Told(of_open(told), "", told)


def _incident(told: Entry, updates: Mapping[str, Entry], at: datetime) -> OfficialIncident:
    about = entry(told.get("attributes"))
    state = OfficialState.UNKNOWN
    if about.get("outage") in (True, False):
        state = OfficialState.MAJOR_OUTAGE if about.get("outage") is True else OfficialState.DEGRADED
    related = entry(entry(told.get("relationships")).get("incidentUpdates")).get("data")
    said = [updates[key] for each in entries(related) if (key := line(each.get("id"))) in updates]
    return incident(
        at,
        key=told.get("id"),
        title=about.get("title"),
        state=state,
        began=about.get("startedAt"),
        ended=about.get("resolvedAt"),
        over=moment(about.get("resolvedAt"), at) is not None,
        posts=[post(at, each.get("createdAt"), each.get("description"), each.get("status")) for each in said],
    )


def _is_update(told: Entry) -> bool:
    return word(told.get("type")) in ("incidentupdate", "incident_update")
