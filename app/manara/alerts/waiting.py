"""Of which services something is to be told, and since when."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

EXPLAINED = timedelta(seconds=3)
"""So long what is urgent waits, at most, for what says why: a diagnosis takes no longer."""


class Waiting:
    """Services that wait to be told of."""

    def __init__(self) -> None:
        self._since: dict[str, datetime] = {}

    def __bool__(self) -> bool:
        return bool(self._since)

    def __iter__(self) -> Iterator[str]:
        return iter(self._since)

    def __contains__(self, service_id: object) -> bool:
        return service_id in self._since

    def add(self, service_id: str, now: datetime) -> None:
        """A service waits from now on, if it does not yet."""
        self._since.setdefault(service_id, now)

    def discard(self, service_id: str) -> None:
        """A service waits no more."""
        self._since.pop(service_id, None)

    def drop(self, service_ids: Iterable[str]) -> None:
        """None of these services waits any more."""
        for service_id in service_ids:
            self.discard(service_id)

    def long_enough(self, service_ids: Iterable[str], now: datetime) -> bool:
        """Return whether one of these services has waited as long as it may."""
        # A clock that was set back must not make anybody wait.
        return any(not timedelta(0) <= now - self._since[each] < EXPLAINED for each in service_ids)
