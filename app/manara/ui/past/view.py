"""What the history window shows, as a value; every wish of the user makes a new one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from manara.model import Window
from manara.ui.past.lane import Kind
from manara.ui.past.ranges import kept_sane, until_now

FIRST = timedelta(hours=24)
"""The range that is shown at first."""


@dataclass(frozen=True, slots=True)
class View:
    """Services, time and kind of chart. `base` is the range that was chosen, `shown` what of it is zoomed to."""

    service_ids: tuple[str, ...]
    """The first one is the one that everything besides the chart is about."""
    base: Window
    shown: Window
    length: timedelta | None
    """Length of a range that ends now; None for a free one."""
    kind: Kind = Kind.LATENCY

    @classmethod
    def at_first(cls, now: datetime) -> Self:
        """Return the view of a window that was just opened."""
        window = until_now(FIRST, now)
        return cls((), window, window, FIRST)

    @property
    def follows(self) -> bool:
        """Whether it goes along with the time."""
        return self.length is not None and self.shown == self.base

    def of(self, service_id: str) -> Self:
        """Return the view of another service in the same time, alone."""
        return replace(self, service_ids=(service_id,))

    def compared(self, service_ids: Sequence[str]) -> Self:
        """Return the view with other services below the first one."""
        first = self.service_ids[:1]
        return replace(self, service_ids=(*first, *(each for each in service_ids if each not in first)))

    def ranged(self, length: timedelta, now: datetime) -> Self:
        """Return the view of a time of this length up to now."""
        window = until_now(length, now)
        return replace(self, base=window, shown=window, length=length)

    def freely_ranged(self, window: Window, now: datetime) -> Self:
        """Return the view of a time that was chosen freely."""
        sane = kept_sane(window, now)
        return replace(self, base=sane, shown=sane, length=None)

    def zoomed_to(self, window: Window, now: datetime) -> Self:
        """Return the view of a part of the range, or of what lies beside it."""
        return replace(self, shown=kept_sane(window, now))

    def rolled(self, now: datetime) -> Self:
        """Return the view a while later: a range up to now has moved, a part that is zoomed to has not."""
        if self.length is None:
            return self
        base = until_now(self.length, now)
        return replace(self, base=base, shown=base if self.follows else self.shown)
