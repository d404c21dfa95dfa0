"""What is on the user's screen: which notice tells of which services. One that is told anew takes its own place.

Each incident has a notice of its own; what is in none, or in one of too many small ones, is told together.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import TypeAlias

from manara.alerts.known_incidents import said_of
from manara.alerts.track import Track
from manara.model import OF_TROUBLE, Affected, Believed, Incident, Notice, NoticeKind

JOIN = timedelta(minutes=2)
"""New trouble within this time grows the last notice: looks at many services are spread over their interval."""
MOST_APART = 3
"""So many incidents of one service have notices of their own within that time; more of them share one."""
SAYS_MORE_AFTER = timedelta(seconds=5)
"""What is found out later stands in a notice so long after it was shown, at the earliest."""
NOWHERE = ""
"""The place of what has none of its own."""

News: TypeAlias = Sequence[tuple[Track, NoticeKind]]

_WORST_FIRST = tuple(NoticeKind)


@dataclass(frozen=True, slots=True)
class Telling:
    """What goes for all that is told at one moment."""

    now: datetime
    silent: Collection[str]
    """Services of which nothing is to be told."""
    believed: Believed
    after_pause: bool = False


@dataclass(slots=True)
class _Bubble:
    """A notice of which trouble is left."""

    id: int
    place: str
    """The id of its incident."""
    issued: datetime
    """When it last told news."""
    shown: datetime
    incident: Incident | None = None
    tracks: dict[str, Track] = field(default_factory=dict)
    """The services in trouble that it told of."""
    ended: dict[str, tuple[Track, Affected]] = field(default_factory=dict)
    """Those that it told of and that are well again, as they were then."""
    hidden: bool = False
    """Whether it was withdrawn, though there is trouble left: the user knows."""
    loud: bool = False
    """Whether it told that something is down."""

    @property
    def said(self) -> Hashable:
        """What it said of its incident."""
        return None if self.incident is None else said_of(self.incident)


class Bubbles:
    """The notices of which trouble is left."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._open: dict[int, _Bubble] = {}
        self._number_of: dict[str, int] = {}
        """The number of the notice of each incident, also of one that is over: it may go on."""

    def next_number(self) -> int:
        """Return a number that no notice has yet."""
        return next(self._numbers)

    def place_of(self, track: Track) -> str:
        """Return the place of the notice that told of a service."""
        bubble = self._bubble_of(track)
        return NOWHERE if bubble is None else bubble.place

    def holds(self, track: Track) -> bool:
        """Return whether a notice stands that told of a service."""
        return self._bubble_of(track) is not None

    def has_place(self, incident_id: str) -> bool:
        """Return whether an incident has a notice of its own, or had one."""
        return incident_id in self._number_of

    def room_apart(self, now: datetime) -> int:
        """Return how many more incidents may have a notice of their own now."""
        recent = [each for each in self._open.values() if each.place and not each.hidden and now - each.issued <= JOIN]
        return max(0, MOST_APART - len(recent))

    def forget_all_but(self, incident_ids: Collection[str]) -> None:
        """Forget which notices other incidents had."""
        self._number_of = {place: number for place, number in self._number_of.items() if place in incident_ids}

    def is_out_of_date(self, incident: Incident, told: Sequence[Track], now: datetime) -> bool:
        """Return whether more is to be said of an incident, or elsewhere; `told` are its services that were told of."""
        own = self._open.get(self._number_of.get(incident.id, 0))
        if any(self._is_astray(track, incident, now) for track in told):
            return True
        return own is not None and own.said != said_of(incident) and now - own.shown >= SAYS_MORE_AFTER

    def tell(
        self, news: News, telling: Telling, incident: Incident | None = None, told: Sequence[Track] = ()
    ) -> list[Notice]:
        """Tell all the news in one notice; it takes the place of those that told of the same services before.

        What is left of those stands in it, too, except for the services of which nothing is to be told. `told` are
        other services of the incident that were told of before: they come along from wherever they are.
        """
        place = NOWHERE if incident is None else incident.id
        coming = {track.service.id: track for track in (*(track for track, _ in news), *told)}
        replaced = self._taken_out(place, coming, news, telling)
        left_behind = self._move_out(coming)
        bubble = self._opened(place, incident, replaced, telling.now)
        disturbed = bubble.loud
        fresh = {track.service.id: track.affected(kind, news=True) for track, kind in news}
        bubble.tracks |= {track.service.id: track for track in told}
        for track, kind in news:
            _enter(bubble, track, kind, fresh[track.service.id])
        for track in bubble.tracks.values():
            track.bubble = bubble.id
        if bubble.tracks:
            self._open[bubble.id] = bubble
        notices = _withdrawn([each for each in replaced if each.id != bubble.id], telling.now)
        for each in left_behind:
            notices += _shown(each, {}, telling)
        return [*notices, *_shown(bubble, fresh, telling, told_before=disturbed and place != NOWHERE)]

    def drop(self, track: Track, now: datetime) -> list[Notice]:
        """Tell nothing more of a service; withdraw the notice that told of it if that has no trouble left."""
        bubble = self._bubble_of(track)
        track.told = track.bubble = None
        if bubble is None:
            return []
        del bubble.tracks[track.service.id]
        if bubble.tracks:
            return []
        del self._open[bubble.id]
        return _withdrawn([bubble], now)

    def hide(self, silent: Collection[str], now: datetime) -> list[Notice]:
        """Withdraw the notices of which no trouble is left but such of which nothing is to be told."""
        over = [each for each in self._open.values() if each.tracks.keys() <= set(silent)]
        notices = _withdrawn(over, now)
        for bubble in over:
            bubble.hidden = True
        return notices

    def _bubble_of(self, track: Track) -> _Bubble | None:
        return None if track.bubble is None else self._open.get(track.bubble)

    def _is_astray(self, track: Track, incident: Incident, now: datetime) -> bool:
        """Return whether a service stands in another notice than it should; small incidents may share one."""
        bubble = self._bubble_of(track)
        if bubble is None or bubble.place == incident.id:
            return False
        alone = bubble.tracks.keys() <= set(incident.service_ids) and self.room_apart(now) > 0
        return bubble.place != NOWHERE or alone or len(incident.members) > 1

    def _taken_out(self, place: str, coming: Collection[str], news: News, telling: Telling) -> list[_Bubble]:
        """Return the notices that are to be replaced, the newest last; they are not open any more."""
        numbers = {each.id for each in self._open.values() if each.tracks.keys() <= set(coming)}
        if place:
            numbers |= {each.id for each in self._open.values() if each.place == place}
        else:
            bubbles = [self._bubble_of(track) for track, _ in news]
            numbers |= {each.id for each in bubbles if each is not None and each.place == place}
            if any(kind in OF_TROUBLE for _, kind in news):
                recent = (each for each in self._open.values() if telling.now - each.issued <= JOIN)
                numbers |= {each.id for each in recent if each.place == place and not each.hidden}
        return [self._open.pop(number) for number in sorted(numbers)]

    def _move_out(self, coming: dict[str, Track]) -> list[_Bubble]:
        """Return the notices that services leave while others stay in them."""
        left: dict[int, _Bubble] = {}
        for service_id, track in coming.items():
            bubble = self._bubble_of(track)
            if bubble is not None:
                del bubble.tracks[service_id]
                left[bubble.id] = bubble
        return list(left.values())

    def _opened(self, place: str, incident: Incident | None, replaced: Sequence[_Bubble], now: datetime) -> _Bubble:
        """Return a notice in the place of others."""
        number = self._number_of.get(place) or (replaced[-1].id if replaced else self.next_number())
        # Whoever had this number before gets another one.
        self._number_of = {each: known for each, known in self._number_of.items() if known != number}
        if place:
            self._number_of[place] = number
        issued = max((each.issued for each in replaced), default=now)
        bubble = _Bubble(number, place, issued, now, incident, loud=any(each.loud for each in replaced))
        for each in replaced:
            bubble.tracks |= each.tracks
            bubble.ended |= each.ended
        bubble.hidden = bool(replaced) and all(each.hidden for each in replaced)
        return bubble


