"""One climb: which rungs a failure asks for, and the questions of each, in parallel."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import dns.name

from manara.diagnosis.conclude_addresses import OF_ANOTHER, near
from manara.diagnosis.evidence import Heard, Knock, Remembered
from manara.diagnosis.knocking import Knocks
from manara.diagnosis.name_questions import NameQuestions
from manara.diagnosis.subject import Subject, is_private
from manara.model import CheckResult, Layer, Line, NameServer, Outcome, Reason, StepKind, Zone, ZoneServer

_MOST_OWN = 3
_MOST_UNCHECKED = 2
_MOST_PARENT_ADDRESSES = 3
_MOST_SERVER_ADDRESSES = 6
_MOST_OF_A_FAMILY = 2


ZoneOf: TypeAlias = Callable[[str], Awaitable[Zone | None]]
"""Finds out who answers for a name."""


@dataclass(slots=True)
class Notes:
    """What was found so far; it is judged as it stands when the time is over."""

    line: Line | None = None
    heard: list[Heard] = field(default_factory=list)
    knocks: list[Knock] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)

    def of(self, kind: StepKind) -> tuple[Heard, ...]:
        """Return what was heard on one rung."""
        return tuple(heard for heard in self.heard if heard.kind is kind)


@dataclass(frozen=True, slots=True)
class Means:
    """What a climb asks with."""

    questions: NameQuestions
    knocks: Knocks
    own: tuple[NameServer, ...]
    """The name servers that this computer asks."""
    witnesses: tuple[NameServer, ...]
    zone_of: ZoneOf | None
    """None where the owner's servers are not to be asked."""
    prove_line: Callable[[], Awaitable[Line]]


@dataclass(frozen=True, slots=True)
class Climb:
    """The ladder for one failure."""

    subject: Subject
    result: CheckResult
    good: Remembered | None
    local: bool
    means: Means
    notes: Notes

    async def run(self) -> None:
        """Ask everything that can tell something; what is heard goes into the notes at once."""
        failure = self.result.failure
        if failure is None or failure.layer is Layer.LOCAL or failure.reason is Reason.PROXY_FAILED:
            return
        async with asyncio.TaskGroup() as rungs:
            if not self.local and not _answered_by_itself(self.result):
                rungs.create_task(self._line())
            if self.subject.proxied:
                return
            if failure.layer is Layer.DNS:
                self._start_names(rungs)
            elif self.subject.host and self._looks_strange(failure.reason):
                self._start_witnesses(rungs)
                self._start_zones(rungs)
            if failure.layer is Layer.TCP:
                self._start_knocks(rungs)

    async def _line(self) -> None:
        self.notes.line = await self.means.prove_line()

    def _start_names(self, rungs: asyncio.TaskGroup) -> None:
        if not self.subject.host:
            return
        own = self.subject.servers or self.means.own
        asked = [rungs.create_task(self._resolver(StepKind.OWN_RESOLVER, server)) for server in own[:_MOST_OWN]]
        if self.subject.servers:
            return
        witnesses = self._start_witnesses(rungs)
        rungs.create_task(self._unchecked([*asked, *witnesses]))
        self._start_zones(rungs)

    def _start_zones(self, rungs: asyncio.TaskGroup) -> None:
        """Ask who answers for the host, and for the name that its aliases led to when all was well."""
        if self.means.zone_of is not None:
            rungs.create_task(self._zones(rungs, self.means.zone_of))

    def _start_witnesses(self, rungs: asyncio.TaskGroup) -> "list[asyncio.Task[Heard]]":
        others = [server for server in self.means.witnesses if server not in self.means.own]
        return [rungs.create_task(self._resolver(StepKind.WITNESS_RESOLVER, server)) for server in others]

    async def _resolver(self, kind: StepKind, server: NameServer) -> Heard:
        subject = self.subject
        heard = await self.means.questions.of_resolver(kind, server, subject.name, subject.rdtype)
        self.notes.heard.append(heard)
        return heard

    async def _unchecked(self, asked: "Sequence[asyncio.Task[Heard]]") -> None:
        """Where resolvers fail, ask them once more without checking signatures."""
        heard = [await task for task in asked]
        failed = [each for each in heard if each.reason is Reason.SERVFAIL]
        witnesses = [each for each in failed if each.kind is StepKind.WITNESS_RESOLVER]
        servers = {NameServer.parse(each.server): None for each in (witnesses or failed)}
        kind = StepKind.UNCHECKED
        await asyncio.gather(*(self._resolver(kind, server) for server in list(servers)[:_MOST_UNCHECKED]))

    async def _zones(self, rungs: asyncio.TaskGroup, zone_of: ZoneOf) -> None:
        chain = () if self.good is None else self.good.facts.cname_chain
        for host in dict.fromkeys((self.subject.host, *chain[-1:])):
            zone = await zone_of(host)
            if zone is not None and zone.name not in {each.name for each in self.notes.zones}:
                self.notes.zones.append(zone)
                self._start_zone(rungs, zone, dns.name.from_text(host))

    def _start_zone(self, rungs: asyncio.TaskGroup, zone: Zone, host: dns.name.Name) -> None:
        name, questions = dns.name.from_text(zone.name), self.means.questions
        for server, address in _spread(zone.parent_servers, _MOST_PARENT_ADDRESSES):
            rungs.create_task(self._note(questions.of_parent(server, address, name)))
        for server, address in _spread(zone.servers, _MOST_SERVER_ADDRESSES):
            asking = questions.of_server(server, address, name, host, self.subject.rdtype)
            rungs.create_task(self._note(asking))

    async def _note(self, asking: Awaitable[Heard]) -> None:
        self.notes.heard.append(await asking)

    def _start_knocks(self, rungs: asyncio.TaskGroup) -> None:
        if self.subject.port is not None:
            for address in _of_both_families(self.result.facts.addresses):
                rungs.create_task(self._knock(address, self.subject.port))

    async def _knock(self, address: str, port: int) -> None:
        self.notes.knocks.append(await self.means.knocks.at(address, port))

    def _looks_strange(self, reason: Reason) -> bool:
        """Whether the addresses may not be those of the name."""
        seen = self.result.facts.addresses
        before = () if self.good is None else self.good.facts.addresses
        if not seen or self.local:
            return False
        return reason in OF_ANOTHER or all(map(is_private, seen)) or (bool(before) and not near(seen, before))


def _answered_by_itself(result: CheckResult) -> bool:
    """Whether it was reached, if not well, or somebody who proved his identity answered: then our own line works."""
    if result.failure is not None and result.failure.reason.outcome is Outcome.DEGRADED:
        return True
    return bool(result.facts.http_status and result.facts.tls_version and result.facts.certificate)


def _of_both_families(addresses: Sequence[str]) -> list[str]:
    ipv4 = [address for address in addresses if ":" not in address]
    ipv6 = [address for address in addresses if ":" in address]
    return ipv4[:_MOST_OF_A_FAMILY] + ipv6[:_MOST_OF_A_FAMILY]


def _spread(servers: Sequence[ZoneServer], most: int) -> list[tuple[str, str]]:
    """Return names with addresses: each server's first address, then the second ones, and so on."""
    deepest = max((len(server.addresses) for server in servers), default=0)
    rounds = (
        (server.name, server.addresses[place])
        for place in range(deepest)
        for server in servers
        if place < len(server.addresses)
    )
    return [pair for pair, _ in zip(rounds, range(most), strict=False)]
