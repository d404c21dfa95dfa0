"""The engine: one loop that looks when looks are due and tells what it found.

    due → a slot (limits) → look → is our own line good? (only when a failure needs it) → verdict → events

It lives on one asyncio loop and touches neither the disk nor a window. The look, the proof of the line and the clock
are passed in. After a gap of the clock (sleep, stop, jump) everything pending is forgotten and a new round begins.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeAlias, cast

from manara.engine.carry_over import carried_state, kept_checks, verdict_of_all
from manara.engine.explaining import excuse_found, lasting, still_holds
from manara.engine.inquiries import Diagnose, Inquiries
from manara.engine.known_line import KnownLine, ProveLine
from manara.engine.limits import Limits
from manara.engine.official_rule import with_official_word
from manara.engine.rounds import Rounds, Watch
from manara.engine.schedule import recheck_delay_s
from manara.engine.usual_speed import UsualOf, UsualSpeed
from manara.engine.verdicts import forget, next_check_state, service_verdict
from manara.model import (
    Cause,
    Check,
    CheckResult,
    CheckState,
    Circumstance,
    Clock,
    Diagnosed,
    Diagnosis,
    Event,
    Interval,
    Line,
    LineChanged,
    LineState,
    NotObserved,
    OfficialHeard,
    OfficialWord,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    Transition,
    Transitioned,
    Verdict,
)

Look: TypeAlias = Callable[[Check], Awaitable[CheckResult]]
Emit: TypeAlias = Callable[[Sequence[Event]], None]

TICK_S = 0.25
"""Longest sleep of the loop: what is asked for between two looks happens within this time."""
GAP_S = 15.0
"""A loop that stood still for so long has not observed; shorter stalls are those of a busy machine."""
JUMP_S = 5.0
"""A clock that moved so much more or less than time itself has jumped, or the machine slept."""
_SOON_S = 0.005
_LOST = frozenset({LineState.OFFLINE, LineState.CAPTIVE})
_WORKING = frozenset({LineState.ONLINE, LineState.LIMITED})
_OF_OUR_OWN = frozenset(
    {
        *(Circumstance.OWN_LINE, Circumstance.SIGN_IN_WANTED, Circumstance.OWN_RESOLVER),
        *(Circumstance.OWN_CLOCK, Circumstance.FILTERED, Circumstance.OWN_TRUST),
    }
)


class Engine:
    """Watches services until it is cancelled."""

    def __init__(
        self,
        *,
        look: Look,
        prove_line: ProveLine,
        clock: Clock,
        emit: Emit,
        limits: Limits,
        diagnose: Diagnose | None = None,
        official_counts: bool = False,
        usual_of: UsualOf | None = None,
    ) -> None:
        self._look = look
        self._own_line = KnownLine(prove_line, clock)
        self.inquiries = Inquiries(diagnose, clock)
        self._usual_speed = UsualSpeed(usual_of)
        self._clock = clock
        self._emit = emit
        self._official_counts = official_counts
        self.limits = limits
        self._services: dict[str, Service] = {}
        self._states: dict[str, ServiceState] = {}
        self._rounds = Rounds()
        self._group: asyncio.TaskGroup | None = None
        """Of everything under way; None while the engine does not run."""
        self._tasks: set[asyncio.Task[object]] = set()
        self.watched_until: datetime | None = None
        """The last moment at which the engine was awake and on time; None before it runs."""

    @property
    def services(self) -> tuple[Service, ...]:
        """The watched services, in the user's order."""
        return tuple(self._services.values())

    @property
    def states(self) -> tuple[ServiceState, ...]:
        """What is believed of each service now, in the same order."""
        return tuple(self._states.values())

    @property
    def line(self) -> Line:
        """What is known of our own line."""
        return self._own_line.line

    @property
    def line_asked_s(self) -> float:
        """When looks last showed whether our own line works, in seconds of the monotonic clock."""
        return self._own_line.asked_s

    def watch(self, services: Iterable[Service]) -> None:
        """Watch these services from now on.

        What did not change keeps its state and its schedule: a service, and each check of one that did.
        """
        before, states = self._services, self._states
        self._services = {service.id: service for service in services}
        self._states = {}
        followed: list[tuple[Service, Sequence[int | None]]] = []
        for service in self._services.values():
            known = before.get(service.id)
            kept = (None,) * len(service.checks) if known is None else kept_checks(known, service)
            self._states[service.id] = self._state_after(known, service, kept, states.get(service.id))
            if not service.paused:
                followed.append((service, kept))
        self.inquiries.keep_only(frozenset(self._services))
        self._usual_speed.keep_only(frozenset(self._services))
        self._rounds.follow(followed, self._clock.now().timestamp())
        self._emit([ServicesChanged(self._clock.now(), self.services, self.states)])

    def check_now(self, service_ids: Iterable[str]) -> None:
        """Look at these services as soon as the limits allow."""
        wanted = set(service_ids)
        now_s = self._clock.now().timestamp()
        for watch in self._rounds.watches:
            if watch.service.id in wanted:
                self._rounds.plan(watch, now_s)

    def hear_official(self, service_id: str, word: OfficialWord) -> None:
        """Take over what the page of a service's operator says."""
        state, now = self._states.get(service_id), self._clock.now()
        if state is not None:
            self._states[service_id] = replace(state, official=word)
            read_before = None if state.official is None else state.official.read_at
            changes = self._reconsider(service_id, Interval(read_before, now))
            self._emit([OfficialHeard(now, self._states[service_id]), *changes])

    def count_official(self, *, counts: bool) -> None:
        """Let what operators say change verdicts from now on, or no longer."""
        if counts is not self._official_counts:
            self._official_counts = counts
            when = Interval(None, self._clock.now())
            self._emit([change for service_id in self._states for change in self._reconsider(service_id, when)])

    async def explain(self, service_id: str) -> Diagnosis | None:
        """Find out now why a service is not well, or whether it is; None where it was not looked at yet."""
        service, state = self._services.get(service_id), self._states.get(service_id)
        if service is None or state is None or self.inquiries.diagnose is None:
            return None
        looked = [position for position, check in enumerate(state.checks) if check.last is not None]
        failed = [position for position in looked if state.checks[position].verdict is not Verdict.UP]
        if not looked:
            return None
        position = (failed or looked)[0]
        result = cast("CheckResult", state.checks[position].last)
        return await self._explain(self.inquiries.diagnose, service, position, result)

    def doubt_line(self) -> None:
        """The network changed: what was known of our own line no longer holds."""
        self._own_line.doubt()
        self._know_line(Line())

    def hear_line(self, line: Line) -> None:
        """Take over what was found out of our own line without a look; when it is better, look again at once."""
        before = self.line
        is_better = line.state in _WORKING and (before.state in _LOST or len(line.limits) < len(before.limits))
        self._know_line(line)
        if is_better:
            self.check_now(state.service_id for state in self._states.values() if state.cause in _OF_OUR_OWN)

    def forget(self, after: datetime, until: datetime) -> None:
        """Nobody looked between these moments: drop what is under way, believe nothing, begin a new round."""
        for task in self._tasks:
            task.cancel()
        events: list[Event] = [NotObserved(after, until)]
        for service_id, state in self._states.items():
            if state.verdict is not Verdict.PAUSED:
                checks = tuple(forget(check, until) for check in state.checks)
                events += self._believe(self._services[service_id], checks, Interval(after, until))
        for watch in self._rounds.watches:
            watch.busy = False
        self._rounds.stagger(self._rounds.watches, until.timestamp())
        self._emit(events)
        self.doubt_line()

    async def run(self) -> None:
        """Look when looks are due, until cancelled; then every look under way is cancelled, too."""
        seen, seen_s = self._clock.now(), self._clock.monotonic()
        async with asyncio.TaskGroup() as self._group:
            while True:
                now, now_s = self._clock.now(), self._clock.monotonic()
                if _is_gap((now - seen).total_seconds(), now_s - seen_s):
                    self.forget(min(seen, now), now)
                seen = self.watched_until = now
                seen_s = now_s
                for watch, due_s in self._rounds.due(now.timestamp()):
                    self._start(self._look_at(watch, datetime.fromtimestamp(due_s, UTC)))
                await self._clock.sleep(self._pause_s())

    def _state_after(
        self, known: Service | None, service: Service, kept: Sequence[int | None], state: ServiceState | None
    ) -> ServiceState:
        if known is None or state is None or known.paused is not service.paused:
            return self._first_state(service)
        if known == service:
            return state
        if service.paused:
            return replace(state, checks=tuple(CheckState() for _ in service.checks))
        carried = carried_state(state, service, kept, self._clock.now())
        if carried is None:
            return self._first_state(service)
        if known.official != service.official:
            return carried
        counts = self._official_counts
        verdict, cause = with_official_word(carried.verdict, carried.cause, state.official, counts=counts)
        since = state.since if verdict is state.verdict else carried.since
        return replace(carried, verdict=verdict, cause=cause, since=since, official=state.official)

    def _first_state(self, service: Service) -> ServiceState:
        checks = tuple(CheckState() for _ in service.checks)
        if service.paused:
            since = Interval(None, self._clock.now())
            return ServiceState(service.id, Verdict.PAUSED, Circumstance.PAUSED_BY_USER, since, checks)
        verdict, cause = service_verdict(service.checks, checks)
        return ServiceState(service.id, verdict, cause, None, checks)

    def _pause_s(self) -> float:
        next_s = self._rounds.next_s()
        return TICK_S if next_s is None else min(max(next_s - self._clock.now().timestamp(), _SOON_S), TICK_S)

    def _start(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
        """Do something beside the loop, until it is done or nobody looks any more."""
        task = cast("asyncio.TaskGroup", self._group).create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _look_at(self, watch: Watch, due: datetime) -> None:
        check = watch.check
        async with self.limits.slot(watch.service.id, check.host):
            began_s = self._clock.monotonic()
            result = self._usual_speed.judged(watch.service, watch.position, await self._look(check))
        line = await self._own_line.at_look(check, result, began_s, lasting=self._is_believed_down(watch))
        if result.failure is not None:
            await self.inquiries.be_over(watch.service.id)
        watch.busy = False
        if not watch.dropped:
            self._judge(watch, due, result, line)

    def _is_believed_down(self, watch: Watch) -> bool:
        return not watch.dropped and self._states[watch.service.id].checks[watch.position].verdict is Verdict.DOWN

    def _judge(self, watch: Watch, due: datetime, result: CheckResult, line: Line) -> None:
        service, check = watch.service, watch.check
        checks = list(self._states[service.id].checks)
        excused_by = excuse_found(result, self._states[service.id].diagnosis, watch.position)
        checks[watch.position] = next_check_state(checks[watch.position], result, line, check, excused_by)
        doubts = checks[watch.position].against
        if doubts and doubts[-1].verdict is not Verdict.UP:
            delay_s = recheck_delay_s(len(doubts), check.interval.total_seconds())
            self._rounds.plan(watch, self._clock.now().timestamp() + delay_s)
        changes = self._believe(service, tuple(checks), checks[watch.position].since)
        self._know_line(line)
        self._emit([ResultArrived(service.id, watch.position, due, result, self._states[service.id]), *changes])
        self._ask_why(service, watch.position, result)

    def _ask_why(self, service: Service, position: int, result: CheckResult) -> None:
        """Begin to find out why a service is not well, where that is not known yet or may have changed."""
        diagnose = self.inquiries.diagnose
        if diagnose is not None and self.inquiries.is_wanted(self._states[service.id], position, result):
            self.inquiries.begun(service.id, self._start(self._explain(diagnose, service, position, result)))

    async def _explain(self, diagnose: Diagnose, service: Service, position: int, result: CheckResult) -> Diagnosis:
        diagnosis = await diagnose(service, position, result)
        state = self._states.get(service.id)
        if state is not None and self._services[service.id] == service and still_holds(state):
            self._states[service.id] = replace(state, diagnosis=lasting(state.diagnosis, diagnosis))
            self._emit([Diagnosed(self._clock.now(), self._states[service.id])])
        return diagnosis

    def _know_line(self, line: Line) -> None:
        changed = (line.state, line.limits) != (self.line.state, self.line.limits)
        self._own_line.line = line
        if changed:
            self._emit([LineChanged(line)])

    def _reconsider(self, service_id: str, when: Interval) -> list[Event]:
        """Judge a service anew by what is known of it; return the transition if its verdict changed."""
        state, service = self._states[service_id], self._services[service_id]
        if state.verdict is Verdict.PAUSED or self._verdict(service, state.checks, state)[0] is state.verdict:
            return []
        return self._believe(service, state.checks, when)

    def _verdict(self, service: Service, checks: tuple[CheckState, ...], before: ServiceState) -> tuple[Verdict, Cause]:
        verdict, cause = verdict_of_all(service, checks, before)
        return with_official_word(verdict, cause, before.official, counts=self._official_counts)

    def _believe(self, service: Service, checks: tuple[CheckState, ...], when: Interval | None) -> list[Event]:
        """Keep the new states of a service's checks; return the transition if its verdict changed."""
        before = self._states[service.id]
        verdict, cause = self._verdict(service, checks, before)
        if verdict is before.verdict or when is None:
            since = before.since or when
            state = replace(before, cause=cause, since=since, checks=checks)
            self._states[service.id] = state if still_holds(state) else replace(state, diagnosis=None)
            return []
        state = replace(before, verdict=verdict, cause=cause, since=when, checks=checks)
        state = state if still_holds(state) else replace(state, diagnosis=None)
        self._states[service.id] = state
        return [Transitioned(Transition(service.id, before.verdict, verdict, cause, when), state)]


def _is_gap(wall_s: float, monotonic_s: float) -> bool:
    """Return whether nobody looked: the clock moved differently from time itself, or the loop stood still."""
    return abs(wall_s - monotonic_s) > JUMP_S or wall_s > GAP_S
