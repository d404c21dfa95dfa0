"""What the engine looks with: the network of the current settings and the proof of our own line."""

import asyncio
from collections.abc import Callable
from typing import TypeAlias

from manara.diagnosis import LineProver
from manara.model import Check, CheckResult, Clock, Line, NetworkOptions
from manara.probes import Network, look

BuildNetwork: TypeAlias = Callable[[NetworkOptions], Network]


class Instruments:
    """Looks and proves with one network, which can be exchanged while looks are under way."""

    def __init__(self, options: NetworkOptions, build_network: BuildNetwork, clock: Clock) -> None:
        self._build_network = build_network
        self._clock = clock
        self._options = options
        self._network = build_network(options)
        self._prover = LineProver(options, self.look, clock)

    async def rebuild(self, options: NetworkOptions | None = None) -> None:
        """Read the system's network anew, with other options if given; looks under way end with the old one."""
        self._options = options or self._options
        # Reads files of the system: not on the loop.
        self._network = await asyncio.to_thread(self._build_network, self._options)
        self._prover = LineProver(self._options, self.look, self._clock)

    async def look(self, check: Check) -> CheckResult:
        """Look once at a check."""
        return await look(check, self._network, self._clock)

    async def prove_line(self, since_s: float) -> Line:
        """Ask whether our own line works, or has worked since a moment of the monotonic clock."""
        return await self._prover.prove(since_s)
