"""Does an address take a connection? Asked once for all who want to know."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from socket import socket

from manara.diagnosis.evidence import Knock
from manara.diagnosis.sharing import Shared
from manara.model import Reason
from manara.probes.border import failure_of
from manara.probes.dialer import connected_socket
from manara.probes.resolver import has_route
from manara.probes.sighting import Phase

KNOCK_S = 1.5


class Knocks:
    """Knocks at addresses."""

    def __init__(
        self,
        shared: Shared,
        *,
        routed: Callable[[str], bool] = has_route,
        connect: Callable[[str, int], Awaitable[socket]] = connected_socket,
        limit_s: float = KNOCK_S,
    ) -> None:
        self._shared = shared
        self._routed = routed
        self._connect = connect
        self._limit_s = limit_s

    async def at(self, address: str, port: int) -> Knock:
        """Return whether an address takes a connection at a port; nothing is said to it."""
        return await self._shared.get(("knock", address, port), lambda: self._knock(address, port))

    async def _knock(self, address: str, port: int) -> Knock:
        if not self._routed(address):
            return Knock(address, Reason.NETWORK_UNREACHABLE)
        started = time.perf_counter()
        try:
            async with asyncio.timeout(self._limit_s):
                with closing(await self._connect(address, port)):
                    return Knock(address, None, (time.perf_counter() - started) * 1000)
        except OSError as error:
            reason = failure_of(error, Phase.CONNECT).reason
            return Knock(address, reason, (time.perf_counter() - started) * 1000)