def _enter(bubble: _Bubble, track: Track, kind: NoticeKind, affected: Affected) -> None:
    service_id = track.service.id
    if kind in OF_TROUBLE:
        bubble.tracks[service_id] = track
        bubble.ended.pop(service_id, None)
        track.told = kind
    else:
        bubble.tracks.pop(service_id, None)
        bubble.ended[service_id] = (track, affected)
        track.told = track.bubble = None


def _shown(bubble: _Bubble, fresh: dict[str, Affected], telling: Telling, *, told_before: bool = False) -> list[Notice]:
    """Return a notice as it is to be shown; none where nothing of it is new and the user knows the rest."""
    rows = _in_order([*fresh.values(), *_left(bubble, {*fresh, *telling.silent})])
    if not fresh and (bubble.hidden or not rows):
        return []
    bubble.hidden = False
    bubble.shown = telling.now
    kind = min((row.kind for row in rows if row.news or not fresh), key=_WORST_FIRST.index)
    if fresh:
        bubble.issued = telling.now
        bubble.loud = bubble.loud or kind is NoticeKind.DOWN
    notice = Notice(
        bubble.id,
        telling.now,
        kind,
        rows,
        after_pause=telling.after_pause,
        incident=bubble.incident,
        believed=telling.believed,
        told_before=told_before,
    )
    return [notice]


def _left(bubble: _Bubble, without: Collection[str]) -> Iterable[Affected]:
    for service_id, track in bubble.tracks.items():
        if service_id not in without and track.told is not None:
            yield track.affected(track.told, news=False)
    for service_id, (track, affected) in bubble.ended.items():
        # One that is down again was told of in a later notice.
        if service_id not in without and track.told is None:
            yield replace(affected, news=False)


def _in_order(rows: Iterable[Affected]) -> tuple[Affected, ...]:
    return tuple(sorted(rows, key=lambda row: (not row.news, _WORST_FIRST.index(row.kind))))


def _withdrawn(bubbles: Iterable[_Bubble], now: datetime) -> list[Notice]:
    return [Notice(each.id, now, NoticeKind.WITHDRAWN) for each in bubbles if not each.hidden]
