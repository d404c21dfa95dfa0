"""Questions that several services have in common are asked once, and the answer is used for a few seconds."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

from manara.model import Clock

T = TypeVar("T")

REUSE_S = 5.0
MOST_AT_ONCE = 500
"""Open questions: a process may have about 1,000 sockets, and the looks want theirs."""


class Shared:
    """Asks each question once. A question must be bounded in time and raise nothing."""

    def __init__(self, clock: Clock, *, reuse_s: float = REUSE_S, at_once: int = MOST_AT_ONCE) -> None:
        self._clock = clock
        self._reuse_s = reuse_s
        self._slots = asyncio.Semaphore(at_once)
        self._asked: dict[Hashable, tuple[float, asyncio.Future[Any]]] = {}

    async def get(self, key: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """Return the answer to a question; `key` says which one it is. Who gives up waiting leaves it to the others."""
        now_s = self._clock.monotonic()
        self._forget(now_s - self._reuse_s)
        known = self._asked.get(key)
        if known is None:
            known = self._asked[key] = (now_s, asyncio.ensure_future(self._ask(ask)))
        return cast("T", await asyncio.shield(known[1]))

    async def _ask(self, ask: Callable[[], Awaitable[T]]) -> T:
        async with self._slots:
            return await ask()

    def _forget(self, before_s: float) -> None:
        # The oldest stand first.
        while self._asked:
            key, (asked_s, answer) = next(iter(self._asked.items()))
            if asked_s > before_s or not answer.done():
                return
            del self._asked[key]
