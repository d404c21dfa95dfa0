"""An event loop that lets no time pass while the machine keeps the tests from running."""

import asyncio
import selectors
import time

from fakes.clock import settle
from manara.model import SystemClock

BESIDES_S = 0.001
"""So much passes at most while something happens, so that who is flooded is not without a deadline."""


class FairLoop(asyncio.SelectorEventLoop):
    """Its time passes while it waits and nothing comes; computing takes none, nor does a stop of the process.

    So a deadline passes only where nothing happens before it, on a quick machine as on one that stands still for
    seconds, as long as what is waited for happens in this process.
    """

    def __init__(self) -> None:
        self._waiting = _Waiting()
        super().__init__(self._waiting)

    def time(self) -> float:
        return self._waiting.passed_s

    def pass_by(self, seconds: float) -> None:
        """Let time pass at once, as if nothing had come for so long."""
        self._waiting.passed_s += seconds


class LoopClock(SystemClock):
    """The clock of this machine, but for `monotonic`, which is that of the running loop."""

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()


class _Waiting(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.passed_s = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        began_s = time.monotonic()
        found = super().select(timeout)
        if found or timeout is None:
            self.passed_s += min(time.monotonic() - began_s, BESIDES_S)
        else:
            self.passed_s += max(timeout, 0.0)
        return found


async def let_pass(seconds: float) -> None:
    """Let time pass on the running loop at once, when every task waits for something."""
    await settle()
    loop = asyncio.get_running_loop()
    assert isinstance(loop, FairLoop)
    loop.pass_by(seconds)
