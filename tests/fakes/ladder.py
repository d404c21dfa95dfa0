"""A small Internet for the ladder: name servers at addresses of their own, which in truth are servers on loopback.

An address at which nobody listens is silent at once, so that no test waits for silence.
"""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from manara.diagnosis import Explainer, Knocks, Memory, NameQuestions, Shared
from manara.model import (
    Check,
    CheckResult,
    Diagnosis,
    Line,
    LineState,
    NameServer,
    Reason,
    Service,
    SystemClock,
    Witness,
    Zone,
    ZoneServer,
)
from manara.probes import Network
from manara.probes.border import LookFailed
from manara.probes.dns_exchange import Answer, ask
from manara.probes.dns_wire import Question
from manara.probes.hosts import Hosts
from manara.probes.resolver import Resolver
from manara.probes.trust import Trust
from servers.dns_server import Behaviour, DnsServer, authoritative, good, referring

LEARNED = datetime(2021, 10, 4, 12, tzinfo=UTC)

OWN = "192.168.1.1"
WITNESSES = ("1.1.1.1", "8.8.8.8")
PARENTS = ("192.12.94.30",)
SERVERS = {"a.ns.shop.example": "129.134.30.12", "b.ns.shop.example": "129.134.31.12"}
HOST = "www.shop.example"
FOUND = {HOST: ["203.0.113.7"]}
ZONE_RECORDS = {**FOUND, "shop.example": ["SOA a.ns.shop.example. host.shop.example. 1 7200 900 1209600 86400"]}

ZONE = Zone(
    "shop.example",
    tuple(ZoneServer(name, (address,)) for name, address in SERVERS.items()),
    LEARNED,
    tuple(ZoneServer("a.nic.example", (address,)) for address in PARENTS),
)

ONLINE = Line(LineState.ONLINE, LEARNED, (Witness("http://anchor.example/", answered=True, detail="", ms=20.0),))


@dataclass
class Ladder:
    """The world around one service whose zone is `shop.example`."""

    line: Line = ONLINE
    zone: Zone | None = ZONE
    witnesses: tuple[str, ...] = WITNESSES
    ipv6: bool = True
    proxy: str = ""
    memory: Memory = field(default_factory=Memory)
    ports: dict[str, DnsServer] = field(default_factory=dict)
    asked: list[tuple[str, Question]] = field(default_factory=list)
    proved: list[float] = field(default_factory=list)
    """The moments from which on our own line was asked about."""
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __aenter__(self) -> Self:
        await self._stack.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def at(
        self,
        *addresses: str,
        records: Mapping[str, list[str]] | None = None,
        behave: Behaviour = good,
        follow: bool = True,
    ) -> DnsServer:
        """Let a name server listen at these addresses."""
        server = await self._stack.enter_async_context(DnsServer(records or {}, behave=behave, follow=follow))
        self.ports.update(dict.fromkeys(addresses, server))
        return server

    async def healthy_parents(self) -> None:
        await self.at(*PARENTS, behave=referring("shop.example", *SERVERS))

    async def healthy_servers(self, *addresses: str) -> None:
        await self.at(*(addresses or SERVERS.values()), records=ZONE_RECORDS, behave=authoritative)

    async def ask(self, question: Question, server: NameServer, *, timeout_s: float) -> Answer:
        """Ask whoever listens at an address of this world."""
        self.asked.append((server.address, question))
        there = self.ports.get(server.address)
        if there is None:
            raise LookFailed(Reason.DNS_TIMEOUT, f"{server} did not answer within {timeout_s:.2g} s")
        answer = await ask(question, there.name_server, timeout_s=timeout_s)
        return Answer(question, server, answer.gist, answer.wire, answer.ms, answer.over_tcp)

    def explainer(self, **options: Any) -> Explainer:
        async def prove(since_s: float) -> Line:
            self.proved.append(since_s)
            return self.line

        async def zone_of(_host: str) -> Zone | None:
            return self.zone

        clock = SystemClock()
        # However slow the machine is, what is asked in one test is asked once.
        shared = Shared(clock, reuse_s=3_600.0)
        resolver = Resolver((NameServer(OWN),), Hosts())
        return Explainer(
            Network(resolver, Trust(), self.proxy),
            prove,
            clock,
            witnesses=tuple(map(NameServer, self.witnesses)),
            memory=self.memory,
            questions=NameQuestions(shared, ask=self.ask, routed=self._routed),
            knocks=Knocks(shared, routed=self._routed),
            **{"zone_of": zone_of, **options},
        )

    async def explain(self, check: Check, result: CheckResult, **options: Any) -> Diagnosis:
        """Explain one failure."""
        service = Service("shop", "Shop", (check,))
        return await self.explainer(**options).explain(service, 0, result)

    def _routed(self, address: str) -> bool:
        return self.ipv6 or ":" not in address
