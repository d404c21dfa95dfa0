"""Microsoft 365: `https://status.cloud.microsoft/api/posts/…`.

It is not documented: of its words, only those for "well" were seen; the others are those of Microsoft's service health.
"""

from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import component, incident, post
from manara.official.told import NotItsFormat, Told, worst
from manara.official.values import Entry, demanded_entries, line, state_of

_STATES = {
    "operational": OfficialState.OPERATIONAL,
    "available": OfficialState.OPERATIONAL,
    "serviceoperational": OfficialState.OPERATIONAL,
    "servicerestored": OfficialState.OPERATIONAL,
    "degraded": OfficialState.DEGRADED,
    "investigating": OfficialState.DEGRADED,
    "restoringservice": OfficialState.DEGRADED,
    "extendedrecovery": OfficialState.DEGRADED,
    "servicedegradation": OfficialState.DEGRADED,
    "serviceinterruption": OfficialState.MAJOR_OUTAGE,
    "servicedisruption": OfficialState.MAJOR_OUTAGE,
    "unavailable": OfficialState.MAJOR_OUTAGE,
}


def read_microsoft_365(answer: Answer) -> Told:
    """Return how the services are; raise `NotItsFormat`."""
    document = answer.json()
    listed = demanded_entries([document] if isinstance(document, dict) else document)
    if not any("Status" in each for each in listed):
        raise NotItsFormat("There are no services")
    parts = tuple(_component(each) for each in listed)
    told = tuple(
        _incident(each, part, answer.at)
        for each, part in zip(listed, parts, strict=True)
        if part.state is not OfficialState.OPERATIONAL
    )
    return Told(worst(each.state for each in parts), "", told, parts)


def _component(told: Entry) -> OfficialComponent:
    name = told.get("ServiceDisplayName") or told.get("ServiceWorkloadName")
    return component(told.get("Id") or name, name, state_of(told.get("Status"), _STATES))


def _incident(told: Entry, part: OfficialComponent, at: datetime) -> OfficialIncident:
    return incident(
        at,
        key=told.get("Id"),
        title=line(told.get("Title")) or part.name,
        state=part.state,
        began=None,
        posts=[post(at, told.get("LastUpdatedTime"), told.get("Message"), told.get("Status"))],
        components=(part.name,) if part.name else (),
    )
