"""Which incidents are told above the services: those that go on, and for a minute those that have ended. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from manara.model import Event, Incident, IncidentChanged, SilenceChanged, Verdict

STAYS = timedelta(minutes=1)
"""So long it is told that an incident is over."""


class Board:
    """Follows incidents by the events."""

    def __init__(self) -> None:
        self._open: dict[str, Incident] = {}
        self._ended: dict[str, tuple[Incident, datetime]] = {}
        """With the moment at which it was heard."""
        self._acknowledged: frozenset[str] = frozenset()

    def meet(self, incidents: Iterable[Incident]) -> None:
        """Take over those that go on, also from the last run."""
        self._open |= {incident.id: incident for incident in incidents}

    def take(self, events: Sequence[Event], now: datetime) -> bool:
        """Take over what happened; return whether it is about incidents."""
        before = (dict(self._open), dict(self._ended), self._acknowledged)
        for event in events:
            if isinstance(event, IncidentChanged):
                for merged in event.merged:
                    self._open.pop(merged, None)
                self._follow(event.incident, now)
            elif isinstance(event, SilenceChanged):
                self._acknowledged = event.silence.acknowledged
        return before != (self._open, self._ended, self._acknowledged)

    def incident_of(self, service_id: str) -> str:
        """Return the id of the incident that a service is in; empty where it is in none that goes on."""
        found = (each.id for each in self._open.values() if service_id in each.service_ids)
        return next(found, "")

    def told(self, now: datetime) -> list[Incident]:
        """Return what is to be told, the largest first, what is over last.

        A single service that is merely degraded is not told of: its tile says the same. Nor are those told of which the
        user knows.
        """
        self._ended = {key: (each, at) for key, (each, at) in self._ended.items() if now - at < STAYS}
        going_on = [each for each in self._open.values() if not self._is_known(each)]
        going_on.sort(key=lambda each: (not _is_down(each), -len(each.members), each.began.by))
        return [each for each in (*going_on, *(each for each, _ in self._ended.values())) if _says_more(each)]

    def _follow(self, incident: Incident, now: datetime) -> None:
        if incident.open:
            self._open[incident.id] = incident
            self._ended.pop(incident.id, None)
        elif self._open.pop(incident.id, None) is not None:
            self._ended[incident.id] = (incident, now)
        elif incident.id in self._ended:
            self._ended[incident.id] = (incident, self._ended[incident.id][1])

    def _is_known(self, incident: Incident) -> bool:
        return all(each.service_id in self._acknowledged for each in incident.members if each.ended is None)


def _is_down(incident: Incident) -> bool:
    return any(member.worst is Verdict.DOWN for member in incident.members)


def _says_more(incident: Incident) -> bool:
    """Return whether a line says more than a tile does."""
    return len(incident.members) > 1 or _is_down(incident)
