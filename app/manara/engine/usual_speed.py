"""Slower than usual: a look is compared with those of the same hour of the week, not only with a fixed limit.

A single slow look says nothing, and when most services are slow at once, it is our own line that is slow.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from manara.model import CheckResult, Failure, Reason, Service, Usual

UsualOf: TypeAlias = Callable[[Service, int], Usual | None]
"""Returns how long looks at the check at a position usually take at this hour; None where too little is known."""

TIMES = 3.0
"""So many times the usual is slow."""
SPREADS = 5.0
"""So far above the usual, in spreads, is outside of what it does by itself."""
LEAST_MS = 1000.0
"""What is quicker than this, nobody calls slow."""
OF_LAST = 5
SLOW_OF_LAST = 3
"""So many of the last looks must have been slow."""
FEWEST_TO_COMPARE = 3
"""With fewer checks than this, nothing tells our own line from theirs."""


def is_slow(took_ms: float, usual: Usual) -> bool:
    """Return whether a look took much longer than usual, by its multiple and by its spread."""
    return took_ms > max(TIMES * usual.median_ms, usual.median_ms + SPREADS * usual.spread_ms, LEAST_MS)


class UsualSpeed:
    """Remembers which of the last looks at each check were slow."""

    def __init__(self, usual_of: UsualOf | None) -> None:
        self._usual_of = usual_of
        self._slow: dict[tuple[str, str, str], deque[bool]] = {}
        """By service, type and target of the check."""

    def judged(self, service: Service, position: int, result: CheckResult) -> CheckResult:
        """Return the result of a look, as a failure where it and others before it were slower than usual."""
        took_ms = result.timings.total_ms
        usual = None if self._usual_of is None else self._usual_of(service, position)
        if usual is None or took_ms is None or result.failure is not None:
            return result
        slow = is_slow(took_ms, usual)
        key = (service.id, service.checks[position].type, service.checks[position].target)
        last = self._slow.setdefault(key, deque(maxlen=OF_LAST))
        last.append(slow)
        if not slow or sum(last) < SLOW_OF_LAST or self._all_are_slow():
            return result
        failure = Failure(Reason.SLOWER_THAN_USUAL, f"{took_ms / usual.median_ms:.1f} × its usual")
        return replace(result, failure=failure, facts=replace(result.facts, usual_ms=usual.median_ms))

    def keep_only(self, service_ids: frozenset[str]) -> None:
        """Forget services that are not watched any more."""
        self._slow = {key: last for key, last in self._slow.items() if key[0] in service_ids}

    def _all_are_slow(self) -> bool:
        """Return whether most checks were slow when they were looked at last: then it is us."""
        latest = [last[-1] for last in self._slow.values()]
        return len(latest) >= FEWEST_TO_COMPARE and sum(latest) * 2 > len(latest)
