"""What is on the user's screen: which notice tells of which services. One that is told anew takes its own place."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import TypeAlias

from manara.alerts.track import Track
from manara.model import OF_TROUBLE, Affected, Notice, NoticeKind

JOIN = timedelta(minutes=2)
"""New trouble within this time grows the last notice: looks at many services are spread over their interval."""

News: TypeAlias = Sequence[tuple[Track, NoticeKind]]

_WORST_FIRST = tuple(NoticeKind)


@dataclass(slots=True)
class _Bubble:
    """A notice of which trouble is left."""

    id: int
    issued: datetime
    tracks: dict[str, Track] = field(default_factory=dict)
    """The services in trouble that it told of."""
    ended: dict[str, tuple[Track, Affected]] = field(default_factory=dict)
    """Those that it told of and that are well again, as they were then."""
    hidden: bool = False
    """Whether it was withdrawn, though there is trouble left: the user knows."""


class Bubbles:
    """The notices of which trouble is left."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._open: dict[int, _Bubble] = {}

    def next_number(self) -> int:
        """Return a number that no notice has yet."""
        return next(self._numbers)

    def issue(self, news: News, silent: Collection[str], now: datetime, *, after_pause: bool = False) -> list[Notice]:
        """Tell all the news in one notice; it takes the place of those that told of the same services before.

        What is left of those stands in it, too, except for the services of which nothing is to be told.
        """
        replaced = self._taken_out(news, now)
        number = replaced[-1].id if replaced else self.next_number()
        bubble = _Bubble(number, now)
        for each in replaced:
            bubble.tracks |= each.tracks
            bubble.ended |= each.ended
        fresh = {track.service.id: track.affected(kind, news=True) for track, kind in news}
        for track, kind in news:
            _enter(bubble, track, kind, fresh[track.service.id])
        for track in bubble.tracks.values():
            track.bubble = number
        if bubble.tracks:
            self._open[number] = bubble
        kind = min((kind for _, kind in news), key=_WORST_FIRST.index)
        rows = _in_order([*fresh.values(), *_left(bubble, {*fresh, *silent})])
        notice = Notice(number, now, kind, rows, after_pause=after_pause)
        return [*_withdrawn(replaced[:-1], now), notice]

    def drop(self, track: Track, now: datetime) -> list[Notice]:
        """Tell nothing more of a service; withdraw the notice that told of it if that has no trouble left."""
        bubble = None if track.bubble is None else self._open.get(track.bubble)
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

    def _taken_out(self, news: News, now: datetime) -> list[_Bubble]:
        """Return the notices that news are to replace, the newest last; they are not open any more."""
        numbers = {track.bubble for track, _ in news if track.bubble is not None}
        if any(kind in OF_TROUBLE for _, kind in news):
            numbers |= {each.id for each in self._open.values() if not each.hidden and now - each.issued <= JOIN}
        return [self._open.pop(number) for number in sorted(numbers) if number in self._open]


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
