"""The clock as the program sees it, so that tests can pass their own."""

import time
from datetime import UTC, datetime
from typing import Protocol

from manara.loading import load


class Clock(Protocol):
    """Tells the time of day and measures durations."""

    def now(self) -> datetime:
        """Return the time of day, aware UTC. It may jump."""

    def monotonic(self) -> float:
        """Return seconds since some moment. It never jumps, and stands still while a Linux machine sleeps."""

    async def sleep(self, seconds: float) -> None:
        """Wait for that many seconds of `monotonic`."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the time of day, aware UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since some moment."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for that many seconds."""
        # Loaded by who waits: a window that is to be there soon does not.
        await load("asyncio:sleep")(seconds)
