"""The notebook of one look: where it stands, how long each phase took, what was seen."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from typing import Any

from manara.model import CheckResult, Clock, Facts, Failure, Timings


class Phase(StrEnum):
    """What a look is doing; a deadline that passes is named by it."""

    PREPARE = "prepare"
    DNS = "dns"
    CONNECT = "connect"
    PROXY = "proxy"
    TLS = "tls"
    FIRST_BYTE = "first_byte"
    BODY = "body"
    REPLY = "reply"
    ECHO = "echo"


class Sighting:
    """What one look has found so far. A probe writes into it, so that nothing is lost when the look fails."""

    def __init__(self, clock: Clock, timeout_s: float = math.inf) -> None:
        self._clock = clock
        self._timeout_s = timeout_s
        self._started = clock.monotonic()
        self._phases_ms: dict[Phase, float] = {}
        self._not_counted_s = 0.0
        self.at = clock.now()
        self.phase = Phase.PREPARE
        self.address: str | None = None
        self.facts = Facts()
        self.answer_ms: float | None = None
        """How long the answer took, where that is not the whole look: the round trip of a ping."""

    def note(self, **facts: Any) -> None:
        """Keep fields of `Facts`."""
        self.facts = replace(self.facts, **facts)

    @contextmanager
    def measure(self, phase: Phase) -> Iterator[None]:
        """Enter a phase and add the time until its end, good or bad; `phase` stays set when it fails."""
        self.phase = phase
        started = self._clock.monotonic()
        try:
            yield
        finally:
            spent_ms = (self._clock.monotonic() - started) * 1000
            self._phases_ms[phase] = self._phases_ms.get(phase, 0.0) + spent_ms

    @contextmanager
    def not_counted(self) -> Iterator[None]:
        """Leave the time until its end out of the result: it is ours, and no property of what is looked at."""
        started = self._clock.monotonic()
        try:
            yield
        finally:
            self._not_counted_s += self._clock.monotonic() - started

    def elapsed_s(self) -> float:
        """Return seconds since the look began."""
        return self._clock.monotonic() - self._started

    def remaining_s(self) -> float:
        """Return seconds until the deadline of the look, never negative; infinite without a deadline."""
        return max(0.0, self._timeout_s - self.elapsed_s())

    def result(self, failure: Failure | None) -> CheckResult:
        """Close the notebook."""
        timings = Timings(
            dns_ms=self._phases_ms.get(Phase.DNS),
            connect_ms=self._phases_ms.get(Phase.CONNECT),
            tls_ms=self._phases_ms.get(Phase.TLS),
            first_byte_ms=self._phases_ms.get(Phase.FIRST_BYTE) if self.answer_ms is None else self.answer_ms,
            total_ms=(self.elapsed_s() - self._not_counted_s) * 1000,
        )
        return CheckResult(self.at, failure, timings, self.address, self.facts)
