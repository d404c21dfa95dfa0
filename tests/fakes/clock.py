"""A clock that moves only when the test moves it."""

import asyncio
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

START = datetime(2021, 10, 4, 15, 30, tzinfo=UTC)


class FakeClock:
    """Implements `manara.model.Clock`."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now
        self._monotonic = 1000.0
        self._tie = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        waiting = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self._monotonic + seconds, next(self._tie), waiting))
        await waiting

    def jump(self, seconds: float) -> None:
        """Set the time of day differently without letting time pass: a sleeping machine, a corrected clock."""
        self._now += timedelta(seconds=seconds)

    def pass_by(self, seconds: float) -> None:
        """Let time pass at once, as for a process that was stopped."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    async def advance(self, seconds: float) -> None:
        """Let time pass, waking every sleeper at its moment."""
        await settle()
        until = self._monotonic + seconds
        while self._sleepers and self._sleepers[0][0] <= until + 1e-9:
            moment, _, waiting = heappop(self._sleepers)
            self.pass_by(max(moment - self._monotonic, 0.0))
            if not waiting.done():
                waiting.set_result(None)
                await settle()
        self.pass_by(max(until - self._monotonic, 0.0))
        await settle()


async def settle() -> None:
    """Let every task that is ready run until it waits."""
    for _ in range(20):
        await asyncio.sleep(0)
