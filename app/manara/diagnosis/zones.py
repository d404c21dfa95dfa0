"""Who answers for the watched names: learned from our own resolver on healthy days, to be asked directly on bad ones.

A host is learned once after its first good look, then every six hours or so. Hosts in one zone share what is known of
it. At most two are learned at a time, and a pause lies between one and the next, so that a start with hundreds of
services is no burst.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

from manara.diagnosis.zone_lookup import ZoneLookup
from manara.model import Clock, Zone, ZoneLearned, ZoneServer

AGAIN_AFTER_S = 6 * 3600.0
"""How long what is known of a zone is good."""
RETRY_AFTER_S = 1800.0
"""When a zone could not be learned."""
JITTER = 0.2
"""So much sooner, at most: what was learned together is not learned again together."""
MOST_HOSTS = 20_000
"""Names that aliases lead to may change with every look; a flood of them is not learned."""
AT_ONCE = 2
PAUSE_S = 0.25

_log = logging.getLogger(__name__)


class Zones:
    """What is known of zones, by host, and the work of learning it."""

    def __init__(
        self,
        clock: Clock,
        *,
        known: Mapping[str, Zone] | None = None,
        random: Random | None = None,
    ) -> None:
        self._clock = clock
        self._random = random or Random()  # noqa: S311 - spreads load; nothing depends on its being secret
        self._zone_of: dict[str, str] = {}
        self._zones: dict[str, Zone] = {}
        self._due_s: dict[str, float] = {}
        self._waiting: deque[str] = deque()
        self._some = asyncio.Event()
        self.preload(known or {})

    def preload(self, zones: Mapping[str, Zone]) -> None:
        """Take over what was remembered from before, by host; it is learned again when it is old."""
        for host, zone in zones.items():
            self._zone_of[host] = zone.name
            self._zones[zone.name] = zone
            age_s = (self._clock.now() - zone.learned_at).total_seconds()
            # A clock that was put back must not keep an old answer for long.
            left_s = self._lasting_s() - max(age_s, 0.0)
            self._due_s[host] = self._clock.monotonic() + max(left_s, 0.0)

    def of(self, host: str) -> Zone | None:
        """Return the zone that a host is in, as far as it is known."""
        return self._zones.get(self._zone_of.get(host, ""))

    def saw_good(self, host: str) -> None:
        """A look at this host was good: learn about it if that is due."""
        if not host or (host not in self._due_s and len(self._due_s) >= MOST_HOSTS):
            return
        if self._due_s.get(host, 0.0) <= self._clock.monotonic():
            # Not again while it waits or is being learned.
            self._due_s[host] = self._clock.monotonic() + RETRY_AFTER_S
            self._waiting.append(host)
            self._some.set()

    def keep_only(self, hosts: Iterable[str]) -> None:
        """Forget the hosts that are not watched any more."""
        wanted = set(hosts)
        self._zone_of = {host: zone for host, zone in self._zone_of.items() if host in wanted}
        self._due_s = {host: due_s for host, due_s in self._due_s.items() if host in wanted}
        self._waiting = deque(host for host in self._waiting if host in wanted)
        used = set(self._zone_of.values())
        self._zones = {name: zone for name, zone in self._zones.items() if name in used}

    async def run(self, lookup: Callable[[], ZoneLookup], emit: Callable[[ZoneLearned], None]) -> None:
        """Learn what is waiting, until cancelled; what is new is told."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(self._learn_all(lookup, emit))

    async def _learn_all(self, lookup: Callable[[], ZoneLookup], emit: Callable[[ZoneLearned], None]) -> None:
        while True:
            while not self._waiting:
                self._some.clear()
                await self._some.wait()
            await self._learn(self._waiting.popleft(), lookup(), emit)
            await self._clock.sleep(PAUSE_S)

    async def _learn(self, host: str, lookup: ZoneLookup, emit: Callable[[ZoneLearned], None]) -> None:
        name = await lookup.zone_name(host)
        known = self._zones.get(name)
        if known is not None and self._clock.now() - known.learned_at < timedelta(seconds=AGAIN_AFTER_S / 2):
            # Another host of the zone was learned a moment ago.
            found: Zone | None = known
        else:
            found = await lookup.zone(name) if name else None
        if found is None or host not in self._due_s:
            _log.debug("Who answers for %s could not be learned", host)
            return
        self._due_s[host] = self._clock.monotonic() + self._lasting_s()
        if (learned := self._take(host, _merged(known, found))) is not None:
            emit(learned)

    def _take(self, host: str, zone: Zone) -> ZoneLearned | None:
        """Keep a zone; return what is to be told if it is new."""
        before = self.of(host)
        self._zones[zone.name] = zone
        self._zone_of[host] = zone.name
        if before is not None and replace(before, learned_at=zone.learned_at) == zone:
            return None
        return ZoneLearned(tuple(sorted(each for each, name in self._zone_of.items() if name == zone.name)), zone)

    def _lasting_s(self) -> float:
        return AGAIN_AFTER_S * (1 - JITTER * self._random.random())


def _merged(known: Zone | None, found: Zone) -> Zone:
    """Return what was found; a server whose address was not found this time keeps the one that was known."""
    if known is None:
        return found
    servers = _with_addresses(found.servers, known.servers)
    return replace(
        found,
        servers=servers,
        parent_servers=_with_addresses(found.parent_servers, known.parent_servers) or known.parent_servers,
    )


def _with_addresses(found: tuple[ZoneServer, ...], known: tuple[ZoneServer, ...]) -> tuple[ZoneServer, ...]:
    addresses = {server.name: server.addresses for server in known}
    return tuple(
        server if server.addresses else ZoneServer(server.name, addresses.get(server.name, ())) for server in found
    )
