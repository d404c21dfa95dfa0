"""What is remembered of one watched service, to tell what it has in common with others and how it comes back."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from manara.diagnosis.common_cause import Failing, Watched
from manara.diagnosis.subject import watched_name
from manara.diagnosis.traits import traits_of
from manara.engine.recovery import Recovery
from manara.loading import load
from manara.model import (
    CheckResult,
    Conclusion,
    Diagnosis,
    Facts,
    Layer,
    Member,
    Outcome,
    Service,
    ServiceState,
    Trait,
    Verdict,
    Zone,
    ZoneServer,
)

LOOKS_KEPT = 20
"""So many good looks at a check tell its usual speed."""


@dataclass(slots=True, eq=False)
class Memory:
    """One service."""

    service: Service
    state: ServiceState
    usual: ServiceState | None = None
    """How it was before its trouble."""
    layer: Layer | None = None
    """The rung on which it fails, or failed last."""
    last_bad: datetime | None = None
    """The newest look that failed."""
    recovery: Recovery = field(default_factory=Recovery)
    _good: dict[int, Facts] = field(default_factory=dict)
    _bad: dict[int, Facts] = field(default_factory=dict)
    _took_ms: dict[int, deque[float]] = field(default_factory=dict)
    _traits: frozenset[Trait] | None = None

    @classmethod
    def of(cls, service: Service, state: ServiceState) -> Self:
        """Return what is known of a service from its last looks."""
        memory = cls(service, state)
        for position, check in enumerate(state.checks):
            if check.last is not None:
                memory.see(position, check.last, state)
        return memory

    def see(self, check: int, result: CheckResult, state: ServiceState) -> None:
        """Take over what a look found, and what is believed since then."""
        if result.outcome is Outcome.OK:
            self._good[check] = result.facts
            # How long it takes while it comes back is not what is usual.
            if result.timings.total_ms is not None and state.verdict is Verdict.UP:
                self._took_ms.setdefault(check, deque(maxlen=LOOKS_KEPT)).append(result.timings.total_ms)
        else:
            self._bad[check] = result.facts
            if result.outcome is Outcome.FAILED:
                self.last_bad = result.at
        self._traits = None

    def usual_ms(self, check: int) -> float | None:
        """Return how long a good look at a check usually takes; None where none is known."""
        # Asked for when something failed; a start need not load it.
        median: Callable[[Iterable[float]], float] = load("statistics:median")
        return median(self._took_ms[check]) if check in self._took_ms else None

    def forget_traits(self) -> None:
        """What is known of its names has changed."""
        self._traits = None

    def traits(self, zones: Mapping[str, Zone], networks: Mapping[str, str]) -> frozenset[Trait]:
        """Return what it may have in common with others: as seen on good looks, else on the bad ones."""
        if self._traits is None:
            facts = (self._good or self._bad).values()
            hosts = {watched_name(check) for check in self.service.checks}
            known = [zones[host] for host in sorted(hosts & zones.keys())] or _zone_told_by(self.state.diagnosis)
            self._traits = traits_of(self.service, facts, known, networks)
        return self._traits

    def watched(self, zones: Mapping[str, Zone], networks: Mapping[str, str]) -> Watched:
        """Return it as one of all that are watched; one whose looks are in doubt is no evidence of anything."""
        verdict = Verdict.UNKNOWN if self.state.in_doubt else self.state.verdict
        return Watched(self.service.id, verdict, self.traits(zones, networks), self.state.looked_at)

    def failing(self, member: Member, zones: Mapping[str, Zone], networks: Mapping[str, str]) -> Failing:
        """Return it as one of those that fail."""
        layer = self.layer or (member.conclusion.layer if member.conclusion else None)
        return Failing(self.service.id, member.began, layer, self.traits(zones, networks), member.conclusion)


_OF_ALL_SERVERS = (Conclusion.NAME_SERVERS_SILENT, Conclusion.NAME_SERVERS_FAIL)


def _zone_told_by(diagnosis: Diagnosis | None) -> list[Zone]:
    """Return the zone of a service whose name servers are known only by the diagnosis that names them."""
    if diagnosis is None or diagnosis.conclusion not in _OF_ALL_SERVERS:
        return []
    return [Zone(diagnosis.zone, tuple(map(ZoneServer, diagnosis.named)), diagnosis.at)]
