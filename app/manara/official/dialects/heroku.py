"""Heroku: `https://status.heroku.com/api/v4/current-status`."""

from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import NotItsFormat, Told, whole, worst
from manara.official.values import Entry, demanded_entries, demanded_entry, entries, names, state_of, word

_COLOURS = {
    "green": OfficialState.OPERATIONAL,
    "blue": OfficialState.MAINTENANCE,
    "yellow": OfficialState.DEGRADED,
    "red": OfficialState.MAJOR_OUTAGE,
}


def read_heroku(answer: Answer) -> Told:
    """Return how the systems are; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    systems = demanded_entries(root.get("status"))
    if not systems:
        raise NotItsFormat("There are no systems")
    parts = tuple(
        component(each.get("system"), each.get("system"), state_of(each.get("status"), _COLOURS)) for each in systems
    )
    told = tuple(_incident(each, answer.at) for each in entries(root.get("incidents")))
    return Told(whole(worst(each.state for each in parts), parts), "", told, parts)


def _incident(told: Entry, at: datetime) -> OfficialIncident:
    posts = [
        post(at, each.get("created_at"), each.get("contents"), each.get("update_type"))
        for each in entries(told.get("updates"))
    ]
    return incident(
        at,
        key=told.get("id"),
        title=told.get("title"),
        state=OfficialState.DEGRADED,
        began=told.get("created_at"),
        ended=told.get("updated_at"),
        over=told.get("resolved") is True or word(told.get("state")) == "resolved",
        posts=posts,
        components=names(told.get("systems")),
        url=told.get("full_url"),
    )
