"""What is left out of the history window where it is low, so that the chart keeps nearly half of it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

CHART_SHARE = 0.45
"""The chart has at least this part of the height, wherever something else can give way."""


@dataclass(frozen=True, slots=True)
class Room:
    """What stands around the chart."""

    summary: int
    """Lines of the words on the whole time; what has no line of its own is told in the last one and the tool tip."""
    readout: int
    """Lines of the read-out of one service."""
    legend: bool
    bar: bool
    """Whether the last days are shown as a bar."""


LADDER = (
    Room(3, 2, legend=True, bar=True),
    Room(2, 2, legend=True, bar=True),
    Room(2, 1, legend=True, bar=True),
    Room(1, 1, legend=True, bar=True),
    Room(1, 1, legend=False, bar=True),
    Room(1, 1, legend=False, bar=False),
)
"""From a high window to a low one: what is said elsewhere, too, goes first."""


def fitting(height: int, costs: Iterable[tuple[Room, int]]) -> Room:
    """Return the first room whose cost leaves the chart its share of the height; the barest one if none does."""
    return next((room for room, cost in costs if height - cost >= CHART_SHARE * height), LADDER[-1])
