"""What fails together, from the first bad look to the last good one: a state machine over the engine's events.

A service that fails begins an incident or joins one; while an incident is young, it may still turn out to be a part of
another, or two. One that ended goes on when one of its services fails again soon on the same rung. What our own line
does to services is no incident: they are not down then. Nobody looking ends nothing; what is seen next does.

Nothing happens by itself: whoever owns this passes the events on and tells what `take` returns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from manara.diagnosis.common_cause import groups_of
from manara.engine.incident_book import Book
from manara.engine.membership import Entry, entered, rejoined, with_lines, with_slower, with_state
from manara.engine.memory import Memory
from manara.engine.official_posts import with_official
from manara.engine.recovery import rung_of
from manara.engine.regrouping import placed
from manara.engine.trouble import failing_layer, in_trouble, is_slow, is_well
from manara.model import (
    Diagnosed,
    Event,
    Happening,
    Incident,
    IncidentChanged,
    Interval,
    Layer,
    NetworkLearned,
    OfficialHeard,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    Stage,
    Transitioned,
    Verdict,
    Zone,
    ZoneLearned,
)

SETTLES = timedelta(seconds=1)
"""So often incidents are grouped and told."""
LOOKS_AGAIN = timedelta(seconds=10)
"""So often it is seen whether services that are well speak against what a young incident is named by."""


class Incidents:
    """The incidents that go on; `going_on` are those of the last run, `zones` what was known of hosts then."""

    def __init__(self, going_on: Iterable[Incident] = (), zones: Mapping[str, Zone] | None = None) -> None:
        self._book = Book(going_on)
        self._memories: dict[str, Memory] = {}
        self._zones = dict(zones or {})
        self._networks: dict[str, str] = {}
        """By prefix of addresses, as far as it was asked for."""
        self._loose: dict[str, Entry] = {}
        """Services that fail and are in no incident yet; soon there are none."""
        self._changed = False
        """Whether something is known now by which they may be grouped otherwise."""
        self._grouped_at: datetime | None = None
        """None where no more evidence is wanted."""
        self._became: dict[str, list[str]] = {}
        self._told = dict(self._book.open)
        """What was told last of each."""
        self._settled_at: datetime | None = None

    @property
    def open(self) -> tuple[Incident, ...]:
        """The incidents that go on, the oldest first."""
        return tuple(self._book.open.values())

    def take(self, events: Sequence[Event], now: datetime) -> list[Event]:
        """Take over what happened, perhaps nothing; return what is to be told by now.

        Where much happens at once, it is grouped and told together, once a second: whoever owns this asks again.
        """
        for event in events:
            self._hear(event, now)
        if self._settled_at is not None and timedelta(0) <= now - self._settled_at < SETTLES:
            return []
        return self.settle(now)

    def settle(self, now: datetime) -> list[Event]:
        """Group what happened and return what is to be told, also if that was done a moment ago: nothing follows."""
        if self._loose or self._changed or self._wants_evidence(now):
            self._group(now)
        return self._news(now)

    def _wants_evidence(self, now: datetime) -> bool:
        """Return whether it is time to see if services that are well speak against what an incident is named by."""
        if self._grouped_at is None or now - self._grouped_at < LOOKS_AGAIN:
            return False
        self._grouped_at = None
        return any(each.young and len(each.service_ids) > 1 for each in self._book.known(now))

    def _news(self, now: datetime) -> list[Event]:
        incidents = self._book.open | self._book.ended
        became, self._became = self._became, {}
        news: list[Event] = [
            IncidentChanged(now, incident, tuple(each for each in became.get(incident.id, ()) if each in self._told))
            for incident in incidents.values()
            if incident is not self._told.get(incident.id)
        ]
        if news:
            self._settled_at = now
        self._book.forget(now)
        self._told = self._book.open | self._book.ended
        return news

    def _hear(self, event: Event, now: datetime) -> None:
        match event:
            case ResultArrived():
                self._see(event, now)
            case Transitioned(transition, state):
                self._believe(state, transition.when, now)
            case Diagnosed(at, state):
                self._explain(state, at)
            case OfficialHeard(at, state):
                self._read_official(state, at)
            case ServicesChanged():
                self._watch(event, now)
            case ZoneLearned(hosts, zone):
                self._zones |= dict.fromkeys(hosts, zone)
                self._know_more()
            case NetworkLearned(_, prefix, network):
                self._networks[prefix] = network
                self._know_more()
            case _:
                pass

    def _know_more(self) -> None:
        """Something more is known by which services may have something in common."""
        for memory in self._memories.values():
            memory.forget_traits()
        self._changed = bool(self._book.open)

    def _watch(self, event: ServicesChanged, now: datetime) -> None:
        gone, self._memories = self._memories, {}
        for service, state in zip(event.services, event.states, strict=True):
            self._memories[service.id] = _memory(gone.get(service.id), service, state)
            self._believe(state, state.since or Interval(None, now), now)
        for service_id in self._book.service_ids - self._memories.keys():
            self._leave(service_id, Interval(None, now), watched=False)

    def _see(self, event: ResultArrived, now: datetime) -> None:
        memory = self._memories.get(event.service_id)
        if memory is None:
            return
        before, state, result = memory.state, event.state, event.result
        rung = rung_of(result, result.facts.usual_ms or memory.usual_ms(event.check))
        stage = None if rung is None else memory.recovery.take(event.check, rung)
        memory.see(event.check, result, state)
        if self._fails(event.service_id) and stage is not None:
            status = str(result.facts.http_status or "") if stage is Stage.ANSWERS else ""
            line = Happening(result.at, stage, event.service_id, text=status)
            self._book.edit(event.service_id, lambda incident: with_lines(incident, line))
        # Where the verdict changed, the transition follows.
        if state.verdict is before.verdict:
            if state.cause is not before.cause:
                self._believe(state, Interval(before.looked_at, result.at), now)
            memory.state = state

    def _believe(self, state: ServiceState, when: Interval, now: datetime) -> None:
        memory = self._memories.get(state.service_id)
        if memory is None:
            return
        before, memory.state = memory.state, state
        if in_trouble(state):
            if not in_trouble(before) and before.verdict is not Verdict.UNKNOWN:
                memory.usual = before
            self._enter(memory, when, now)
        elif state.verdict is Verdict.PAUSED:
            self._leave(state.service_id, Interval(self._last_failed(memory), now), watched=False)
        elif is_well(state, memory.usual):
            self._leave(state.service_id, replace(when, after=when.after or self._last_failed(memory)))
        if is_slow(state):
            for incident in self.open:
                self._book.open[incident.id] = with_slower(incident, state.service_id, when)

    def _enter(self, memory: Memory, when: Interval, now: datetime) -> None:
        """A service fails: it begins an incident, or goes on with the one it has."""
        service_id, state = memory.service.id, memory.state
        layer = failing_layer(state)
        if self._book.of(service_id) is None and (memory.layer is None or layer in (None, memory.layer)):
            self._book.reopen(service_id, when)
        if not self._fails(service_id):
            memory.recovery.fails()
        self._know_layer(memory, layer)
        member = self._book.member(service_id)
        if member is None:
            self._loose[service_id] = entered(memory.service, state, when, now)
            self._changed = True
        elif member.ended is not None:
            self._book.edit(service_id, lambda incident: rejoined(incident, state, when.by))
        else:
            self._book.edit(service_id, lambda incident: with_state(incident, state, now))

    def _fails(self, service_id: str) -> bool:
        """Return whether a service is in an incident and not well again."""
        member = self._book.member(service_id)
        return member is not None and member.ended is None

    def _last_failed(self, memory: Memory) -> datetime | None:
        """Return until when a service is known to have failed: in this run, else by what the timeline tells."""
        incident = self._book.of(memory.service.id)
        if memory.last_bad is not None or incident is None:
            return memory.last_bad
        return max((each.at for each in incident.timeline if each.service_id == memory.service.id), default=None)

    def _know_layer(self, memory: Memory, layer: Layer | None) -> None:
        if layer is not None and layer is not memory.layer:
            memory.layer = layer
            self._changed = True

    def _leave(self, service_id: str, when: Interval, *, watched: bool = True) -> None:
        """A service does not fail any more, or nobody looks at it any more."""
        self._loose.pop(service_id, None)
        self._book.leave(service_id, when, watched=watched)

    def _explain(self, state: ServiceState, at: datetime) -> None:
        memory = self._memories.get(state.service_id)
        if memory is None:
            return
        memory.state = state
        memory.forget_traits()
        if self._fails(state.service_id) and in_trouble(state):
            self._know_layer(memory, failing_layer(state))
            before = self._book.member(state.service_id)
            self._book.edit(state.service_id, lambda incident: with_state(incident, state, at))
            self._changed = self._changed or self._book.member(state.service_id) != before

    def _read_official(self, state: ServiceState, at: datetime) -> None:
        memory = self._memories.get(state.service_id)
        if memory is not None:
            memory.state = state
        word = state.official
        if word is not None:
            self._book.edit(state.service_id, lambda incident: with_official(incident, state.service_id, word, at))

    def _group(self, now: datetime) -> None:
        """See anew what belongs together."""
        self._changed = False
        entries = [*self._loose.values()]
        members = [member for incident in self.open for member in incident.members]
        failing = [
            self._memories[member.service_id].failing(member, self._zones, self._networks)
            for member in (*members, *(entry.member for entry in entries))
            if member.service_id in self._memories
        ]
        watched = (memory.watched(self._zones, self._networks) for memory in self._memories.values())
        over = frozenset(member.service_id for member in members if member.ended is not None)
        known = self._book.known(now)
        order = {service_id: place for place, service_id in enumerate(self._memories)}
        self._became |= self._book.place(placed(groups_of(failing, watched), known, over), self._loose, order, now)
        for service_id in self._loose:
            self._read_official(self._memories[service_id].state, now)
        self._loose = {}
        self._grouped_at = self._settled_at = now


def incidents_now(
    services: tuple[Service, ...], states: tuple[ServiceState, ...], now: datetime, learned: Iterable[ZoneLearned] = ()
) -> tuple[Incident, ...]:
    """Return what fails together at this moment, by the last looks alone."""
    incidents = Incidents()
    incidents.take([*learned, ServicesChanged(now, services, states)], now)
    return incidents.open


def _memory(known: Memory | None, service: Service, state: ServiceState) -> Memory:
    """Return what is remembered of a service whose settings may have changed: all of it while it is looked at alike."""
    if known is None or known.service.checks != service.checks:
        return Memory.of(service, state)
    known.service = service
    known.forget_traits()
    return known
