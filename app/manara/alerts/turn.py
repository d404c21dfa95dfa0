"""When it is the turn of what waits to be told: what matters at once, the rest a moment later, all of it together.

The first change is told without delay. What follows soon waits, so that it is told together, in the same place.
"""

from datetime import datetime, timedelta

GROUP = timedelta(seconds=10)
"""At most once in this time something is told; so long, too, waits what is not urgent."""


class Turn:
    """Whether something waits, since when, and how long nothing is to be told."""

    def __init__(self) -> None:
        self._waits_since: datetime | None = None
        self._held_since: datetime | None = None

    def wait(self, now: datetime) -> None:
        """Something waits to be told."""
        self._waits_since = self._waits_since or now

    def hold(self, now: datetime) -> None:
        """Something was told, or much will follow soon: whatever waits, waits from now on."""
        self._held_since = now
        if self._waits_since is not None:
            self._waits_since = now

    def rest(self) -> None:
        """Nothing waits any more."""
        self._waits_since = None

    def has_come(self, now: datetime, *, urgent: bool) -> bool:
        """Return whether what waits is to be told now."""
        if self._waits_since is None or _recent(self._held_since, now):
            return False
        return urgent or not _recent(self._waits_since, now)


def _recent(moment: datetime | None, now: datetime) -> bool:
    # A clock that was set back must not make anybody wait.
    return moment is not None and timedelta(0) <= now - moment < GROUP
