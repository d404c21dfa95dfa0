"""The incidents that go on and those that have just ended, with who is in which. Each service is in one at most."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from manara.engine.membership import Entry, begun, left, member_of, regrouped, taken_out
from manara.engine.regrouping import Known, Placed
from manara.model import Incident, Interval, Member

YOUNG = timedelta(minutes=10)
"""So long after it was confirmed, an incident may be taken over by another or fall apart."""
RELAPSE = timedelta(minutes=10)
"""So soon after its end, the same failure is the same incident."""


class Book:
    """Incidents; those of the last run are not young any more."""

    def __init__(self, going_on: Iterable[Incident] = ()) -> None:
        self.open = {incident.id: incident for incident in going_on if incident.open}
        self.ended: dict[str, Incident] = {}
        """Those that ended not long ago."""
        self._of = {each: incident.id for incident in self.open.values() for each in incident.service_ids}
        self._confirmed: dict[str, datetime] = {}

    @property
    def service_ids(self) -> frozenset[str]:
        """The services of the incidents that go on."""
        return frozenset(self._of)

    def of(self, service_id: str) -> Incident | None:
        """Return the incident that a service is in; None where it is in none that goes on."""
        return self.open.get(self._of.get(service_id, ""))

    def member(self, service_id: str) -> Member | None:
        """Return the service as it is in its incident."""
        incident = self.of(service_id)
        return None if incident is None else member_of(incident, service_id)

    def edit(self, service_id: str, change: Callable[[Incident], Incident]) -> None:
        """Change the incident of a service, if it is in one."""
        incident = self.of(service_id)
        if incident is not None:
            self.open[incident.id] = change(incident)

    def leave(self, service_id: str, when: Interval, *, watched: bool) -> None:
        """A service does not fail any more; the last one ends its incident."""
        member = self.member(service_id)
        if member is None or member.ended is not None:
            return
        self.edit(service_id, lambda incident: left(incident, service_id, when, watched=watched))
        incident = self.open[self._of[service_id]]
        if incident.ended is not None:
            del self.open[incident.id]
            self.ended[incident.id] = incident
            self._of = {each: of for each, of in self._of.items() if of != incident.id}

    def reopen(self, service_id: str, when: Interval) -> None:
        """Go on with an incident that the service was in and that has just ended."""
        for incident in self.ended.values():
            if service_id in incident.service_ids and incident.ended and when.by - incident.ended.by <= RELAPSE:
                del self.ended[incident.id]
                self.open[incident.id] = incident
                self._of |= dict.fromkeys(incident.service_ids, incident.id)
                return

    def forget(self, now: datetime) -> None:
        """Drop what ended so long ago that nothing can come of it any more."""
        self.ended = {
            incident.id: incident
            for incident in self.ended.values()
            if incident.ended is not None and now - incident.ended.by <= RELAPSE
        }
        self._confirmed = {each: at for each, at in self._confirmed.items() if each in self.open}

    def known(self, now: datetime) -> list[Known]:
        """Return the incidents that go on as they are to be grouped anew."""
        return [
            Known(incident.id, frozenset(incident.service_ids), self._is_young(incident.id, now), incident.cause)
            for incident in self.open.values()
        ]

    def place(
        self, placements: Iterable[Placed], loose: Mapping[str, Entry], order: Mapping[str, int], now: datetime
    ) -> dict[str, list[str]]:
        """Give every service its incident anew; return the ids of those that are no more, by what they became.

        Services that began to fail at the same moment join in the user's `order`.
        """
        before, home = dict(self.open), dict(self._of)

        def placing(service_ids: Iterable[str]) -> list[Entry]:
            entries = map(entry, service_ids)
            return sorted(entries, key=lambda each: (each.member.began.by, order.get(each.member.service_id, 0)))

        def entry(service_id: str) -> Entry:
            if service_id in loose:
                return loose[service_id]
            incident = before[home[service_id]]
            return taken_out(incident, member_of(incident, service_id), now)

        for placement in placements:
            self._place(placement, placing, now)
        became: dict[str, list[str]] = {}
        left = set(self._of.values())
        for incident_id in [each for each in before if each not in left]:
            del self.open[incident_id]
            first = next(service_id for service_id, of in home.items() if of == incident_id)
            became.setdefault(self._of[first], []).append(incident_id)
        return became

    def _place(self, placement: Placed, placing: Callable[[Iterable[str]], list[Entry]], now: datetime) -> None:
        known = self.open.get(placement.id or "")
        if known is None:
            ordered = placing(placement.service_ids)
            incident = begun(self._free_id(ordered[0].member.began.by), ordered, placement.cause)
            self._confirmed[incident.id] = now
        else:
            stay = set(known.service_ids).intersection(placement.service_ids)
            added = placing(each for each in placement.service_ids if each not in stay)
            if not added and len(stay) == len(known.members) and placement.cause == known.cause:
                return
            incident = regrouped(known, stay, added, placement.cause)
        self.open[incident.id] = incident
        self._of |= dict.fromkeys(incident.service_ids, incident.id)

    def _is_young(self, incident_id: str, now: datetime) -> bool:
        confirmed = self._confirmed.get(incident_id)
        return confirmed is not None and now - confirmed < YOUNG

    def _free_id(self, began: datetime) -> str:
        number = 1
        while (found := f"{began:%Y%m%d-%H%M%S}-{number}") in self.open or found in self.ended:
            number += 1
        return found
