"""Histories on the disk with a past that a test wants: looks at given moments, and what was believed after each."""

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from fakes.checks import make_service
from manara.history import NAME
from manara.history.file import open_for_writing
from manara.history.housekeeping import Housekeeping
from manara.history.moments import ms_of
from manara.history.recorder import Recorder
from manara.history.store import Store
from manara.model import (
    Check,
    CheckResult,
    CheckState,
    Circumstance,
    Event,
    Failure,
    Interval,
    NotObserved,
    Outcome,
    Reason,
    ResultArrived,
    Service,
    ServicesChanged,
    ServiceState,
    Timings,
    Verdict,
)

_BELIEVED = {Outcome.OK: Verdict.UP, Outcome.DEGRADED: Verdict.DEGRADED, Outcome.FAILED: Verdict.DOWN}


class Chronicle:
    """Writes the history of a folder, as a Manara would that believes every look at once."""

    def __init__(self, folder: Path, *services: Service) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.services = services or (make_service("shop"),)
        self._connection = open_for_writing(folder / NAME)
        # The tests need not survive a power cut.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._store = Store(self._connection)
        self._recorder = Recorder()
        self._states = {service.id: ServiceState(service.id) for service in self.services}
        self._looked: dict[str, datetime] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def begin(self, at: datetime) -> None:
        """Begin to watch."""
        self._states = {
            service.id: ServiceState(service.id, checks=tuple(CheckState() for _ in service.checks))
            for service in self.services
        }
        self._recorder.take(ServicesChanged(at, self.services, tuple(self._states.values())))

    def look(
        self,
        at: datetime,
        reason: Reason | None = None,
        *,
        service_id: str | None = None,
        total_ms: float | None = 12.0,
        excused: bool = False,
    ) -> None:
        """Let a look at the first check of a service end, good without a reason."""
        service_id = service_id or self.services[0].id
        failure = Failure(reason, excused=excused) if reason else None
        timings = Timings(dns_ms=1.0, connect_ms=2.0, total_ms=total_ms)
        result = CheckResult(at, failure, timings, "203.0.113.7")
        verdict = _BELIEVED.get(result.outcome, Verdict.UNKNOWN)
        self.believe(at, verdict, None if verdict is Verdict.UP else reason, result, service_id=service_id)

    def believe(
        self,
        at: datetime,
        verdict: Verdict,
        cause: Reason | Circumstance | None = None,
        result: CheckResult | None = None,
        *,
        service_id: str | None = None,
    ) -> None:
        """Let a look end after which something else is believed than it says, such as maintenance."""
        service_id = service_id or self.services[0].id
        before = self._states[service_id]
        since = before.since if before.verdict is verdict else Interval(self._looked.get(service_id), at)
        result = result or CheckResult(at, None, Timings(total_ms=12.0), "203.0.113.7")
        check = CheckState(verdict, cause, since, result)
        state = ServiceState(service_id, verdict, cause, since, (check, *before.checks[1:]))
        self._states[service_id] = state
        self._looked[service_id] = at
        self._recorder.take(ResultArrived(service_id, 0, at, result, state))
        self._recorder.hear(at)

    def take(self, *events: Event) -> None:
        """Let this be told by the engine, besides the looks."""
        for event in events:
            self._recorder.take(event)

    def sleep(self, after: datetime, until: datetime) -> None:
        """Let nobody look for a while."""
        self._recorder.take(NotObserved(after, until))
        self._states = {
            service_id: ServiceState(service_id, checks=state.checks) for service_id, state in self._states.items()
        }
        self._looked.clear()

    def hear(self, at: datetime) -> None:
        """Watch until a moment."""
        self._recorder.hear(at)

    def write(self) -> None:
        """Put all of it on the disk."""
        self._store.write(self._recorder.taken())

    def keep_house(self, now: datetime) -> None:
        """Sum up and drop what is due."""
        housekeeping = Housekeeping(self._store)
        while housekeeping.step(ms_of(now), 14 * 86_400_000):
            pass

    def end(self) -> None:
        """Stop to watch, and write."""
        self._recorder.end()
        self.write()


def named(service_id: str, name: str, *checks: Check) -> Service:
    """A service with a name of its own."""
    made = make_service(service_id, *checks)
    return Service(service_id, name, made.checks)
