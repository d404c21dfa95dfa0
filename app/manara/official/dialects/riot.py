"""Riot Games: one document for each game and region."""

from datetime import datetime

from manara.model import OfficialIncident, OfficialState, Post
from manara.official.answer import Answer
from manara.official.building import incident, post
from manara.official.told import NotItsFormat, Told, of_open
from manara.official.values import Entry, demanded_entries, demanded_entry, entries, line, state_of, word

_SEVERITIES = {
    "info": OfficialState.OPERATIONAL,
    "warning": OfficialState.DEGRADED,
    "critical": OfficialState.MAJOR_OUTAGE,
}
_NOT_YET, _OVER = "scheduled", "complete"


def read_riot(answer: Answer) -> Told:
    """Return what goes on; raise `NotItsFormat`."""
    root = demanded_entry(answer.json())
    if not line(root.get("id")) and not line(root.get("name")):
        raise NotItsFormat("The region has no name")
    told = [
        _incident(each, state_of(each.get("incident_severity"), _SEVERITIES), answer.at)
        for each in demanded_entries(root.get("incidents"))
    ]
    told += [
        _incident(each, OfficialState.MAINTENANCE, answer.at)
        for each in demanded_entries(root.get("maintenances"))
        if word(each.get("maintenance_status")) != _NOT_YET
    ]
    return Told(of_open(told), line(root.get("name")), tuple(told))


def _incident(told: Entry, state: OfficialState, at: datetime) -> OfficialIncident:
    return incident(
        at,
        key=told.get("id"),
        title=_in_english(told.get("titles")),
        state=state,
        began=told.get("created_at"),
        ended=told.get("updated_at"),
        over=word(told.get("maintenance_status")) == _OVER,
        posts=[_post(each, at) for each in entries(told.get("updates"))],
    )


def _post(told: Entry, at: datetime) -> Post | None:
    return post(at, told.get("created_at"), _in_english(told.get("translations")))


def _in_english(translations: object) -> str:
    listed = entries(translations)
    english = [each for each in listed if word(each.get("locale")).startswith("en")]
    return line(next(iter([*english, *listed]), {}).get("content"))
