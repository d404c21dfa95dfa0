"""All incidents that are known: those of the history, and what was heard since it was asked. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from manara.model import Incident, IncidentChanged, Stage


class Record:
    """What was heard is newer than what is stored; the notes of the user are in what is stored alone."""

    def __init__(self) -> None:
        self._stored: dict[str, Incident] = {}
        self._heard: dict[str, Incident] = {}
        self._gone: dict[str, str] = {}
        """The ids of incidents that are no more, with what they became."""

    def take_stored(self, incidents: Iterable[Incident]) -> None:
        """Take over what the history has."""
        self._stored = {incident.id: incident for incident in incidents}

    def meet(self, incidents: Iterable[Incident]) -> None:
        """Take over those that go on."""
        self._heard |= {incident.id: incident for incident in incidents}

    def take(self, event: IncidentChanged) -> None:
        """Take over what happened."""
        self._heard[event.incident.id] = event.incident
        self._gone |= dict.fromkeys(event.merged, event.incident.id)

    def incident(self, incident_id: str) -> Incident | None:
        """Return an incident, or what it became part of; None for one that is not known."""
        while incident_id in self._gone:
            incident_id = self._gone[incident_id]
        heard, stored = self._heard.get(incident_id), self._stored.get(incident_id)
        return with_notes(heard, stored) if heard and stored else heard or stored

    def all(self) -> tuple[Incident, ...]:
        """Return all of them, the newest first."""
        ids = {*self._stored, *self._heard} - self._gone.keys()
        known = [incident for each in ids if (incident := self.incident(each)) is not None]
        return tuple(sorted(known, key=lambda each: (each.began.by, each.id), reverse=True))


def with_notes(heard: Incident, stored: Incident) -> Incident:
    """Return an incident as it was heard, with the notes that are stored in their places."""
    notes = [each for each in stored.timeline if each.stage is Stage.NOTE]
    if not notes:
        return heard
    return replace(heard, timeline=tuple(sorted((*heard.timeline, *notes), key=lambda each: each.at)))
