"""Which zone a name is in, and who serves it: by questions to our own resolver."""

import asyncio
from collections.abc import Awaitable, Callable

import dns.message
import dns.name
from dns.rdatatype import RdataType

from manara.diagnosis.own_answers import OwnAnswers
from manara.model import Clock, NameServer, Zone, ZoneServer
from manara.probes.border import LookFailed
from manara.probes.name_servers import Patience
from manara.probes.resolver import Resolved

MOST_SERVERS = 8
"""Most zones have four; the root and some others have thirteen."""
MOST_PARENT_SERVERS = 4
_MOST_STEPS = 12
"""Labels that are walked up."""


class ZoneLookup:
    """Asks our own resolver."""

    def __init__(
        self,
        servers: tuple[NameServer, ...],
        resolve: Callable[[str], Awaitable[Resolved]],
        clock: Clock,
        *,
        patience: Patience | None = None,
    ) -> None:
        self._own = OwnAnswers(servers, patience=patience)
        self._resolve = resolve
        self._clock = clock

    async def zone_name(self, host: str) -> str:
        """Return the zone that a name is in, in lower case without the final dot; empty where that is not told."""
        found = await self._top_of(dns.name.from_text(host))
        return "" if found is None else _text(found)

    async def zone(self, name: str) -> Zone | None:
        """Return a zone with its servers and those of the zone above; None where nobody tells its servers."""
        top = dns.name.from_text(name)
        above = None if top == dns.name.root else await self._top_of(top.parent())
        servers, parents = await asyncio.gather(
            self._servers_of(top, MOST_SERVERS), self._servers_of(above, MOST_PARENT_SERVERS)
        )
        return Zone(name, servers, self._clock.now(), parents) if servers else None

    async def _top_of(self, name: dns.name.Name) -> dns.name.Name | None:
        """Walk up to the top of a zone; most resolvers tell it at once, by naming whose word they pass on."""
        for _ in range(_MOST_STEPS):
            answer = await self._own.answer(name, RdataType.SOA)
            if answer is None:
                return None
            # An alias leads into another zone: what is said of that one does not count.
            tops = [top for top in _owners(answer, RdataType.SOA) if name.is_subdomain(top)]
            if tops:
                return max(tops, key=len)
            if name == dns.name.root:
                return None
            name = name.parent()
        return None

    async def _servers_of(self, zone: dns.name.Name | None, most: int) -> tuple[ZoneServer, ...]:
        answer = None if zone is None else await self._own.answer(zone, RdataType.NS)
        if answer is None or zone is None:
            return ()
        names = sorted(_targets(answer, zone))[:most]
        found = await asyncio.gather(*map(self._addresses_of, names))
        return tuple(ZoneServer(name, addresses) for name, addresses in zip(names, found, strict=True))

    async def _addresses_of(self, name: str) -> tuple[str, ...]:
        try:
            return tuple(sorted((await self._resolve(name)).addresses))
        except LookFailed:
            return ()


def _owners(message: dns.message.Message, rdtype: RdataType) -> list[dns.name.Name]:
    return [
        rrset.name for section in (message.answer, message.authority) for rrset in section if rrset.rdtype == rdtype
    ]


def _targets(message: dns.message.Message, zone: dns.name.Name) -> set[str]:
    return {
        _text(record.target)
        for rrset in message.answer
        if rrset.rdtype == RdataType.NS and rrset.name == zone
        for record in rrset
    }


def _text(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower()
