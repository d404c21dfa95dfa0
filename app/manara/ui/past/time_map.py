"""The one place that knows where a moment lies on an axis and in which direction time runs. Pure.

Time runs from left to right in every language; who wants it otherwise passes `mirrored` here and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from manara.model import Window


@dataclass(frozen=True, slots=True)
class TimeMap:
    """From moments to numbers on an axis and back; numbers near 0 keep their exactness."""

    origin: datetime
    mirrored: bool = False

    def x(self, at: datetime) -> float:
        """Return the place of a moment."""
        seconds = (at - self.origin).total_seconds()
        return -seconds if self.mirrored else seconds

    def at(self, x: float) -> datetime:
        """Return the moment at a place."""
        return self.origin + timedelta(seconds=-x if self.mirrored else x)

    def span(self, window: Window) -> tuple[float, float]:
        """Return the left and the right edge of a window."""
        left, right = sorted((self.x(window.begin), self.x(window.end)))
        return left, right
