"""What the user is told, and when. One rule: what he was told is compared with what is, and the difference is told.

Differences wait for a moment and are then told together, in one notice; so what comes and goes meanwhile is not told
at all, and nothing is told twice. What is seen first after a start or a sleep is never told as a recovery.

Every method returns what to pass on. Nothing happens by itself: `due` is to be called again and again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from manara.alerts.bubbles import Bubbles
from manara.alerts.own_line import OwnLine
from manara.alerts.track import Track
from manara.model import (
    Event,
    Line,
    LineChanged,
    Notice,
    Noticed,
    NoticeKind,
    NotObserved,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    Silence,
    SilenceChanged,
    Transitioned,
    Verdict,
)

GROUP = timedelta(seconds=10)
"""Changes within this time are told together."""


class Alerts:
    """What the user was told and does not want to be told."""

    def __init__(self, silence: Silence | None = None) -> None:
        self.silence = silence or Silence()
        self._tracks: dict[str, Track] = {}
        self._line = OwnLine()
        self._bubbles = Bubbles()
        self._pending: set[str] = set()
        """Services of which something else is to be told than was told."""
        self._unsteady: set[str] = set()
        self._since: datetime | None = None
        """Since when differences wait."""

    def take(self, events: Sequence[Event], now: datetime) -> list[Event]:
        """Take over what happened."""
        before = self.silence
        notices: list[Notice] = []
        for event in events:
            match event:
                case ResultArrived() | Transitioned():
                    self._believe(event.state, now)
                case ServicesChanged(_, services, states):
                    notices += self._watch(services, states, now)
                case LineChanged(line):
                    self._know_line(line, now)
                case NotObserved():
                    self._nobody_looked(now)
                case _:
                    pass
        return [*_told(notices), *self._silence_told(before, now)]

    def due(self, now: datetime) -> list[Event]:
        """Return what is to be told by now."""
        events: list[Event] = []
        until = self.silence.paused_until
        if until is not None and now >= until:
            events += self.resume(now)
        before = self.silence
        for service_id in tuple(self._unsteady):
            self._see_whether_steady(service_id, now)
        # A clock that was set back must not make anybody wait.
        if self._since is not None and not timedelta(0) <= now - self._since < GROUP:
            events += _told(self._flush(now))
        return [*events, *self._silence_told(before, now)]

    def acknowledge(self, service_ids: Iterable[str], now: datetime) -> list[Event]:
        """The user knows of the trouble of these services: tell nothing of them until they are well again."""
        before = self.silence
        known = [track for track in map(self._tracks.get, service_ids) if track and track.standing is not None]
        for track in known:
            track.told = track.standing
        self._hush(before.acknowledged | {track.service.id for track in known})
        return [*_told(self._bubbles.hide(self.silence.acknowledged, now)), *self._silence_told(before, now)]

    def unacknowledge(self, service_ids: Iterable[str], now: datetime) -> list[Event]:
        """Tell of these services again."""
        before = self.silence
        self._hush(before.acknowledged - set(service_ids))
        for service_id in before.acknowledged - self.silence.acknowledged:
            if service_id in self._tracks:
                self._review(self._tracks[service_id], now)
        return self._silence_told(before, now)

    def pause(self, until: datetime | None, now: datetime) -> list[Event]:
        """Tell nothing until a moment, or until `resume`."""
        if until is not None and until <= now:
            return self.resume(now)
        before = self.silence
        self.silence = replace(before, paused=True, paused_until=until)
        return self._silence_told(before, now)

    def resume(self, now: datetime) -> list[Event]:
        """Tell again what happens; first, in one notice, which trouble there is."""
        if not self.silence.paused:
            return []
        before = self.silence
        self.silence = replace(before, paused=False, paused_until=None)
        return [*self._silence_told(before, now), *_told(self._flush(now, after_pause=True))]

    def _watch(self, services: Iterable[Service], states: Iterable[ServiceState], now: datetime) -> list[Notice]:
        gone, self._tracks = self._tracks, {}
        for service, state in zip(services, states, strict=True):
            track = gone.pop(service.id, None) or Track(service, state)
            if track.service != service:
                track.service = service
                track.nobody_looked()
            self._tracks[service.id] = track
            self._believe(state, now)
        self._pending -= gone.keys()
        self._hush(self.silence.acknowledged - gone.keys())
        return [notice for track in gone.values() for notice in self._bubbles.drop(track, now)]

    def _believe(self, state: ServiceState, now: datetime) -> None:
        track = self._tracks.get(state.service_id)
        if track is not None:
            track.take(state, now)
            if track.steadiness.unsteady:
                self._unsteady.add(state.service_id)
            self._review(track, now)

    def _review(self, track: Track, now: datetime) -> None:
        """See whether anything is to be told of a service, and whether it is well again."""
        standing = track.standing
        if track.service.id in self.silence.acknowledged:
            if standing is None and track.state.verdict is Verdict.UP:
                self._hush(self.silence.acknowledged - {track.service.id})
            elif track.told is None:
                track.told = standing
        if standing is not track.told:
            self._pending.add(track.service.id)
            self._plan(now)

    def _see_whether_steady(self, service_id: str, now: datetime) -> None:
        track = self._tracks.get(service_id)
        if track is None or not track.steadiness.unsteady:
            self._unsteady.discard(service_id)
        elif track.state.verdict is not Verdict.UNKNOWN and track.steadiness.calms_down(now):
            self._unsteady.discard(service_id)
            self._review(track, now)

    def _know_line(self, line: Line, now: datetime) -> None:
        self._line.take(line, now)
        if self._line.has_news or self._pending:
            self._plan(now)

    def _nobody_looked(self, now: datetime) -> None:
        for track in self._tracks.values():
            track.nobody_looked()
        self._line.nobody_looked()
        if self._since is not None:
            self._since = now

    def _plan(self, now: datetime) -> None:
        self._since = self._since or now

    def _flush(self, now: datetime, *, after_pause: bool = False) -> list[Notice]:
        """Tell what waits; after a pause, tell of all trouble there is."""
        self._since = None
        notices = self._flush_line(now)
        news: list[tuple[Track, NoticeKind]] = []
        for service_id, track in self._tracks.items():
            if service_id in self._pending and track.standing is None:
                self._pending.discard(service_id)
                if track.end_is_news and track.told is not None and not self.silence.paused:
                    news.append((track, _end_of(track.told)))
                else:
                    notices += self._bubbles.drop(track, now)
            elif self._tells_trouble(track, after_pause=after_pause) and track.standing is not None:
                self._pending.discard(service_id)
                news.append((track, track.standing))
        if news:
            notices += self._bubbles.issue(news, self.silence.acknowledged, now, after_pause=after_pause)
        return notices

    def _tells_trouble(self, track: Track, *, after_pause: bool) -> bool:
        """Return whether the trouble of a service is to be told now; offline or paused, it goes on waiting."""
        service_id = track.service.id
        if service_id in self.silence.acknowledged or track.standing is track.told:
            self._pending.discard(service_id)
        if self.silence.paused or self._line.offline or service_id in self.silence.acknowledged:
            return False
        return service_id in self._pending or (after_pause and track.seen_in_trouble)

    def _flush_line(self, now: datetime) -> list[Notice]:
        line = self._line
        if not line.has_news:
            return []
        if line.told is None:
            if self.silence.paused:
                return []
            line.told = self._bubbles.next_number()
            return [Notice(line.told, now, NoticeKind.OFFLINE)]
        number, line.told = line.told, None
        if self.silence.paused or not line.return_is_news:
            return [Notice(number, now, NoticeKind.WITHDRAWN)]
        return [Notice(number, now, NoticeKind.ONLINE, lasted=line.lasted)]

    def _hush(self, acknowledged: frozenset[str]) -> None:
        self.silence = replace(self.silence, acknowledged=acknowledged)

    def _silence_told(self, before: Silence, now: datetime) -> list[Event]:
        return [] if self.silence == before else [SilenceChanged(now, self.silence)]


def _told(notices: Iterable[Notice]) -> list[Event]:
    return [Noticed(notice) for notice in notices]


def _end_of(told: NoticeKind) -> NoticeKind:
    return NoticeKind.STABLE_AGAIN if told is NoticeKind.UNSTABLE else NoticeKind.UP_AGAIN
