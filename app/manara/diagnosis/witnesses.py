"""Asks everybody who can tell whether our own line works: the router, name servers, and pages on unrelated networks.

All at once and for a bounded time. A page that does not answer on the way that our own name servers name is looked for
on the way that the witnesses name, so that our line is not taken for dead when only our name servers are.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

from manara.diagnosis.anchor import AnchorLook, PageSeen, Way
from manara.diagnosis.line_state import Heard, Voice, line_of, voice_of, witness_of
from manara.diagnosis.next_door import NextDoor, gateway_witness, next_door
from manara.model import CheckResult, Clock, Line, LineState, NameServer, NetworkOptions, Reason, Witness, WitnessKind
from manara.probes import DnsCheck, Family, Network, look
from manara.probes.name_servers import Patience

_MOST_OWN_SERVERS = 3
_PATIENCE = Patience(try_s=0.6, all_s=1.5)


@dataclass(frozen=True, slots=True)
class Waits:
    """How long is waited for what."""

    ask_for: timedelta = timedelta(seconds=3)
    """For all of it."""
    ask_for_when_cut_off: timedelta = timedelta(seconds=1)
    """For all of it where no way leads out of this computer."""
    other_way_after_s: float = 1.2
    """Before a page that did not answer is looked for on the way that the witnesses name."""
    grace_s: float = 1.5
    """For the others once a page answered rightly: a lost packet is sent again after a second."""


class Witnesses:
    """Everybody who is asked, by the settings and by the network as it is now."""

    def __init__(
        self,
        options: NetworkOptions,
        network: Network,
        clock: Clock,
        look_next_door: Callable[[], NextDoor] = next_door,
        waits: Waits | None = None,
    ) -> None:
        self._anchors = options.anchors
        self._servers = tuple(map(NameServer.parse, options.witness_resolvers))
        self._network = network
        self._clock = clock
        self._look_next_door = look_next_door
        self._waits = waits or Waits()
        self._turns = cycle(options.anchors)

    async def ask(self) -> Line:
        """Ask all of them."""
        at = self._clock.now()
        if not self._anchors and not self._servers:
            return Line(LineState.UNKNOWN, at)
        # Reads files of the system: not on the loop.
        near = await asyncio.to_thread(self._look_next_door)
        asked = _Round(self._anchors, self._servers, self._network, self._clock, near=near, waits=self._waits)
        return line_of(await asked.hear(), at)

    async def ask_one(self) -> Line | None:
        """Ask one page, another one each time; return nothing unless it proves the line or wants a sign-in."""
        if not self._anchors:
            return None
        at = self._clock.now()
        seen = await AnchorLook(next(self._turns), self._network, self._clock).run(self._waits.ask_for)
        states = {Voice.RIGHT: LineState.ONLINE, Voice.PORTAL: LineState.CAPTIVE}
        state = states.get(voice_of(seen))
        return None if state is None else Line(state, at, (witness_of(seen),), clock_ahead=seen.clock_ahead)


class _Round:
    """One time of asking all of them."""

    def __init__(
        self,
        anchors: Sequence[str],
        servers: tuple[NameServer, ...],
        network: Network,
        clock: Clock,
        *,
        near: NextDoor,
        waits: Waits,
    ) -> None:
        self._anchors = anchors
        self._servers = servers
        self._network = network
        self._clock = clock
        self._near = near
        self._waits = waits
        self._within = waits.ask_for if near.routed else waits.ask_for_when_cut_off
        self._looks: list[tuple[AnchorLook, asyncio.Task[PageSeen]]] = []
        self._proven = asyncio.Event()

    async def hear(self) -> Heard:
        """Ask, and wait until all have answered or it has taken long enough."""
        own = self._network.resolver.servers[:_MOST_OWN_SERVERS]
        gateways = [self._begin(gateway_witness(address)) for address in self._near.gateways]
        own_servers = [self._begin(self._server(server, WitnessKind.OWN_RESOLVER)) for server in own]
        servers = [self._begin(self._server(server, WitnessKind.RESOLVER)) for server in self._servers]
        pages = [self._begin(self._page(url)) for url in self._anchors]
        everybody: list[asyncio.Task[Any]] = [*gateways, *own_servers, *servers, *pages]
        await self._wait(everybody)
        seen = tuple(task.result() if task.done() else one.cut_short() for one, task in self._looks)
        heard = Heard(
            self._near.witnesses,
            self._near.routed,
            tuple(task.result() for task in gateways if task.done()),
            _answers(own_servers, own, WitnessKind.OWN_RESOLVER),
            _answers(servers, self._servers, WitnessKind.RESOLVER),
            seen,
        )
        await _end([*everybody, *(task for _, task in self._looks)])
        return heard

    async def _wait(self, tasks: Sequence[asyncio.Task[Any]]) -> None:
        async def all_of_them() -> None:
            await asyncio.wait(tasks)

        async def proven_and_some() -> None:
            await self._proven.wait()
            await asyncio.sleep(self._waits.grace_s)

        waits = [asyncio.create_task(all_of_them()), asyncio.create_task(proven_and_some())]
        await asyncio.wait(waits, timeout=self._within.total_seconds(), return_when=asyncio.FIRST_COMPLETED)
        await _end(waits)

    async def _server(self, server: NameServer, kind: WitnessKind) -> Witness:
        """Ask a name server of somebody else for the root, and one of ours for what it will be needed for."""
        hosts = [urlsplit(url).hostname or "" for url in self._anchors]
        names = kind is WitnessKind.OWN_RESOLVER and bool(hosts)
        check = DnsCheck(
            name=hosts[0] if names else ".",
            record_type="A" if names else "NS",
            servers=(str(server),),
            timeout=self._within,
        )
        return _witness(str(server), kind, await look(check, self._network, self._clock))

    async def _page(self, url: str) -> None:
        """Look at a page on our own way, by each family of addresses that has one, and if need be on the other way."""
        both = self._near.routed >= {Family.IPV4, Family.IPV6} and not self._network.proxy
        families = (Family.IPV4, Family.IPV6) if both else (Family.ANY,)
        own = [self._look(AnchorLook(url, self._network, self._clock, family=family)) for family in families]
        await asyncio.wait(own, timeout=self._waits.other_way_after_s)
        if not any(task.done() and voice_of(task.result()) is Voice.RIGHT for task in own) and self._has_other_way():
            resolver = self._network.resolver.asking(self._servers, _PATIENCE)
            network = replace(self._network, resolver=resolver)
            own.append(self._look(AnchorLook(url, network, self._clock, way=Way.WITNESSES)))
        await asyncio.wait(own)

    def _has_other_way(self) -> bool:
        # A proxy finds the way by itself.
        return bool(self._servers) and not self._network.proxy

    def _look(self, one: AnchorLook) -> asyncio.Task[PageSeen]:
        async def look_and_tell() -> PageSeen:
            seen = await one.run(self._within)
            if voice_of(seen) is Voice.RIGHT:
                self._proven.set()
            return seen

        task = asyncio.create_task(look_and_tell())
        self._looks.append((one, task))
        return task

    def _begin(self, asking: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        return asyncio.create_task(asking)


def _answers(
    tasks: Sequence[asyncio.Task[Witness]], servers: Sequence[NameServer], kind: WitnessKind
) -> tuple[Witness, ...]:
    silent = Reason.DNS_TIMEOUT
    return tuple(
        task.result() if task.done() else Witness(str(server), False, silent.value, kind=kind, reason=silent)  # noqa: FBT003
        for task, server in zip(tasks, servers, strict=True)
    )


def _witness(place: str, kind: WitnessKind, result: CheckResult) -> Witness:
    failure = result.failure
    detail = failure.reason.value if failure else (result.address or "")
    reason = failure.reason if failure else None
    return Witness(place, failure is None, detail, result.timings.total_ms, kind, reason)


async def _end(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
