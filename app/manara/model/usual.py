"""How long looks at a check usually take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usual:
    """The middle and the spread of the latency of a check at one hour of the week, in milliseconds."""

    median_ms: float
    spread_ms: float
    """Median of the distances from the median."""
