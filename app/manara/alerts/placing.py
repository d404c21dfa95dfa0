"""With which incident something is told: pure functions over what is known and what stands on the screen."""

from collections.abc import Mapping

from manara.alerts.bubbles import NOWHERE, Bubbles, News, Telling
from manara.alerts.known_incidents import KnownIncidents
from manara.alerts.track import Track
from manara.model import OF_TROUBLE, Incident, NoticeKind


def placed(
    news: News, incidents: KnownIncidents, bubbles: Bubbles, telling: Telling
) -> dict[str, list[tuple[Track, NoticeKind]]]:
    """Return the news by the ids of the incidents that they are told with; too many small ones are told together."""
    places = [_place(track, kind, incidents, bubbles) for track, kind in news]
    new = {place for place in places if place and not _stands_apart(place, incidents, bubbles)}
    apart = len(new) <= (1 if telling.after_pause else bubbles.room_apart(telling.now))
    by_place: dict[str, list[tuple[Track, NoticeKind]]] = {}
    for place, told in zip(places, news, strict=True):
        by_place.setdefault(NOWHERE if place in new and not apart else place, []).append(told)
    return by_place


def told_of(incident: Incident | None, tracks: Mapping[str, Track]) -> list[Track]:
    """Return the services that fail in an incident and were told of."""
    failing = () if incident is None else incident.failing
    found = [tracks[member.service_id] for member in failing if member.service_id in tracks]
    return [track for track in found if track.told is not None and track.bubble is not None]


def _place(track: Track, kind: NoticeKind, incidents: KnownIncidents, bubbles: Bubbles) -> str:
    known = bubbles.place_of(track)
    incident = incidents.failing(track.service.id) if kind in OF_TROUBLE else None
    # A small incident that was told among others stays there.
    stays = bubbles.holds(track) and not known
    if incident is None or (stays and not _stands_apart(incident.id, incidents, bubbles)):
        return known if incidents.get(known) else NOWHERE
    return incident.id


def _stands_apart(incident_id: str, incidents: KnownIncidents, bubbles: Bubbles) -> bool:
    incident = incidents.get(incident_id)
    return bubbles.has_place(incident_id) or (incident is not None and len(incident.members) > 1)
