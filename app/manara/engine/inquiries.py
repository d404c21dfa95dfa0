"""The diagnoses that are asked for: at most one of each service at a time, and none without need."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from manara.engine.explaining import asks_why
from manara.model import CheckResult, Clock, Diagnosis, Service, ServiceState

Diagnose: TypeAlias = Callable[[Service, int, CheckResult], Awaitable[Diagnosis]]
"""Finds out why the check at this position failed so; bounded in time, and raises nothing."""


class Inquiries:
    """Keeps account of what is being found out; without `diagnose`, nothing is."""

    def __init__(self, diagnose: Diagnose | None, clock: Clock) -> None:
        self.diagnose = diagnose
        self._clock = clock
        self._begun_s: dict[str, float] = {}
        """When one of each service was begun last, in seconds of the monotonic clock."""
        self._under_way: dict[str, asyncio.Task[object]] = {}

    @property
    def under_way(self) -> tuple[asyncio.Task[object], ...]:
        """Those that have begun and not ended."""
        return tuple(self._under_way.values())

    def is_wanted(self, state: ServiceState, position: int, result: CheckResult) -> bool:
        """Return whether a look that came out like this asks for a diagnosis of its service now."""
        if self.diagnose is None or state.service_id in self._under_way:
            return False
        asked_s = self._begun_s.get(state.service_id, -math.inf)
        return asks_why(state, position, result, self._clock.monotonic() - asked_s)

    def begun(self, service_id: str, task: asyncio.Task[object]) -> None:
        """Take note that the diagnosis of a service has begun."""
        self._begun_s[service_id] = self._clock.monotonic()
        self._under_way[service_id] = task
        task.add_done_callback(lambda _task: self._under_way.pop(service_id, None))

    async def be_over(self, service_id: str) -> None:
        """Wait until nothing is being found out about a service: what it shows counts for the next judgement."""
        if service_id in self._under_way:
            await asyncio.wait([self._under_way[service_id]])

    def keep_only(self, service_ids: frozenset[str]) -> None:
        """Forget services that are not watched any more."""
        self._begun_s = {service_id: at_s for service_id, at_s in self._begun_s.items() if service_id in service_ids}
