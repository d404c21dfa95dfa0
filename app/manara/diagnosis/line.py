"""Is it me? Asks only when a failure raises the question, at most once a second, and once for all who ask together."""

import asyncio
import math
from collections.abc import Awaitable, Callable

from manara.model import Clock, Line

AT_MOST_EVERY_S = 1.0
"""How soon the witnesses may be asked again, however many services fail."""


class LineProver:
    """Asks the witnesses; questions that come together share one answer."""

    def __init__(self, ask: Callable[[], Awaitable[Line]], clock: Clock) -> None:
        self._ask = ask
        self._clock = clock
        self._asking = asyncio.Lock()
        self._line = Line()
        self._asked_s = -math.inf

    async def prove(self, since_s: float) -> Line:
        """Return what the witnesses say, asked after the moment `since_s` of the monotonic clock.

        An older answer would not do: our own line may have died in between.
        """
        async with self._asking:
            if self._asked_s < since_s:
                too_soon_s = self._asked_s + AT_MOST_EVERY_S - self._clock.monotonic()
                if too_soon_s > 0:
                    await self._clock.sleep(too_soon_s)
                self._asked_s = self._clock.monotonic()
                self._line = await self._ask()
            return self._line
