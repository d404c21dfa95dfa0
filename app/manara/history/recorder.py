"""From what the engine tells to what is to be written. Knows neither files nor SQL, and keeps no time of its own.

A span begins with the first look that showed it, so a confirmed outage reaches back before the moment at which it was
believed. Nothing is claimed for a time in which the engine was not heard: `heard` is as far as spans go.
"""

from datetime import datetime
from typing import assert_never

from manara.history.batch import Batch, CheckKey, OpenSpan, Removal, Sample, check_keys
from manara.history.facts import facts_of, telling
from manara.history.moments import ms_of, ms_or_none
from manara.history.packing import packed_phases, tenths
from manara.history.timeline import Piece, Watch
from manara.model import (
    CheckResult,
    CheckState,
    Circumstance,
    Diagnosed,
    Diagnosis,
    Event,
    HistoryKept,
    Incident,
    IncidentChanged,
    Line,
    LineChanged,
    NetworkLearned,
    Noticed,
    NotObserved,
    OfficialHeard,
    OfficialWord,
    Outcome,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    SettingsRefused,
    SilenceChanged,
    Transitioned,
    Verdict,
    ZoneLearned,
)

FACTS_EVERY_MS = 3_600_000
"""How often a fact that did not change is noted again."""


class Recorder:
    """Collects a batch from events; remembers the open span of each service."""

    def __init__(self) -> None:
        self.batch = Batch()
        self._services: dict[str, Service] = {}
        self._keys: dict[str, tuple[CheckKey, ...]] = {}
        self._open: dict[str, OpenSpan] = {}
        self._told: dict[CheckKey, object] = {}
        self._facts: dict[CheckKey, tuple[object, int]] = {}
        self._line: dict[int, Line] = {}
        """What is known of our own line, by the moment from which on it is."""
        self._diagnoses: dict[str, Diagnosis] = {}
        self._official: dict[str, OfficialWord] = {}
        self._incidents: dict[str, Incident] = {}
        """Those that go on."""
        self._watch_began: int | None = None
        self._heard = 0

    def hear(self, at: datetime) -> None:
        """Take note that the engine was watching at this moment."""
        self._heard = ms_of(at)
        if self._watch_began is None:
            self._watch_began = self._heard
        self._note(Watch(self._watch_began, self._heard, None))

    def take(self, event: Event) -> None:
        """Take over one event."""
        match event:
            case ResultArrived():
                self._take_result(event)
            case Transitioned(transition, state):
                self.batch.transitions.append(transition)
                self._believe(state, ms_of(transition.when.by))
            case NotObserved(after, until):
                self._skip(ms_of(after), ms_of(until))
            case LineChanged(line):
                self._line = {self._heard if line.at is None else ms_of(line.at): line}
                self.batch.lines |= self._line
            case ServicesChanged(at, services, states):
                self.hear(at)
                self._watch(ms_of(at), services, states)
            case Diagnosed() | OfficialHeard() | ZoneLearned() | IncidentChanged():
                self._take_found_out(event)
            case NetworkLearned() | SettingsRefused() | HistoryKept() | Noticed() | SilenceChanged():
                pass
            case _:
                assert_never(event)

    def remove(self, removal: Removal) -> None:
        """Take note that the user has removed services."""
        gone = set(removal.service_ids) - self._services.keys()
        self.batch.removed |= dict.fromkeys(gone, ms_of(removal.at))

    def end(self) -> None:
        """Close every span: from here on nobody is watching."""
        for service_id in tuple(self._open):
            self._close(service_id, self._heard)
        self._end_watch(self._heard, Circumstance.NOT_RUNNING)

    def taken(self) -> Batch:
        """Return the batch and begin a new one."""
        batch, self.batch = self.batch, Batch()
        return batch

    def restate(self) -> None:
        """Put all that holds now into the batch again, for a file that has not seen it."""
        self.batch.names |= {service.id: service.name for service in self._services.values()}
        self.batch.opened |= self._open
        self.batch.lines |= self._line
        self.batch.diagnoses |= self._diagnoses
        self.batch.official |= self._official
        self.batch.incidents |= self._incidents
        self._told.clear()
        self._facts.clear()

    def _watch(self, at: int, services: tuple[Service, ...], states: tuple[ServiceState, ...]) -> None:
        known = self._services
        self._services = {service.id: service for service in services}
        for service_id in known.keys() - self._services.keys():
            self._close(service_id, at)
        for service, state in zip(services, states, strict=True):
            if known.get(service.id) != service:
                self._keys[service.id] = check_keys(service)
                self.batch.names[service.id] = service.name
                self.batch.removed.pop(service.id, None)
            self._believe(state, at)

    def _take_result(self, event: ResultArrived) -> None:
        key = self._keys[event.service_id][event.check]
        result = event.result
        timings = result.timings
        self.batch.samples.append(
            Sample(key, ms_of(result.at), result.failure, tenths(timings.total_ms), packed_phases(timings))
        )
        self._note_latest(key, event.state.checks[event.check], result)
        if result.outcome is Outcome.OK:
            self._note_facts(key, result)
        self._believe(event.state, ms_of(result.at))

    def _note_latest(self, key: CheckKey, state: CheckState, result: CheckResult) -> None:
        """Note the last look in words, if they differ from those before; its time and timings are in the sample."""
        facts = result.facts
        told = (state.verdict, state.cause, result.failure, result.address, facts.http_status, facts.attempts)
        told_all = (told, facts.certificate)
        if self._told.get(key) != told_all:
            self._told[key] = told_all
            self.batch.latest[key] = (state, result)

    def _note_facts(self, key: CheckKey, result: CheckResult) -> None:
        at = ms_of(result.at)
        seen = telling(result.facts)
        before, noted = self._facts.get(key, (None, 0))
        if seen == before and abs(at - noted) < FACTS_EVERY_MS:
            return
        self._facts[key] = (seen, at)
        for kind, value in facts_of(result):
            self.batch.facts[key, kind, value] = at

    def _take_found_out(self, event: Diagnosed | OfficialHeard | ZoneLearned | IncidentChanged) -> None:
        match event:
            case Diagnosed(_, state):
                self._note_diagnosis(state)
            case OfficialHeard(_, state):
                self._note_official(state)
            case ZoneLearned(hosts, zone):
                self.batch.zones |= dict.fromkeys(hosts, zone)
            case IncidentChanged(_, incident, merged):
                self._note_incident(incident, merged)

    def _note_diagnosis(self, state: ServiceState) -> None:
        """Note why a service is not well, where that is news; also that nothing holds any more."""
        if state.diagnosis is self._diagnoses.get(state.service_id):
            return
        self.batch.diagnoses[state.service_id] = state.diagnosis
        if state.diagnosis is None:
            del self._diagnoses[state.service_id]
        else:
            self._diagnoses[state.service_id] = state.diagnosis

    def _note_official(self, state: ServiceState) -> None:
        word = state.official
        if word is None:
            return
        self._official[state.service_id] = self.batch.official[state.service_id] = word
        for told in word.incidents:
            for post in told.posts:
                self.batch.posts[word.page.url, told.id, post.at, post.state] = (told.title, post.text)

    def _note_incident(self, incident: Incident, merged: tuple[str, ...]) -> None:
        self.batch.incidents[incident.id] = self._incidents[incident.id] = incident
        self.batch.merged |= set(merged)
        for gone in (*merged, *(() if incident.open else (incident.id,))):
            self._incidents.pop(gone, None)

    def _believe(self, state: ServiceState, at: int) -> None:
        """Open a span where verdict or cause differ from those of the open one; `at` is when this was seen."""
        self._note_diagnosis(state)
        current = self._open.get(state.service_id)
        since_after = ms_or_none(state.since.after if state.since else None)
        since_by = ms_or_none(state.since.by if state.since else None)
        if current is not None and (current.verdict, current.cause) == (state.verdict, state.cause):
            if (current.since_after, current.since_by) != (since_after, since_by):
                self._open_span(state.service_id, current._replace(since_after=since_after, since_by=since_by))
            return
        begin, after = at, None
        if since_by is not None and (current is None or current.verdict is not state.verdict):
            begin, after = since_by, since_after
        if current is not None:
            # Of a service with several checks, one can be proven bad from a moment before the other was.
            begin = max(begin, current.begin)
            self._close(state.service_id, begin)
        opened = OpenSpan(begin, after, state.verdict, state.cause, since_after, since_by)
        self._open_span(state.service_id, opened)

    def _skip(self, after: int, until: int) -> None:
        """Nobody looked between these moments; of a clock that was set back, both are the same."""
        ended = after if after < until else self._heard
        for service_id, current in tuple(self._open.items()):
            if current.verdict is Verdict.PAUSED:
                # It goes on; where the clock was set back, it must not begin in what is the future now.
                self._open_span(service_id, current._replace(begin=min(current.begin, until)))
                continue
            self._close(service_id, ended)
            unseen = OpenSpan(until, None, Verdict.UNKNOWN, Circumstance.NOT_OBSERVED, after, until)
            if current.verdict is Verdict.UNKNOWN and current.since_by is not None:
                unseen = unseen._replace(since_after=current.since_after, since_by=current.since_by)
            self._open_span(service_id, unseen)
        self._end_watch(ended, Circumstance.NOT_OBSERVED)
        self._heard = until
        self._watch_began = until
        self._note(Watch(until, until, None))

    def _note(self, watch: Watch) -> None:
        # What is noted last is written last, also where an earlier watch had the same beginning.
        self.batch.watches.pop(watch.begin, None)
        self.batch.watches[watch.begin] = watch

    def _end_watch(self, at: int, why: Circumstance) -> None:
        if self._watch_began is not None:
            self._note(Watch(self._watch_began, max(self._watch_began, at), why))

    def _open_span(self, service_id: str, opened: OpenSpan) -> None:
        self._open[service_id] = self.batch.opened[service_id] = opened

    def _close(self, service_id: str, until: int) -> None:
        current = self._open.pop(service_id)
        if until > current.begin:
            piece = Piece(current.begin, until, current.verdict, current.cause, current.after)
            self.batch.closed.append((service_id, piece))
        self.batch.opened[service_id] = None
