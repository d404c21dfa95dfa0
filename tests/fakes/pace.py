"""What an action costs, in a measure that neither a slow nor a busy machine changes much."""

import os
import time
from collections.abc import Callable
from pathlib import Path

PIECE_MS = 5.5
"""How long `_piece` computes on the machine on which the limits of the tests were found."""


def cost_ms(action: Callable[[], object]) -> float:
    """How long this process computes for an action, in ms of the machine on which the limits of the tests were found.

    Other programs do not count, since only computing does; a slower machine does not, since it is measured beside it
    how long a piece of work takes that is always the same.
    """
    before_s = _took_s(_piece)
    took_s = _took_s(action)
    return took_s / ((before_s + _took_s(_piece)) / 2) * PIECE_MS


def cost_ms_of(pid: int) -> float:
    """How long another process has computed since it began, in the same measure."""
    _, _, fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    # Fields 14 and 15 of proc(5), of which the first two have been cut off: in the program, and in the system for it.
    ticks = sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK") / (sum(_took_s(_piece) for _ in range(5)) / 5) * PIECE_MS


def _took_s(action: Callable[[], object]) -> float:
    began_s = time.process_time()
    action()
    return time.process_time() - began_s


def _piece() -> int:
    return sum(len(str(number)) for number in range(50_000))
