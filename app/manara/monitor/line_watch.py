"""Keeps what is known of our own connection fresh at little cost, so that its loss is seen before a service fails.

Watched services that are well prove it; only when none did for a minute, one page is asked, and no more often than once
for ten looks. While it is lost, one is asked every few seconds, so that its return is seen soon.
"""

import math
from collections.abc import Awaitable, Callable

from manara.engine import Engine
from manara.model import Clock, Line, LineState

TICK_S = 1.0
ASK_AFTER_S = 60.0
"""When a page is asked because nothing else showed whether our connection works."""
LOOKS_A_QUESTION = 10
"""Nobody is asked more often than once for so many looks: who watches little must not ask much."""
ASK_AGAIN_S = 5.0
"""How often one is asked while it is known not to work."""
_LOST = frozenset({LineState.OFFLINE, LineState.CAPTIVE})
_NOT_BROKEN = frozenset({LineState.ONLINE, LineState.UNKNOWN})


def is_due(state: LineState, asked_s_ago: float, looks_per_s: float) -> bool:
    """Return whether to ask about our connection, which was last heard of or asked about so long ago.

    `looks_per_s` is how many looks at services there are in a second; above 0.
    """
    if state in _LOST:
        return asked_s_ago >= ASK_AGAIN_S
    return asked_s_ago >= max(ASK_AFTER_S, LOOKS_A_QUESTION / looks_per_s)


class LineWatch:
    """Asks, and tells the engine."""

    def __init__(
        self,
        engine: Engine,
        ask_one: Callable[[], Awaitable[Line | None]],
        prove: Callable[[float], Awaitable[Line]],
        clock: Clock,
    ) -> None:
        self._engine = engine
        self._ask_one = ask_one
        self._prove = prove
        self._clock = clock
        self._asked_s = -math.inf

    async def run(self) -> None:
        """Watch until cancelled; where no service is watched, nobody is asked."""
        self._asked_s = self._clock.monotonic()
        while True:
            await self._clock.sleep(TICK_S)
            now_s = self._clock.monotonic()
            heard_s = max(self._asked_s, self._engine.line_asked_s)
            looks_per_s = self._looks_per_s()
            if looks_per_s and is_due(self._engine.line.state, now_s - heard_s, looks_per_s):
                self._asked_s = now_s
                await self._ask(now_s)

    def _looks_per_s(self) -> float:
        watched = (service for service in self._engine.services if not service.paused)
        return sum(1 / check.interval.total_seconds() for service in watched for check in service.checks)

    async def _ask(self, began_s: float) -> None:
        line = await self._found_out(self._engine.line.state, began_s)
        # A look that was made meanwhile knows better.
        if line is not None and self._engine.line_asked_s < began_s:
            self._engine.hear_line(line)

    async def _found_out(self, state: LineState, began_s: float) -> Line | None:
        """Return what is new: one page suffices while it says what is known already, else all are asked."""
        if state is not LineState.LIMITED:
            told = await self._ask_one()
            if told is None and state is LineState.OFFLINE:
                return None
            if told is not None and told.state is LineState.CAPTIVE is state:
                return None
            if told is not None and told.state is LineState.ONLINE and state in _NOT_BROKEN:
                return told
        line = await self._prove(began_s)
        # Without witnesses nobody was asked, which tells nothing.
        return line if line.witnesses else None
