"""The rounds: which check of which service is due when. What did not change keeps its place when the services do."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from manara.engine.schedule import first_due_s, next_due_s
from manara.model import Check, Service


@dataclass(slots=True, eq=False)
class Watch:
    """One check of one service on its way through the schedule."""

    service: Service
    position: int
    due_s: float = 0.0
    """In seconds since 1970."""
    busy: bool = False
    """Whether a look is under way."""
    dropped: bool = False
    """Whether it is watched no more."""

    @property
    def check(self) -> Check:
        """What is looked at."""
        return self.service.checks[self.position]

    @property
    def key(self) -> str:
        """What its place within its interval follows from."""
        return f"{self.service.id}/{self.position}"


class Rounds:
    """Everything that is watched, in the order in which it is due. Moments are seconds since 1970."""

    def __init__(self) -> None:
        self.watches: list[Watch] = []
        self._queue: list[tuple[float, int, Watch]] = []
        self._tie = count()

    def follow(self, services: Sequence[tuple[Service, Sequence[int | None]]], now_s: float) -> None:
        """Watch these services from now on; of each check, the position that it had before, or None if it is new."""
        before: dict[str, dict[int, Watch]] = defaultdict(dict)
        for watch in self.watches:
            before[watch.service.id][watch.position] = watch
            watch.dropped = True
        self.watches = []
        added = [new for service, kept in services for new in self._follow(service, kept, before[service.id], now_s)]
        self.watches += added
        self.stagger(added, now_s)

    def stagger(self, watches: Sequence[Watch], now_s: float) -> None:
        """Begin a round with these: the first look at each soon, but not at all of them together."""
        for position, watch in enumerate(watches):
            self.plan(watch, first_due_s(position, len(watches), watch.check.interval.total_seconds(), now_s))

    def plan(self, watch: Watch, due_s: float) -> None:
        """Set when a watch is due; what was planned for it before is void."""
        watch.due_s = due_s
        heappush(self._queue, (due_s, next(self._tie), watch))

    def due(self, now_s: float) -> Iterator[tuple[Watch, float]]:
        """Return the watches that are due and not busy, each with the moment at which it was, and plan its next one."""
        while self._queue and self._queue[0][0] <= now_s:
            due_s, _, watch = heappop(self._queue)
            if watch.dropped or due_s != watch.due_s:
                continue
            self.plan(watch, next_due_s(watch.key, watch.check.interval.total_seconds(), now_s))
            if not watch.busy:
                watch.busy = True
                yield watch, due_s

    def next_s(self) -> float | None:
        """Return when something is due next; None where nothing is watched."""
        return self._queue[0][0] if self._queue else None

    def _follow(
        self, service: Service, kept: Sequence[int | None], before: Mapping[int, Watch], now_s: float
    ) -> Iterator[Watch]:
        """Go on with the watches that stay, and return those that are new."""
        for position, was_at in enumerate(kept):
            watch = None if was_at is None else before.get(was_at)
            if watch is None:
                yield Watch(service, position)
                continue
            same_pace = watch.check.interval == service.checks[position].interval
            watch.service, watch.position, watch.dropped = service, position, False
            self.watches.append(watch)
            if not same_pace:
                self.plan(watch, min(watch.due_s, now_s + watch.check.interval.total_seconds()))
