"""What the user is told, and when. One rule: what he was told is compared with what is, and the difference is told.

That a service is down, or is well again, is told at once; what follows within some seconds is told together, in the
same place, and so is what matters less. What comes and goes while it waits is not told at all, and nothing is told
twice. After a start, a sleep or a time without a connection much is seen at once, so all of it waits for a moment; what
is seen first then is never told as a recovery.

What fails together for one reason is told in one place, from its beginning to its end, and so that it says why: for
that even what is urgent waits a few seconds. What is found out later is put there quietly.

Every method returns what to pass on. Nothing happens by itself: `due` is to be called again and again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from manara.alerts.bubbles import Bubbles, Telling
from manara.alerts.known_incidents import KnownIncidents
from manara.alerts.own_line import OwnLine
from manara.alerts.placing import placed, told_of
from manara.alerts.track import Track
from manara.alerts.turn import Turn
from manara.alerts.waiting import Waiting
from manara.model import (
    Believed,
    Diagnosed,
    Event,
    Incident,
    IncidentChanged,
    Line,
    LineChanged,
    Notice,
    Noticed,
    NoticeKind,
    NotObserved,
    OfficialHeard,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    Silence,
    SilenceChanged,
    Transitioned,
    Verdict,
)


class Alerts:
    """What the user was told and does not want to be told; `going_on` are the incidents of the last run."""

    def __init__(self, silence: Silence | None = None, going_on: Iterable[Incident] = ()) -> None:
        self.silence = silence or Silence()
        self._incidents = KnownIncidents(going_on)
        self._tracks: dict[str, Track] = {}
        self._line = OwnLine()
        self._bubbles = Bubbles()
        self._pending = Waiting()
        """Services of which something else is to be told than was told."""
        self._unsteady: set[str] = set()
        self._turn = Turn()
        self._turn_of_line = Turn()

    def take(self, events: Sequence[Event], now: datetime) -> list[Event]:
        """Take over what happened."""
        before = self.silence
        notices: list[Notice] = []
        for event in events:
            match event:
                case ResultArrived() | Transitioned() | Diagnosed() | OfficialHeard():
                    self._believe(event.state, now)
                case IncidentChanged(_, incident, merged):
                    self._incidents.take(incident, merged, now)
                    self._bubbles.forget_all_but(self._incidents.ids)
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
        # Its loss may be over soon; its return may not, since that was told.
        if self._turn_of_line.has_come(now, urgent=self._line.told is not None):
            events += _told(self._tell_line(now))
        if self._turn.has_come(now, urgent=self._is_urgent(now)):
            events += _told(self._tell(now))
        events += _told(self._say_more(now))
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
        notices = [*self._tell_line(now), *self._tell(now, after_pause=True)]
        return [*self._silence_told(before, now), *_told(notices)]

    def _watch(self, services: Iterable[Service], states: Iterable[ServiceState], now: datetime) -> list[Notice]:
        if not self._tracks:
            self._turn.hold(now)
        gone, self._tracks = self._tracks, {}
        for service, state in zip(services, states, strict=True):
            track = gone.pop(service.id, None) or Track(service, state)
            if track.service != service:
                track.service = service
                track.nobody_looked()
            self._tracks[service.id] = track
            self._believe(state, now)
        self._pending.drop(gone)
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
            self._pending.add(track.service.id, now)
            self._turn.wait(now)

    def _see_whether_steady(self, service_id: str, now: datetime) -> None:
        track = self._tracks.get(service_id)
        if track is None or not track.steadiness.unsteady:
            self._unsteady.discard(service_id)
        elif track.state.verdict is not Verdict.UNKNOWN and track.steadiness.calms_down(now):
            self._unsteady.discard(service_id)
            self._review(track, now)

    def _know_line(self, line: Line, now: datetime) -> None:
        was_lost = self._line.lost
        self._line.take(line, now)
        if self._line.has_news:
            self._turn_of_line.wait(now)
        elif self._line.stands is not None:
            self._turn_of_line.rest()
        if was_lost and not self._line.lost:
            self._turn.hold(now)
        if self._pending:
            self._turn.wait(now)

    def _nobody_looked(self, now: datetime) -> None:
        for track in self._tracks.values():
            track.nobody_looked()
        self._line.nobody_looked()
        self._turn.hold(now)
        self._turn_of_line.hold(now)

    def _is_urgent(self, now: datetime) -> bool:
        """Return whether there is news that everybody wants to know at once, and that can say why."""
        if self.silence.paused:
            return False
        urgent = [service_id for service_id in self._pending if self._matters_now(self._tracks[service_id])]
        return self._pending.long_enough(urgent, now) or (bool(urgent) and all(map(self._says_why, urgent)))

    def _says_why(self, service_id: str) -> bool:
        track, incident = self._tracks[service_id], self._incidents.failing(service_id)
        if track.standing is None:
            return incident is None
        return incident is not None and track.state.diagnosis is not None

    def _matters_now(self, track: Track) -> bool:
        if track.standing is None:
            return track.told is not None and track.end_is_news
        if self._line.lost or track.service.id in self.silence.acknowledged:
            return False
        # One that is degraded is often down a moment later, when its other checks were looked at.
        return track.standing is NoticeKind.DOWN is not track.told

    def _tell(self, now: datetime, *, after_pause: bool = False) -> list[Notice]:
        """Tell what waits; after a pause, tell of all trouble there is."""
        self._turn.rest()
        notices: list[Notice] = []
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
        telling = self._telling(now, after_pause=after_pause)
        for place, told in placed(news, self._incidents, self._bubbles, telling).items():
            incident = self._incidents.get(place)
            notices += self._bubbles.tell(told, telling, incident, told_of(incident, self._tracks))
        if news:
            self._turn.hold(now)
        return notices

    def _say_more(self, now: datetime) -> list[Notice]:
        """Put what was found out since into the notices that stand."""
        notices: list[Notice] = []
        for incident in () if self.silence.paused or self._line.lost else self._incidents.open:
            told = told_of(incident, self._tracks)
            waits = any(service_id in self._pending for service_id in incident.service_ids)
            if told and not waits and self._bubbles.is_out_of_date(incident, told, now):
                notices += self._bubbles.tell((), self._telling(now), incident, told)
        return notices

    def _telling(self, now: datetime, *, after_pause: bool = False) -> Telling:
        watched = zip(*((track.service, track.state) for track in self._tracks.values()), strict=True)
        return Telling(now, self.silence.acknowledged, Believed(self._line.line, *watched), after_pause)

    def _tells_trouble(self, track: Track, *, after_pause: bool) -> bool:
        """Return whether the trouble of a service is to be told now; offline or paused, it goes on waiting."""
        service_id = track.service.id
        if service_id in self.silence.acknowledged or track.standing is track.told:
            self._pending.discard(service_id)
        if self.silence.paused or self._line.lost or service_id in self.silence.acknowledged:
            return False
        return service_id in self._pending or (after_pause and track.seen_in_trouble)

    def _tell_line(self, now: datetime) -> list[Notice]:
        self._turn_of_line.rest()
        line = self._line
        if not line.has_news:
            return []
        self._turn_of_line.hold(now)
        if line.loss is not None:
            if self.silence.paused:
                return []
            number = line.told or self._bubbles.next_number()
            line.tell(number)
            return [Notice(number, now, line.loss, sign_in_url=line.sign_in_url)]
        number = cast("int", line.told)
        line.tell(None)
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
