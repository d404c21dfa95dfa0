"""What the engine knows of our own line, and whom it believes about it: distant services that are well, or a proof."""

import math
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from manara.engine.excuses import Proof, limit_of, limits_left, only_family, proof_needed, proves_line
from manara.model import Check, CheckResult, Clock, Limit, Line, LineState, Witness, WitnessKind

ProveLine: TypeAlias = Callable[[float], Awaitable[Line]]
"""Tells whether our own line works; only evidence from after the given moment of the monotonic clock counts."""

LASTING_S = 10.0
"""How much older than a look a proof may be where nothing depends on it but that an outage goes on."""


class KnownLine:
    """The newest word on our own line."""

    def __init__(self, prove: ProveLine, clock: Clock) -> None:
        self._prove = prove
        self._clock = clock
        self.line = Line()
        self.asked_s = -math.inf
        """When a place far away was heard or asked in vain the last time, in seconds of the monotonic clock."""
        self._proven_s: dict[Limit | None, float] = {}
        """When a service last proved each family of addresses, by the limit that this disproves."""

    def doubt(self) -> None:
        """Believe nothing that was heard before."""
        self.asked_s = -math.inf
        self._proven_s.clear()

    async def at_look(self, check: Check, result: CheckResult, began_s: float, *, lasting: bool = False) -> Line:
        """Return what is known of our own line at a look, asked anew only where the result depends on it.

        What was heard before the look began proves nothing for it: the line may have died in between. Only where an
        outage is believed already does what was heard some seconds before do, so that one that lasts costs little.
        """
        since_s = began_s - LASTING_S if lasting else began_s
        if proves_line(result):
            self.asked_s = self._clock.monotonic()
            self._proven_s[limit_of(result.address) if result.address else None] = self.asked_s
            return self._seen_well(check, result)
        needed = proof_needed(result)
        if needed is Proof.NONE or (needed is Proof.ALIVE and self._is_proven(result, since_s)):
            return self.line
        line = await self._prove(since_s)
        self.asked_s = self._clock.monotonic()
        return line

    def _is_proven(self, result: CheckResult, since_s: float) -> bool:
        family = only_family(result)
        proven_s = max(self._proven_s.values(), default=-math.inf) if family is None else self._proven_s.get(family)
        return proven_s is not None and proven_s >= since_s

    def _seen_well(self, check: Check, result: CheckResult) -> Line:
        """Return our line after a service was well: what is broken of it is so still, unless this look shows better."""
        limits = limits_left(result, self.line)
        if limits:
            return replace(self.line, at=result.at, limits=limits)
        witness = Witness(check.host, True, result.address or "", result.timings.total_ms, WitnessKind.SERVICE)  # noqa: FBT003
        return Line(LineState.ONLINE, result.at, (witness,))
