"""One service as the grid shows it, and which services are shown in which order. Pure."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from manara.model import Circumstance, Outcome, Service, ServiceState, Verdict
from manara.ui.trend import Trend
from manara.wording import WORST_FIRST, Translator, age, latency, latency_ms, one_line, service_sentence

LOOKS_SHOWN = 20
STALE_ROUNDS = 3
"""A tile is stale when its newest look is older than so many intervals."""
CERTIFICATE_DAYS = 30
"""From so few days on, a tile says when the certificate ends."""
_LONGEST_NAME = 300
_RANKS = {verdict: rank for rank, verdict in enumerate(WORST_FIRST)}
_LAST = len(_RANKS)


class Order(StrEnum):
    """How tiles are sorted."""

    PROBLEMS_FIRST = "problems-first"
    BY_NAME = "by-name"
    BY_GROUP = "by-group"
    OWN = "own"


@dataclass(slots=True)
class Tile:
    """A service, what is believed of it, and its last looks."""

    service: Service
    state: ServiceState
    looks: deque[Outcome] = field(default_factory=lambda: deque(maxlen=LOOKS_SHOWN))
    trend: Trend = field(default_factory=Trend)
    acknowledged: bool = False
    """Whether nothing is told of it until it is well again."""
    _said: tuple[tuple[object, ...], tuple[str, str, str, str]] | None = field(default=None, compare=False, repr=False)
    """The words as they were asked for last, and what they were made of: a picture asks at every frame."""

    @property
    def name(self) -> str:
        """The name on one line."""
        return one_line(self.service.name, _LONGEST_NAME)

    @property
    def site(self) -> str:
        """The address of the first check that has one a browser can open; nothing if none has."""
        targets = (check.target for check in self.service.checks)
        return next((target for target in targets if target.startswith(("http://", "https://"))), "")

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

    def face(self, tr: Translator, now: datetime) -> "Face":
        """Return all that is shown of it."""
        return Face(self.state.verdict, *self._words(tr, now), tuple(self.looks), self.trend.columns(now))

    def _words(self, tr: Translator, now: datetime) -> tuple[str, str, str, str]:
        made_of = (tr, self.service, self.state, self.acknowledged, now.replace(microsecond=0))
        if self._said is None or self._said[0] != made_of:
            words = (self.name, self.sentence(tr, now), self.latency(tr), " · ".join(self.flags(tr, now)))
            self._said = made_of, words
        return self._said[1]

    def flags(self, tr: Translator, now: datetime) -> tuple[str, ...]:
        """Return short remarks: that the user knows, how old it is when that is long, a certificate that ends soon."""
        acknowledged = tr("acknowledged") if self.acknowledged else ""
        return tuple(flag for flag in (acknowledged, self._stale(tr, now), self._certificate(tr, now)) if flag)

    def _stale(self, tr: Translator, now: datetime) -> str:
        looked_at = self.state.looked_at
        if looked_at is None or self.state.verdict is Verdict.PAUSED or not self.service.checks:
            return ""
        slowest = max(check.interval for check in self.service.checks)
        patience = STALE_ROUNDS * slowest + timedelta(seconds=15)
        return age(tr, looked_at, now) if now - looked_at > patience else ""

    def _certificate(self, tr: Translator, now: datetime) -> str:
        seen = (check.last.facts.certificate for check in self.state.checks if check.last)
        left = (certificate.days_left(now) for certificate in seen if certificate)
        # One that has ended is told by the verdict.
        days = min((days for days in left if days >= 0), default=CERTIFICATE_DAYS)
        if days >= CERTIFICATE_DAYS:
            return ""
        return tr.plural("certificate: {n} day", "certificate: {n} days", days).format(n=days)


@dataclass(frozen=True, slots=True)
class Face:
    """All that is shown of a tile: tiles with the same look the same."""

    verdict: Verdict
    name: str
    sentence: str
    latency: str
    flags: str
    looks: tuple[Outcome, ...]
    """The last ones, oldest first."""
    trend: tuple[float | None, ...]
    """The latency in ms of each column of time, oldest first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tiles the user wants to see, and in which order."""

    text: str = ""
    verdicts: frozenset[Verdict] = frozenset()
    """Empty for all."""
    group: str = ""
    tag: str = ""
    order: Order = Order.PROBLEMS_FIRST

    def shown(self, tiles: Iterable[Tile]) -> list[Tile]:
        """Return the tiles to show."""
        narrows = bool(self.text or self.verdicts or self.group or self.tag)
        # Sorting keeps the order of equals: that of the settings.
        return sorted(filter(self._wanted, tiles) if narrows else tiles, key=_KEYS[self.order])

    def place(self, tile: Tile) -> "_Place | None":
        """Return what the place of a tile goes by; None if it is not to be shown."""
        return _KEYS[self.order](tile) if self._wanted(tile) else None

    def _wanted(self, tile: Tile) -> bool:
        service, state = tile.service, tile.state
        # What was not looked at yet is no problem, and nothing else either.
        if self.verdicts and (state.verdict not in self.verdicts or state.cause is Circumstance.NOT_LOOKED_YET):
            return False
        if self.tag and self.tag not in service.tags:
            return False
        if self.group and self.group != service.group:
            return False
        return not self.text or _matches(self.text, (service.name, service.id, service.group, *service.tags))


_Place: TypeAlias = tuple[int, str, str, int]
"""Services without a group last; group; name; worst first."""


def _problems_first(tile: Tile) -> _Place:
    return (0, "", "", _LAST if tile.state.cause is Circumstance.NOT_LOOKED_YET else _RANKS[tile.state.verdict])


def _by_name(tile: Tile) -> _Place:
    return (0, "", tile.service.name.casefold(), 0)


def _by_group(tile: Tile) -> _Place:
    group = tile.service.group
    # Groups whose names differ in their case alone are different ones.
    return (not group, f"{group.casefold()}\0{group}", "", _problems_first(tile)[3])


def _alike(_tile: Tile) -> _Place:
    return (0, "", "", 0)


_KEYS = {
    Order.PROBLEMS_FIRST: _problems_first,
    Order.BY_NAME: _by_name,
    Order.BY_GROUP: _by_group,
    Order.OWN: _alike,
}


def _matches(text: str, fields: Iterable[str]) -> bool:
    """Return whether every word of a text stands somewhere in the fields, whatever its case."""
    folded = "\n".join(fields).casefold()
    return all(word in folded for word in text.casefold().split())
