"""How many looks may be under way at once: one at a service, a few at a host, a number in all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Gate:
    """A semaphore that is thrown away when nobody holds or awaits it."""

    semaphore: asyncio.Semaphore
    users: int = 0


@dataclass(slots=True)
class Limits:
    """Slots for looks. Waiting is first come, first served at each of the three gates."""

    max_at_once: int = 200
    max_per_host: int = 4
    _gates: dict[tuple[str, str], _Gate] = field(default_factory=dict)

    @property
    def gates_in_use(self) -> int:
        """How many services, hosts and the whole together are held or awaited."""
        return len(self._gates)

    @asynccontextmanager
    async def slot(self, service_id: str, host: str) -> AsyncIterator[None]:
        """Wait for the service, its host, then the whole: nobody holds a wide gate while waiting for a narrow one."""
        async with (
            self._gate("service", service_id, 1),
            self._gate("host", host, self.max_per_host),
            self._gate("all", "", self.max_at_once),
        ):
            yield

    @asynccontextmanager
    async def _gate(self, kind: str, name: str, places: int) -> AsyncIterator[None]:
        gate = self._gates.setdefault((kind, name), _Gate(asyncio.Semaphore(places)))
        gate.users += 1
        try:
            async with gate.semaphore:
                yield
        finally:
            gate.users -= 1
            if not gate.users:
                del self._gates[kind, name]
