"""Who answers for a name of which nothing was learned on a healthy day: found from above, by the zones' referrals.

Our own resolver cannot tell while the zone's servers are silent. The zone above can: a resolver of somebody else
names its servers, which it surely knows, and they name those to whom the zone was given (RFC 1034, 4.3).
"""

import asyncio
from collections.abc import Sequence

import dns.message
import dns.name
import dns.rrset
from dns.rcode import Rcode
from dns.rdatatype import RdataType

from manara.diagnosis.name_questions import Ask
from manara.diagnosis.sharing import Shared
from manara.model import Clock, NameServer, Zone, ZoneServer
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import Answer, ask
from manara.probes.dns_wire import Question

TRY_S = 0.5
_FEWEST_LABELS = 3
"""Of a name below a top-level zone, the root's empty one included."""
_DEEPEST = 4
"""Zones below the top one that are followed: `example`, `co.example`, `shop.co.example`, …"""
_MOST_SERVERS = 8
_MOST_WITHOUT_ADDRESS = 4
_ASKED_AT_ONCE = 2


class Delegations:
    """Follows referrals; every question is asked once for all who want to know."""

    def __init__(self, shared: Shared, witnesses: Sequence[NameServer], clock: Clock, *, ask: Ask = ask) -> None:
        self._shared = shared
        self._witnesses = tuple(witnesses)
        self._clock = clock
        self._ask = ask

    async def find(self, host: str) -> Zone | None:
        """Return the zone of a name with its servers; None where nobody of somebody else's can be asked, or knows."""
        name = dns.name.from_text(host)
        if len(name) < _FEWEST_LABELS:
            return None
        top = dns.name.Name(name.labels[-2:])
        above = await self._servers_by_witness(top)
        found: Zone | None = None
        for _ in range(_DEEPEST):
            zone, servers = await self._referral(name, above)
            if zone is None or (found is not None and len(zone) <= len(dns.name.from_text(found.name))):
                break
            found = Zone(_text(zone), servers, self._clock.now(), above)
            above = servers
        return found

    async def _servers_by_witness(self, top: dns.name.Name) -> tuple[ZoneServer, ...]:
        message = await self._first_told(Question(top, RdataType.NS), self._witnesses)
        names = [] if message is None else sorted(_targets(message.answer, top))[:_ASKED_AT_ONCE]
        return tuple(await asyncio.gather(*map(self._with_address, names)))

    async def _referral(
        self, name: dns.name.Name, above: Sequence[ZoneServer]
    ) -> tuple[dns.name.Name | None, tuple[ZoneServer, ...]]:
        """Ask servers of the zone above to whom the name was given."""
        addresses = [NameServer(server.addresses[0]) for server in above if server.addresses][:_ASKED_AT_ONCE]
        message = await self._first_told(Question(name, RdataType.A, recursion=False), addresses)
        zones = [] if message is None else [each.name for each in message.authority if each.rdtype == RdataType.NS]
        if message is None or message.answer or not zones or not name.is_subdomain(zones[0]):
            return None, ()
        names = sorted(_targets(message.authority, zones[0]))[:_MOST_SERVERS]
        glued = {each: _glue(message, each) for each in names}
        bare = [each for each in names if not glued[each]][:_MOST_WITHOUT_ADDRESS]
        found = {server.name: server for server in await asyncio.gather(*map(self._with_address, bare))}
        return zones[0], tuple(found.get(each, ZoneServer(each, glued[each])) for each in names)

    async def _with_address(self, name: str) -> ZoneServer:
        asked = dns.name.from_text(name)
        message = await self._first_told(Question(asked, RdataType.A), self._witnesses)
        if message is None:
            # It is known by servers of its own, which may be the silent ones: the zone above has their addresses.
            return ZoneServer(name, await self._glue_from_above(asked))
        records = (record for rrset in message.answer for record in rrset)
        return ZoneServer(name, tuple(str(record) for record in records if record.rdtype == RdataType.A))

    async def _glue_from_above(self, name: dns.name.Name) -> tuple[str, ...]:
        top = dns.name.Name(name.labels[-2:])
        found = await self._first_told(Question(top, RdataType.NS), self._witnesses)
        servers = [] if found is None else sorted(_targets(found.answer, top))[:_ASKED_AT_ONCE]
        addresses = [
            NameServer(str(record))
            for server in servers
            if (told := await self._first_told(Question(dns.name.from_text(server), RdataType.A), self._witnesses))
            for rrset in told.answer
            for record in rrset
            if record.rdtype == RdataType.A
        ][:_ASKED_AT_ONCE]
        message = await self._first_told(Question(name, RdataType.A, recursion=False), addresses)
        return () if message is None else _glue(message, _text(name))

    async def _first_told(self, question: Question, servers: Sequence[NameServer]) -> dns.message.Message | None:
        """Return the answer of the first server that gives a useful one."""
        asking = [asyncio.ensure_future(self._told(question, server)) for server in servers]
        try:
            for answered in asyncio.as_completed(asking):
                message = await answered
                if message is not None:
                    return message
        finally:
            for task in asking:
                task.cancel()
        return None

    async def _told(self, question: Question, server: NameServer) -> dns.message.Message | None:
        return await self._shared.get(("delegation", question, server), lambda: self._put(question, server))

    async def _put(self, question: Question, server: NameServer) -> dns.message.Message | None:
        try:
            answer: Answer = await self._ask(question, server, timeout_s=TRY_S)
            return answer.message() if answer.rcode is Rcode.NOERROR else None
        except LookFailed:
            return None


def _targets(section: Sequence[dns.rrset.RRset], zone: dns.name.Name) -> set[str]:
    return {
        _text(record.target)
        for rrset in section
        if rrset.rdtype == RdataType.NS and rrset.name == zone
        for record in rrset
    }


def _glue(message: dns.message.Message, name: str) -> tuple[str, ...]:
    owner = dns.name.from_text(name)
    return tuple(
        str(record)
        for rrset in message.additional
        if rrset.name == owner and rrset.rdtype in (RdataType.A, RdataType.AAAA)
        for record in rrset
    )


def _text(name: dns.name.Name) -> str:
    return str(name.to_text(omit_final_dot=True)).lower()
