"""Following the official pages of the watched services: each page is read once for all services that share it."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from manara.model import (
    Clock,
    Line,
    LineState,
    OfficialPage,
    OfficialWord,
    Service,
    ServiceState,
    Unreadable,
    Verdict,
)
from manara.official.pace import URGENT_EVERY_S, is_never_read, next_due_s, tells_of_trouble
from manara.official.reading import Reading, Validators
from manara.official.steadying import steadied
from manara.official.word import word_of

ReadPage: TypeAlias = Callable[[OfficialPage, Validators], Awaitable[Reading]]
"""Tries to read a page; raises nothing."""
Hear: TypeAlias = Callable[[str, OfficialWord], None]
"""Takes the word on the service of that id."""

TICK_S = 1.0
"""How often it is seen which pages are due."""
AT_ONCE = 4
"""Most pages that are read at the same time."""
APART_S = 0.25
"""Between the first readings of two pages."""

_log = logging.getLogger(__name__)
_NO_WAY_OUT = frozenset({LineState.OFFLINE, LineState.CAPTIVE})
_NOT_WELL = frozenset({Verdict.DOWN, Verdict.DEGRADED})


class Watched(Protocol):
    """What is watched, and what is believed of it."""

    @property
    def services(self) -> tuple[Service, ...]:
        """The watched services."""

    @property
    def states(self) -> tuple[ServiceState, ...]:
        """What is believed of each, in the same order."""

    @property
    def line(self) -> Line:
        """What is known of our own line."""


@dataclass(slots=True, eq=False)
class _Followed:
    """A page that is read, and what it said."""

    page: OfficialPage
    due_s: float
    """When it is read first, or after our network has changed."""
    tried_s: float = -math.inf
    last: Reading | None = None
    good: Reading | None = None
    """The last that could be read."""
    failures: int = 0
    validators: Validators = field(default_factory=Validators)
    busy: bool = False

    @property
    def soonest_s(self) -> float:
        """Before this it is not due, whatever happens to its services."""
        if self.last is None or self.tried_s < self.due_s:
            return self.due_s
        return math.inf if is_never_read(self.page.kind) else self.tried_s + URGENT_EVERY_S


class OfficialWatch:
    """Reads the pages that are due, and tells each service what its page says."""

    def __init__(
        self, watched: Watched, read: ReadPage, hear: Hear, clock: Clock, *, wanted: Callable[[], bool]
    ) -> None:
        self._watched = watched
        self._read = read
        self._hear = hear
        self._clock = clock
        self._wanted = wanted
        """Whether the user wants pages to be read."""
        self._followed: dict[OfficialPage, _Followed] = {}
        self._services: tuple[Service, ...] = ()
        self._by_page: dict[OfficialPage, list[Service]] = {}

    async def run(self) -> None:
        """Follow the pages until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                for followed in self._due():
                    followed.busy = True
                    tasks.create_task(self._try(followed))
                await self._clock.sleep(TICK_S)

    def hurry(self) -> None:
        """Read every page soon: the network changed, or the computer has slept."""
        now_s = self._clock.monotonic()
        for place, followed in enumerate(self._followed.values()):
            followed.due_s = now_s + APART_S * place

    def _due(self) -> Sequence[_Followed]:
        """Return the pages to be read now, the most overdue first."""
        if not self._wanted():
            return ()
        services = self._sharing()
        now_s = self._clock.monotonic()
        idle = [each for each in self._followed.values() if not each.busy and each.soonest_s <= now_s]
        free = AT_ONCE - sum(each.busy for each in self._followed.values())
        if not idle or free < 1 or self._watched.line.state in _NO_WAY_OUT:
            return ()
        states = self._states()
        due = [(self._due_s(each, services[each.page], states), place, each) for place, each in enumerate(idle)]
        return [each for due_s, _, each in sorted(due)[:free] if due_s <= now_s]

    def _sharing(self) -> Mapping[OfficialPage, Sequence[Service]]:
        """Return which services share a page; where that has changed, follow these, and tell who has not heard."""
        services = self._watched.services
        if services != self._services:
            self._services, self._by_page = services, services_by_page(services)
            self._follow(self._by_page)
            states = self._states()
            for page, sharing in self._by_page.items():
                self._tell_late(self._followed[page], sharing, states)
        return self._by_page

    def _states(self) -> Mapping[str, ServiceState]:
        return {state.service_id: state for state in self._watched.states}

    def _follow(self, pages: Iterable[OfficialPage]) -> None:
        """Follow these pages from now on, and no others."""
        now_s = self._clock.monotonic()
        before, self._followed = self._followed, {}
        new = 0
        for page in pages:
            if page not in before:
                before[page] = _Followed(page, now_s + APART_S * new)
                new += 1
            self._followed[page] = before[page]

    def _due_s(self, followed: _Followed, sharing: Iterable[Service], states: Mapping[str, ServiceState]) -> float:
        if followed.last is None or followed.tried_s < followed.due_s:
            return followed.due_s
        told = followed.good.told if followed.good is not None else None
        urgent = any(is_not_well(states[service.id]) for service in sharing) or (
            told is not None and tells_of_trouble(told, self._clock.now())
        )
        return next_due_s(followed.page.url, followed.tried_s, followed.last, followed.failures, urgent=urgent)

    async def _try(self, followed: _Followed) -> None:
        followed.tried_s = self._clock.monotonic()
        followed.due_s = min(followed.due_s, followed.tried_s)
        sharing = self._sharing().get(followed.page, ())
        try:
            parts = {part: None for service in sharing for part in components_of(service)}
            reading = await self._read(replace(followed.page, components=tuple(parts)), followed.validators)
        except Exception:  # noqa: BLE001 - a mistake of ours in one dialect must not end the watch of all
            _log.exception("The reading of %s ended in an error of the program", followed.page.url)
            reading = Reading(self._clock.now(), None, Unreadable.NOT_ITS_FORMAT)
        if reading.told is not None and followed.good is not None and followed.good.told is not None:
            reading = replace(reading, told=steadied(reading.told, followed.good.told))
        followed.busy = False
        followed.last = reading
        followed.validators = reading.validators
        followed.failures = 0 if reading.told is not None else followed.failures + 1
        if reading.told is not None:
            followed.good = reading
        for service in self._sharing().get(followed.page, ()):
            self._tell(followed, reading, service)

    def _tell_late(self, followed: _Followed, sharing: Iterable[Service], states: Mapping[str, ServiceState]) -> None:
        """Tell services what their page has said before they were there, or had another."""
        for service in sharing:
            heard = states[service.id].official
            if followed.last is not None and (heard is None or heard.page != service.official):
                self._tell(followed, followed.last, service)

    def _tell(self, followed: _Followed, last: Reading, service: Service) -> None:
        page = replace(followed.page, components=components_of(service))
        before = None if followed.good is None else word_of(page, followed.good, None)
        self._hear(service.id, word_of(page, last, before))


def services_by_page(services: Iterable[Service]) -> dict[OfficialPage, list[Service]]:
    """Return which services share a page, whatever parts of it count for each; those that are paused need none."""
    found: dict[OfficialPage, list[Service]] = {}
    for service in services:
        if service.official is not None and not service.paused:
            found.setdefault(replace(service.official, components=()), []).append(service)
    return found


def components_of(service: Service) -> tuple[str, ...]:
    """Return which parts of its page count for a service; none of them means all."""
    return () if service.official is None else service.official.components


def is_not_well(state: ServiceState) -> bool:
    """Return whether something speaks against a service, be it confirmed or not."""
    if state.verdict in _NOT_WELL:
        return True
    return any(claim.verdict in _NOT_WELL for check in state.checks for claim in check.against)
