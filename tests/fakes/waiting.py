"""Waiting for a condition instead of sleeping."""

import time
from collections.abc import Callable


def eventually(condition: Callable[[], object], *, within_s: float = 30.0) -> None:
    """Return once the condition holds; fail the test when it does not within the deadline.

    The deadline only ends a hang: how soon something comes on a busy machine is not for a test to say.
    """
    until = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < until, "the condition did not come true in time"
        time.sleep(0.01)
