"""How long a service was up, down and not observed: time, never the number of looks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from manara.model.options import option
from manara.model.span import Window


class Counted(StrEnum):
    """What a kind of time means for the uptime."""

    UP = "up"
    DOWN = "down"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryOptions:
    """The `[history]` section."""

    keep_looks: int = option(
        14,
        help="How long every single look is kept; minutes, hours and days made of them stay for 2 days, 90 days and "
        "5 years",
        unit="days",
        minimum=1,
        maximum=3650,
    )
    degraded: Counted = option(Counted.UP, help="What degraded time counts as in the uptime")
    maintenance: Counted = option(Counted.LEFT_OUT, help="What time under maintenance counts as in the uptime")


@dataclass(frozen=True, slots=True)
class Uptime:
    """How the time of a window was spent; the parts add up to its length exactly."""

    service_id: str
    window: Window
    up: timedelta
    degraded: timedelta
    down: timedelta
    maintenance: timedelta
    not_observed: timedelta
    """Unknown, paused, or nobody was looking."""
    first_seen: datetime | None = None
    """Since when there is any history of the service; None if there is none."""

    @property
    def observed(self) -> timedelta:
        """How much of the window is known."""
        return self.up + self.degraded + self.down + self.maintenance

    @property
    def coverage(self) -> float:
        """The observed part of the window, from 0 to 1."""
        return self.observed / self.window.length

    def ratio(self, options: HistoryOptions) -> float | None:
        """Return the uptime from 0 to 1 as the user counts it; None where nothing countable was observed."""
        counted = {Counted.UP: self.up, Counted.DOWN: self.down, Counted.LEFT_OUT: timedelta(0)}
        counted[options.degraded] += self.degraded
        counted[options.maintenance] += self.maintenance
        whole = counted[Counted.UP] + counted[Counted.DOWN]
        return counted[Counted.UP] / whole if whole else None
