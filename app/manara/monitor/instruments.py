"""What the engine looks with: the network of the current settings, the proof of our own line, and the ladder."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from manara.diagnosis import (
    Delegations,
    Explainer,
    Knocks,
    LineProver,
    Memory,
    NameQuestions,
    Networks,
    OwnAnswers,
    Shared,
    Witnesses,
    ZoneLookup,
    Zones,
)
from manara.diagnosis.networks import AskTexts
from manara.diagnosis.subject import watched_name
from manara.loading import load
from manara.model import (
    Check,
    CheckResult,
    Clock,
    Diagnosis,
    DiagnosisOptions,
    Line,
    NameServer,
    NetworkLearned,
    NetworkOptions,
    OfficialPage,
    OfficialWord,
    Service,
    Zone,
    ZoneLearned,
)
from manara.official import Reading, Validators, words_once
from manara.probes import Network, look
from manara.probes.resolver import THE_SYSTEM

BuildNetwork: TypeAlias = Callable[[NetworkOptions], Network]

OFFICIAL_ONCE_S = 3.0
"""How long official pages may take where somebody waits."""
_NOT_BY_DNS = ("", "/etc/hosts", THE_SYSTEM)
"""Who answered for a name that no zone was asked for."""


class Instruments:
    """Looks, proves and explains with one network, which can be exchanged while looks are under way."""

    def __init__(
        self,
        options: NetworkOptions,
        build_network: BuildNetwork,
        clock: Clock,
        diagnosis: DiagnosisOptions | None = None,
        *,
        zones: Mapping[str, Zone] | None = None,
    ) -> None:
        self._build_network = build_network
        self._clock = clock
        self._options = options
        self._diagnosis = diagnosis or DiagnosisOptions()
        self._memory = Memory()
        self.zones = Zones(clock, known=zones)
        """Who answers for the watched names; what was known before is taken over with `preload`."""
        self.networks = Networks(clock)
        """Which networks the watched addresses belong to, where the user wants that to be asked."""
        self._network = build_network(options)
        self._make_ready()

    async def rebuild(self, options: NetworkOptions | None = None, diagnosis: DiagnosisOptions | None = None) -> None:
        """Read the system's network anew, with other options if given; looks under way end with the old one."""
        self._options = options or self._options
        self._diagnosis = diagnosis or self._diagnosis
        if not self._diagnosis.networks:
            self.networks.ask_no_more()
        # Reads files of the system: not on the loop.
        self._network = await asyncio.to_thread(self._build_network, self._options)
        self._make_ready()

    async def look(self, check: Check) -> CheckResult:
        """Look once at a check, and remember what was seen if it was good."""
        result = await look(check, self._network, self._clock)
        if result.failure is None:
            self._memory.take(check, result)
            if self._diagnosis.name_servers and result.facts.resolver not in _NOT_BY_DNS:
                for host in (watched_name(check), *result.facts.cname_chain[-1:]):
                    self.zones.saw_good(host)
            if self._diagnosis.networks:
                self.networks.saw_good(result.facts.addresses)
        return result

    async def prove_line(self, since_s: float) -> Line:
        """Ask whether our own line works, or has worked since a moment of the monotonic clock."""
        return await self._prover.prove(since_s)

    async def ask_one_witness(self) -> Line | None:
        """Ask one page whether our own line works; nothing unless it says yes, or wants a sign-in."""
        return await self._witnesses.ask_one()

    async def diagnose(self, service: Service, position: int, result: CheckResult) -> Diagnosis:
        """Find out why the check at this position failed so."""
        return await self._explainer.explain(service, position, result)

    async def read_official(self, page: OfficialPage, known: Validators) -> Reading:
        """Try to read an official page; `known` is what the last reading of it left."""
        # All dialects come along: loaded when a page is first read, and not on the loop.
        read = await asyncio.to_thread(load, "manara.official.page:read_page")
        reading: Reading = await read(page, self._network, self._clock, known=known)
        return reading

    async def hear_officials(self, services: Sequence[Service]) -> Mapping[str, OfficialWord]:
        """Return what the pages of services say, by the service's id, as far as they answer at once."""
        return await words_once(services, self.read_official, self._clock, within_s=OFFICIAL_ONCE_S)

    async def learn_zones(self, emit: Callable[[ZoneLearned], None]) -> None:
        """Learn who answers for the watched names, little by little, until cancelled."""
        await self.zones.run(self._zone_lookup, emit)

    async def learn_networks(self, emit: Callable[[NetworkLearned], None]) -> None:
        """Learn which networks the addresses belong to, little by little, until cancelled."""
        await self.networks.run(self._own_answers, emit)

    def watch(self, services: Iterable[Service]) -> None:
        """Forget what was seen of services that are not watched any more."""
        checks = [check for service in services for check in service.checks]
        self._memory.keep_only(checks)
        self.zones.keep_only((*map(watched_name, checks), *self._memory.aliases()))

    def _make_ready(self) -> None:
        self._witnesses = Witnesses(self._options, self._network, self._clock)
        self._prover = LineProver(self._witnesses.ask, self._clock)
        shared = Shared(self._clock)
        witnesses = tuple(map(NameServer.parse, self._options.witness_resolvers))
        self._delegations = Delegations(shared, witnesses, self._clock)
        self._explainer = Explainer(
            self._network,
            self.prove_line,
            self._clock,
            witnesses=witnesses,
            memory=self._memory,
            questions=NameQuestions(shared),
            knocks=Knocks(shared),
            zone_of=self._zone_of if self._diagnosis.name_servers else None,
        )

    async def _zone_of(self, host: str) -> Zone | None:
        return self.zones.of(host) or await self._delegations.find(host)

    def _zone_lookup(self) -> ZoneLookup:
        resolver = self._network.resolver
        return ZoneLookup(resolver.servers, resolver.resolve, self._clock, patience=resolver.patience)

    def _own_answers(self) -> AskTexts:
        resolver = self._network.resolver
        return OwnAnswers(resolver.servers, patience=resolver.patience).texts
