"""Slack: `https://slack-status.com/api/v2.0.0/current`."""

from datetime import datetime

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import incident, post
from manara.official.told import Told, worst
from manara.official.values import Entry, demanded_entries, demanded_entry, entries, names, state_of, word

_SAID = {"ok": OfficialState.OPERATIONAL}
_TYPES = {
    "notice": OfficialState.OPERATIONAL,
    "incident": OfficialState.DEGRADED,
    "outage": OfficialState.MAJOR_OUTAGE,
    "maintenance": OfficialState.MAINTENANCE,
}
_ACTIVE = "active"


def read_slack(answer: Answer) -> Told:
    """Return what the page says; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    listed = [
        each for each in demanded_entries(root.get("active_incidents")) if word(each.get("status")) != "scheduled"
    ]
    told = tuple(_incident(each, answer.at) for each in listed)
    going_on = [each.state for each in told if each.open]
    # It says that there is something, and the list says what.
    said = [] if word(root.get("status")) == _ACTIVE and going_on else [state_of(root.get("status"), _SAID)]
    return Told(worst([*said, *going_on]), "", told)


def _incident(told: Entry, at: datetime) -> OfficialIncident:
    return incident(
        at,
        key=told.get("id"),
        title=told.get("title"),
        state=state_of(told.get("type"), _TYPES),
        began=told.get("date_created"),
        ended=told.get("date_updated"),
        over=word(told.get("status")) in ("resolved", "completed", "cancelled"),
        posts=[post(at, each.get("date_created"), each.get("body")) for each in entries(told.get("notes"))],
        components=names(told.get("services")),
        url=told.get("url"),
    )
