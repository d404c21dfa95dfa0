"""Alerts that a test drives: it says what is seen and lets time pass, and keeps what the user is told.

Where the test wants it, incidents are followed as well, by the same rules as in the program.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from fakes.checks import make_service
from fakes.clock import START
from manara.alerts import Alerts
from manara.engine import Incidents
from manara.model import (
    CheckState,
    Circumstance,
    Conclusion,
    Confidence,
    Diagnosed,
    Diagnosis,
    Event,
    Incident,
    IncidentChanged,
    Interval,
    Line,
    LineChanged,
    LineState,
    Notice,
    Noticed,
    NoticeKind,
    NotObserved,
    Reason,
    Service,
    ServicesChanged,
    ServiceState,
    Silence,
    SilenceChanged,
    Transition,
    Transitioned,
    Verdict,
)

_CAUSES = {
    Verdict.DOWN: Reason.DNS_TIMEOUT,
    Verdict.DEGRADED: Reason.SLOW,
    Verdict.UNKNOWN: Circumstance.OWN_LINE,
    Verdict.PAUSED: Circumstance.PAUSED_BY_USER,
}


class World:
    """Services that are as the test says, and a user who is told."""

    def __init__(
        self,
        *service_ids: str,
        silence: Silence | None = None,
        incidents: Incidents | None = None,
        operators: Mapping[str, str] | None = None,
    ) -> None:
        self.now = START
        self.incidents = incidents
        self.alerts = Alerts(silence, incidents.open if incidents else ())
        self.notices: list[Notice] = []
        self.silences: list[Silence] = []
        self.story: list[Transition | Notice] = []
        """Changes and notices in the order in which they came."""
        self.states: dict[str, ServiceState] = {}
        self.services: tuple[Service, ...] = ()
        operated = operators or {}
        self.watch(*(make_service(each, operator=operated.get(each, "")) for each in service_ids))

    def watch(self, *services: Service) -> None:
        """These services are watched from now on; one that changed was not looked at yet, as with the engine."""
        known = {service.id: service for service in self.services}
        self.services = services
        states = self.states
        self.states = {each.id: states[each.id] if known.get(each.id) == each else _first(each) for each in services}
        self.happen(ServicesChanged(self.now, services, tuple(self.states.values())))

    def see(self, verdict: Verdict, *service_ids: str) -> None:
        """These services are believed to be so."""
        for service_id in service_ids:
            self._believe(service_id, verdict, _CAUSES.get(verdict), Interval(self.now, self.now))

    def up(self, *service_ids: str) -> None:
        self.see(Verdict.UP, *service_ids)

    def down(self, *service_ids: str) -> None:
        self.see(Verdict.DOWN, *service_ids)

    def degraded(self, *service_ids: str) -> None:
        self.see(Verdict.DEGRADED, *service_ids)

    def unknown(self, *service_ids: str) -> None:
        self.see(Verdict.UNKNOWN, *service_ids)

    def line(self, state: LineState, sign_in_url: str = "") -> None:
        self.happen(LineChanged(Line(state, self.now, sign_in_url=sign_in_url)))

    def sleep(self, seconds: float) -> None:
        """The computer sleeps, and wakes."""
        after, self.now = self.now, self.now + timedelta(seconds=seconds)
        self.happen(NotObserved(after, self.now))
        for service_id, state in self.states.items():
            if state.verdict is not Verdict.PAUSED:
                self._believe(service_id, Verdict.UNKNOWN, Circumstance.NOT_OBSERVED, Interval(after, self.now))
        self.line(LineState.UNKNOWN)

    def wait(self, seconds: float = 20) -> list[Notice]:
        """Let time pass; return what the user is told meanwhile."""
        known = len(self.notices)
        until = self.now + timedelta(seconds=seconds)
        while self.now < until:
            self.now = min(until, self.now + timedelta(seconds=1))
            self.happen()
            self.keep(self.alerts.due(self.now))
        return self.notices[known:]

    def acknowledge(self, *service_ids: str) -> None:
        self.keep(self.alerts.acknowledge(service_ids, self.now))

    def unacknowledge(self, *service_ids: str) -> None:
        self.keep(self.alerts.unacknowledge(service_ids, self.now))

    def pause(self, seconds: float | None = None) -> None:
        until = None if seconds is None else self.now + timedelta(seconds=seconds)
        self.keep(self.alerts.pause(until, self.now))

    def resume(self) -> None:
        self.keep(self.alerts.resume(self.now))

    def explain(self, conclusion: Conclusion, *service_ids: str, named: Sequence[str] = ()) -> None:
        """It is found out why these services are not well."""
        for service_id in service_ids:
            found = Diagnosis(service_id, 0, self.now, conclusion, Confidence.CERTAIN, named=tuple(named))
            self.states[service_id] = replace(self.states[service_id], diagnosis=found)
            self.happen(Diagnosed(self.now, self.states[service_id]))

    def together(self, incident: Incident, *merged: str) -> None:
        """It is told that these services fail together."""
        self.happen(IncidentChanged(self.now, incident, merged))

    def happen(self, *events: Event) -> None:
        followed = self.incidents.take(events, self.now) if self.incidents else []
        self.keep(self.alerts.take([*events, *followed], self.now))

    def keep(self, events: Sequence[Event]) -> None:
        notices = [event.notice for event in events if isinstance(event, Noticed)]
        self.notices += notices
        self.story += notices
        self.silences += [event.silence for event in events if isinstance(event, SilenceChanged)]

    def screen(self) -> dict[int, Notice]:
        """What stands on the user's screen."""
        shown: dict[int, Notice] = {}
        for notice in self.notices:
            shown[notice.id] = notice
        return {number: notice for number, notice in shown.items() if notice.kind is not NoticeKind.WITHDRAWN}

    def _believe(self, service_id: str, verdict: Verdict, cause: Reason | Circumstance | None, when: Interval) -> None:
        before = self.states[service_id]
        if verdict is before.verdict:
            return
        checks = tuple(CheckState(verdict, cause, when) for _ in before.checks)
        found = before.diagnosis if verdict in (Verdict.DOWN, Verdict.DEGRADED) else None
        state = self.states[service_id] = ServiceState(service_id, verdict, cause, when, checks, found)
        transition = Transition(service_id, before.verdict, verdict, cause, when)
        self.story.append(transition)
        self.happen(Transitioned(transition, state))


def _first(service: Service) -> ServiceState:
    if service.paused:
        since = Interval(None, START)
        return ServiceState(service.id, Verdict.PAUSED, Circumstance.PAUSED_BY_USER, since)
    return ServiceState(service.id, checks=tuple(CheckState() for _ in service.checks))


def told(notice: Notice) -> tuple[NoticeKind, dict[str, NoticeKind]]:
    """What a notice tells: its kind, and the kind of each service that is news."""
    return notice.kind, {each.service.id: each.kind for each in notice.services if each.news}


def moment(seconds: float) -> datetime:
    """The moment so long after the tests' clock started."""
    return START + timedelta(seconds=seconds)
