"""What is nearest: whether any way leads out of this computer, and whether the router next to us is there."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from manara.model import Reason, Witness, WitnessKind
from manara.probes import Family
from manara.probes.dialer import connected_socket
from manara.probes.resolver import families_routed
from manara.probes.surroundings import WayOut, ways_out

GATEWAY_PORTS = (80, 443, 53)
"""Whether a router takes a connection there or turns it down, it is there."""
_GATEWAY_S = 1.0
_MOST_GATEWAYS = 2
_VERSIONS = {4: Family.IPV4, 6: Family.IPV6}
_NAMES = {Family.IPV4: "IPv4", Family.IPV6: "IPv6"}


@dataclass(frozen=True, slots=True)
class NextDoor:
    """The ways out of this computer."""

    routed: frozenset[Family]
    ways: tuple[WayOut, ...] = ()

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """The ways out as evidence: each family that has one, or that there is none."""
        if not self.routed:
            reason = Reason.NETWORK_UNREACHABLE
            return (Witness("IP", answered=False, detail=reason.value, kind=WitnessKind.LINK, reason=reason),)
        return tuple(
            Witness(_NAMES[family], answered=True, detail=self._particulars(family), kind=WitnessKind.LINK)
            for family in sorted(self.routed)
        )

    @property
    def gateways(self) -> tuple[str, ...]:
        """The addresses of the routers next to us, where they are known."""
        return tuple(dict.fromkeys(way.gateway for way in self.ways if way.gateway))[:_MOST_GATEWAYS]

    def _particulars(self, family: Family) -> str:
        ways = [way for way in self.ways if _VERSIONS[way.version] is family]
        return ", ".join(dict.fromkeys(f"{way.interface} {way.gateway}".strip() for way in ways))


def next_door(
    routed: Callable[[], frozenset[Family]] = families_routed, ways: Callable[[], Sequence[WayOut]] = ways_out
) -> NextDoor:
    """Look at the ways out of this computer. Reads small files of the system, and sends nothing."""
    known = tuple(ways())
    cut_off = {_VERSIONS[way.version] for way in known} - {_VERSIONS[way.version] for way in known if way.up}
    return NextDoor(routed() - cut_off, known)


async def gateway_witness(address: str, ports: Sequence[int] = GATEWAY_PORTS) -> Witness:
    """Knock at a router; one that stays silent proves nothing, since many do by choice."""
    began_s = time.monotonic()
    knocks = [asyncio.create_task(_is_there(address, port)) for port in ports]
    try:
        async with asyncio.timeout(_GATEWAY_S):
            for knock in asyncio.as_completed(knocks):
                if await knock:
                    ms = (time.monotonic() - began_s) * 1000
                    return Witness(address, answered=True, detail=address, ms=ms, kind=WitnessKind.GATEWAY)
    except TimeoutError:
        pass
    finally:
        for task in knocks:
            task.cancel()
        await asyncio.gather(*knocks, return_exceptions=True)
    reason = Reason.CONNECT_TIMEOUT
    return Witness(address, answered=False, detail=reason.value, kind=WitnessKind.GATEWAY, reason=reason)


async def _is_there(address: str, port: int) -> bool:
    try:
        sock = await connected_socket(address, port)
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    sock.close()
    return True
