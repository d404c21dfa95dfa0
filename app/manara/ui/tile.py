"""One service as the grid shows it, and which services are shown in which order. Pure."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from manara.model import Circumstance, Outcome, Service, ServiceState, Verdict
from manara.ui.trend import Trend
from manara.wording import WORST_FIRST, Translator, age, latency, latency_ms, one_line, service_sentence

LOOKS_SHOWN = 20
STALE_ROUNDS = 3
"""A tile is stale when its newest look is older than so many intervals."""
CERTIFICATE_DAYS = 30
"""From so few days on, a tile says when the certificate ends."""
_LONGEST_NAME = 300


class Order(StrEnum):
    """How tiles are sorted."""

    PROBLEMS_FIRST = "problems-first"
    BY_NAME = "by-name"
    OWN = "own"


@dataclass(slots=True)
class Tile:
    """A service, what is believed of it, and its last looks."""

    service: Service
    state: ServiceState
    looks: deque[Outcome] = field(default_factory=lambda: deque(maxlen=LOOKS_SHOWN))
    trend: Trend = field(default_factory=Trend)

    @property
    def name(self) -> str:
        """The name on one line."""
        return one_line(self.service.name, _LONGEST_NAME)

    def sentence(self, tr: Translator, now: datetime) -> str:
        """Return how the service is, since when and why."""
        return service_sentence(tr, self.service, self.state, now)

    def spoken(self, tr: Translator, now: datetime) -> str:
        """Return what a screen reader says: `WhatsApp, Down for 12 min: the name servers did not answer`."""
        return ", ".join((self.name, self.sentence(tr, now), *self.flags(tr, now)))

    def latency(self, tr: Translator) -> str:
        """Return how long the last looks took; nothing where they failed."""
        took_ms = latency_ms(self.state)
        answered = self.state.verdict in (Verdict.UP, Verdict.DEGRADED)
        return latency(tr, took_ms) if answered and took_ms is not None else ""

    def flags(self, tr: Translator, now: datetime) -> tuple[str, ...]:
        """Return short remarks: the age of what is shown when that is old, and a certificate that ends soon."""
        return tuple(flag for flag in (self._stale(tr, now), self._certificate(tr, now)) if flag)

    def _stale(self, tr: Translator, now: datetime) -> str:
        looked_at = self.state.looked_at
        if looked_at is None or self.state.verdict is Verdict.PAUSED or not self.service.checks:
            return ""
        slowest = max(check.interval for check in self.service.checks)
        patience = STALE_ROUNDS * slowest + timedelta(seconds=15)
        return age(tr, looked_at, now) if now - looked_at > patience else ""

    def _certificate(self, tr: Translator, now: datetime) -> str:
        seen = (check.last.facts.certificate for check in self.state.checks if check.last)
        days = min((certificate.days_left(now) for certificate in seen if certificate), default=CERTIFICATE_DAYS)
        if not 0 <= days < CERTIFICATE_DAYS:
            return ""
        return tr.plural("certificate: {n} day", "certificate: {n} days", days).format(n=days)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tiles the user wants to see, and in which order."""

    text: str = ""
    verdicts: frozenset[Verdict] = frozenset()
    """Empty for all."""
    tag: str = ""
    order: Order = Order.PROBLEMS_FIRST

    def shown(self, tiles: Iterable[Tile]) -> list[Tile]:
        """Return the tiles to show."""
        return sorted(filter(self._wanted, tiles), key=self._key)

    def _wanted(self, tile: Tile) -> bool:
        if self.verdicts and tile.state.verdict not in self.verdicts:
            return False
        if self.tag and self.tag not in tile.service.tags:
            return False
        service = tile.service
        return _matches(self.text, (service.name, service.id, service.group, *service.tags))

    def _key(self, tile: Tile) -> tuple[int, str]:
        match self.order:
            case Order.PROBLEMS_FIRST:
                not_yet = tile.state.cause is Circumstance.NOT_LOOKED_YET
                return (len(WORST_FIRST) if not_yet else WORST_FIRST.index(tile.state.verdict), "")
            case Order.BY_NAME:
                return (0, tile.service.name.casefold())
            case Order.OWN:
                # Sorting keeps the order of equals: that of the settings.
                return (0, "")


def _matches(text: str, fields: Iterable[str]) -> bool:
    """Return whether every word of a text stands somewhere in the fields, whatever its case."""
    folded = "\n".join(fields).casefold()
    return all(word in folded for word in text.casefold().split())
