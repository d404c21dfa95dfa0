"""Sets of HTTP statuses, and the ranges that the settings write them as."""

import functools
import operator
from collections.abc import Callable, Iterable, Mapping

EVERY = frozenset(range(100, 1000))

_TESTS: Mapping[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


# Thousands of services want the same.
@functools.lru_cache(maxsize=100)
def statuses_that(sign: str, bound: int) -> frozenset[int]:
    """Return the statuses of which `status <sign> bound` holds."""
    return frozenset(status for status in EVERY if _TESTS[sign](status, bound))


def ranges_of(statuses: Iterable[int]) -> list[str]:
    """Return statuses as the settings write them: `["200-299", "401"]`."""
    ranges: list[list[int]] = []
    for status in sorted(statuses):
        if ranges and ranges[-1][1] == status - 1:
            ranges[-1][1] = status
        else:
            ranges.append([status, status])
    return [str(low) if low == high else f"{low}-{high}" for low, high in ranges]
