"""Whether a service goes back and forth. A swing is a change that goes the other way than the one before it.

Getting worse in two steps is one swing; up, down, up, down are three.
"""

from datetime import datetime, timedelta

from manara.model import Verdict

SWINGS = 3
WITHIN = timedelta(minutes=10)
"""So many swings in this time are unsteady; it ends when this time passes without one."""

_DEPTH = {Verdict.UP: 0, Verdict.DEGRADED: 1, Verdict.DOWN: 2}


class Steadiness:
    """The recent swings of one service."""

    def __init__(self) -> None:
        self.unsteady = False
        self._swings: list[datetime] = []
        self._worsens: bool | None = None
        self._calm_from: datetime | None = None

    def note(self, before: Verdict, after: Verdict, at: datetime) -> None:
        """Take note of a change from one thing that was seen to another."""
        worsens = _DEPTH[after] > _DEPTH[before]
        if worsens is self._worsens:
            return
        self._worsens = worsens
        self._swings = [*(swing for swing in self._swings if at - swing <= WITHIN), at]
        self._calm_from = at
        if len(self._swings) >= SWINGS:
            self.unsteady = True

    def wait_again(self, at: datetime) -> None:
        """Count the calm from here: before, nobody could tell."""
        if self.unsteady:
            self._calm_from = at

    def calms_down(self, now: datetime) -> bool:
        """Return whether an unsteady service has become steady by now."""
        if not self.unsteady or self._calm_from is None or now - self._calm_from < WITHIN:
            return False
        self.unsteady = False
        return True
