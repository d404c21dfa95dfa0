"""How long looks usually take at this hour of the week, asked of the history once an hour."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime
from typing import Protocol

from manara.history import CheckKey, HistoryUnreadable, check_keys
from manara.model import Clock, Service, Usual

EVERY_S = 3600.0
"""What is usual changes with the hour."""


class Knows(Protocol):
    """Remembers how long looks took."""

    def usual(self, at: datetime) -> Future[Mapping[CheckKey, Usual]]:
        """Return what is usual around a moment, for each check of which enough is known."""


class UsualSpeeds:
    """What is usual now; nothing while it is not `wanted`."""

    def __init__(self, history: Knows, clock: Clock, wanted: Callable[[], bool]) -> None:
        self._history = history
        self._clock = clock
        self._wanted = wanted
        self._known: Mapping[CheckKey, Usual] = {}

    def of(self, service: Service, position: int) -> Usual | None:
        """Return how long looks at a check usually take at this hour; None where too little is known."""
        return self._known.get(check_keys(service)[position]) if self._known else None

    async def run(self) -> None:
        """Ask again and again, until cancelled."""
        while True:
            if self._wanted():
                try:
                    self._known = await asyncio.wrap_future(self._history.usual(self._clock.now()))
                except HistoryUnreadable:
                    # Nothing was kept yet, or it cannot be read: then nothing is known to be usual.
                    self._known = {}
            else:
                self._known = {}
            await self._clock.sleep(EVERY_S)
