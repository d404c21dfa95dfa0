"""What fails together as the alerts know it, from what was told of it."""

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta

from manara.model import Incident, Stage

REMEMBERED = timedelta(minutes=15)
"""So long after its end: longer than it may still go on as the same one."""

_COMING_BACK = (Stage.NAMES_RESOLVE, Stage.CONNECTS, Stage.ANSWERS, Stage.NORMAL_SPEED, Stage.RELAPSED)


class KnownIncidents:
    """The incidents that go on and those that have just ended; `going_on` are those of the last run."""

    def __init__(self, going_on: Iterable[Incident] = ()) -> None:
        self._known: dict[str, Incident] = {}
        self._home: dict[str, str] = {}
        """The id of the last incident of each service."""
        for incident in going_on:
            self._enter(incident)

    def take(self, incident: Incident, merged: Iterable[str], now: datetime) -> None:
        """Take over how an incident is; those that are merged are no more."""
        gone = {incident.id, *merged}
        self._known = {each: known for each, known in self._known.items() if each not in gone and _recent(known, now)}
        self._home = {service_id: home for service_id, home in self._home.items() if home not in gone}
        self._enter(incident)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all that are known."""
        return frozenset(self._known)

    @property
    def open(self) -> tuple[Incident, ...]:
        """Those that go on."""
        return tuple(incident for incident in self._known.values() if incident.open)

    def get(self, incident_id: str) -> Incident | None:
        """Return an incident; None for one that is no more."""
        return self._known.get(incident_id)

    def failing(self, service_id: str) -> Incident | None:
        """Return the incident in which a service fails now; None where that is not known."""
        incident = self._known.get(self._home.get(service_id, ""))
        if incident is None or all(member.service_id != service_id for member in incident.failing):
            return None
        return incident

    def _enter(self, incident: Incident) -> None:
        self._known[incident.id] = incident
        self._home |= dict.fromkeys(incident.service_ids, incident.id)


def said_of(incident: Incident) -> Hashable:
    """Return what must be the same of an incident for its notice to stay as it is."""
    members = tuple((member.service_id, member.conclusion) for member in incident.members)
    shared = None if incident.cause is None else incident.cause.shared
    told = [each.text for each in incident.timeline if each.stage is Stage.OFFICIAL]
    back = [(each.stage, each.text) for each in incident.timeline if each.stage in _COMING_BACK]
    return members, shared, tuple(told[-1:]), tuple(back[-1:])


def _recent(incident: Incident, now: datetime) -> bool:
    return incident.ended is None or now - incident.ended.by <= REMEMBERED
