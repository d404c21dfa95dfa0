"""Incidents that a test drives: it says what looks find and lets time pass, and keeps what is told of incidents."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from fakes.checks import make_service
from fakes.clock import START
from manara.engine import Incidents
from manara.model import (
    CheckResult,
    CheckState,
    Circumstance,
    Claim,
    Conclusion,
    Confidence,
    Diagnosed,
    Diagnosis,
    Event,
    Facts,
    Failure,
    Incident,
    IncidentChanged,
    Interval,
    NetworkLearned,
    NotObserved,
    OfficialHeard,
    OfficialWord,
    Outcome,
    Reason,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    Timings,
    Transition,
    Transitioned,
    Verdict,
    Zone,
    ZoneLearned,
    ZoneServer,
)

MINUTE = timedelta(minutes=1)
_VERDICTS = {Outcome.OK: Verdict.UP, Outcome.DEGRADED: Verdict.DEGRADED, Outcome.FAILED: Verdict.DOWN}


class Outages:
    """Services that are looked at as the test says."""

    def __init__(
        self,
        *services: Service | str,
        going_on: Sequence[Incident] = (),
        zones: Mapping[str, Zone] | None = None,
        now: datetime = START,
    ) -> None:
        self.now = now
        self.incidents = Incidents(going_on, zones)
        self.told: list[IncidentChanged] = []
        self.services: tuple[Service, ...] = ()
        self.states: dict[str, ServiceState] = {}
        self._facts: dict[str, Facts] = {}
        self.watch(*(make_service(each) if isinstance(each, str) else each for each in services))

    @property
    def open(self) -> tuple[Incident, ...]:
        return self.incidents.open

    @property
    def together(self) -> list[set[str]]:
        """The services of each incident that goes on."""
        return [set(incident.service_ids) for incident in self.open]

    def watch(self, *services: Service) -> None:
        self.services = services
        self.states = {
            each.id: self.states.get(each.id, ServiceState(each.id, checks=tuple(CheckState() for _ in each.checks)))
            for each in services
        }
        self.happen(ServicesChanged(self.now, services, tuple(self.states.values())))

    def zone(self, name: str, *servers: str, hosts: Sequence[str]) -> None:
        """Who answers for the names of these hosts is learned."""
        self.happen(ZoneLearned(tuple(hosts), Zone(name, tuple(map(ZoneServer, servers)), self.now)))

    def network(self, prefix: str, network: str) -> None:
        """Which network the addresses of a prefix belong to is learned."""
        self.happen(NetworkLearned(self.now, prefix, network))

    def look(
        self,
        service_id: str,
        reason: Reason | None = None,
        *,
        began: Interval | None = None,
        check: int = 0,
        total_ms: float = 100.0,
        connect_ms: float | None = None,
        confirmed: bool = True,
        excused: bool = False,
        in_doubt: bool = False,
        **facts: Any,
    ) -> None:
        """A look finds this, and what it finds is believed unless it is not confirmed yet."""
        failure = Failure(reason, excused=excused) if reason else None
        timings = Timings(total_ms=total_ms, connect_ms=connect_ms)
        result = CheckResult(self.now, failure, timings, facts=Facts(**facts))
        before = self.states[service_id]
        verdict = _VERDICTS[result.outcome] if confirmed else before.verdict
        changed = verdict is not before.verdict
        last = next((each.last.at for each in before.checks if each.last), None)
        when = (began or Interval(last, self.now)) if changed else before.since
        cause = reason if confirmed else before.cause
        checks = list(before.checks)
        against = (Claim(self.now, Verdict.DOWN, reason),) if in_doubt else ()
        checks[check] = CheckState(verdict, cause, when, result, against=against)
        diagnosis = before.diagnosis if verdict is not Verdict.UP else None
        state = replace(before, verdict=verdict, cause=cause, since=when, checks=tuple(checks), diagnosis=diagnosis)
        self.states[service_id] = state
        events: list[Event] = [ResultArrived(service_id, check, self.now, result, state)]
        if changed and when is not None:
            events.append(Transitioned(Transition(service_id, before.verdict, verdict, cause, when), state))
        self.happen(*events)

    def up(self, *service_ids: str, **look: Any) -> None:
        for service_id in service_ids:
            self.look(service_id, **look)

    def down(self, *service_ids: str, reason: Reason = Reason.DNS_TIMEOUT, **look: Any) -> None:
        for service_id in service_ids:
            self.look(service_id, reason, **look)

    def explain(self, conclusion: Conclusion, *service_ids: str, named: Sequence[str] = ()) -> None:
        """It is found out why these services are not well."""
        for service_id in service_ids:
            found = Diagnosis(service_id, 0, self.now, conclusion, Confidence.CERTAIN, named=tuple(named))
            self.states[service_id] = replace(self.states[service_id], diagnosis=found)
            self.happen(Diagnosed(self.now, self.states[service_id]))

    def circumstance(self, cause: Circumstance, *service_ids: str, verdict: Verdict = Verdict.UNKNOWN) -> None:
        """These services are believed to be so for a reason that is no look's."""
        for service_id in service_ids:
            before, when = self.states[service_id], Interval(None, self.now)
            state = replace(before, verdict=verdict, cause=cause, since=when, diagnosis=None)
            self.states[service_id] = state
            self.happen(Transitioned(Transition(service_id, before.verdict, verdict, cause, when), state))

    def sleep(self, length: timedelta) -> None:
        after, self.now = self.now, self.now + length
        self.happen(NotObserved(after, self.now))
        self.circumstance(Circumstance.NOT_OBSERVED, *self.states)

    def hear(self, service_id: str, word: OfficialWord) -> None:
        self.states[service_id] = replace(self.states[service_id], official=word)
        self.happen(OfficialHeard(self.now, self.states[service_id]))

    def wait(self, length: timedelta) -> None:
        self.now += length

    def at(self, text: str) -> datetime:
        """Let it be this time of the tests' day; return the moment."""
        self.now = moment(text)
        return self.now

    def happen(self, *events: Event) -> None:
        """Let this happen, and let what follows from it be told, as it is a second later."""
        told = [*self.incidents.take(events, self.now), *self.incidents.take((), self.now + timedelta(seconds=1))]
        self.told += [each for each in told if isinstance(each, IncidentChanged)]


def moment(text: str) -> datetime:
    """Return a time of the tests' day."""
    hour, minute, second = map(int, text.split(":"))
    return datetime(START.year, START.month, START.day, hour, minute, second, tzinfo=UTC)
