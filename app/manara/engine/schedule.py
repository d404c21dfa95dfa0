"""When to look: pure functions over seconds of wall-clock time since the epoch.

Each check has its own place within its interval, the same at every start, so that services do not fire together.
"""

from hashlib import blake2b

FIRST_ROUND_PER_S = 100
"""Looks that begin per second in the first round after a start or a sleep, if the interval leaves time for that."""
FIRST_ROUND_SHARE = 0.9
"""Part of the interval after which every look of the first round has begun, so that it ends within the interval."""


def next_due_s(key: str, interval_s: float, now_s: float) -> float:
    """Return the next moment after `now_s` that is the check's own place in the grid of its interval."""
    place_s = _place(key) * interval_s
    rounds = (now_s - place_s) // interval_s + 1
    due_s = rounds * interval_s + place_s
    # Rounding can land on now itself when the interval is no binary fraction.
    return due_s if due_s > now_s else due_s + interval_s


def first_due_s(position: int, count: int, interval_s: float, now_s: float) -> float:
    """Return when the check at `position` of `count` is looked at first: at once, but not all together."""
    round_s = min(interval_s * FIRST_ROUND_SHARE, count / FIRST_ROUND_PER_S)
    return now_s + round_s * position / count


def recheck_delay_s(doubts: int, interval_s: float) -> float:
    """Return how soon to look again after `doubts` looks in a row against the verdict: 1 s, 2 s, 4 s, …"""
    return min(2.0 ** (doubts - 1), interval_s / 2)


def _place(key: str) -> float:
    """Return a stable, evenly spread number from 0 up to 1 for a key."""
    # A checksum will not do: those of names that differ in a digit lie close together.
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") / 2**32
