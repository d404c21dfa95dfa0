"""Many looks as one small summary: how many, how they failed, how long answers took. Two summaries add up to one.

Latencies go into bins whose borders grow by a constant factor, so that every quantile is within 3 % of the exact one
and summaries can be merged without loss: DDSketch (Masson, Rim, Lee: VLDB 2019, https://arxiv.org/abs/1908.10693).
Its Python library keeps no form for the disk without protobuf; what is needed of it are the few lines below.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, log

from manara.history.moments import moment_of
from manara.history.packing import PER_MS
from manara.model import Bucket, Latency, Layer, Phases

PHASES = 4
"""Phases of a look, in the order of the ladder: DNS, connect, TLS, first byte."""
ACCURACY = 0.03
"""Largest relative error of a quantile."""

_GROWTH = (1 + ACCURACY) / (1 - ACCURACY)
_LOG_GROWTH = log(_GROWTH)
# The last bin ends after 7 minutes; no look may take longer than 5.
_LAST_BIN = 255


@dataclass(slots=True)
class Summary:
    """What is known of some looks."""

    looks: int = 0
    failures: dict[Layer, int] = field(default_factory=dict)
    bins: dict[int, int] = field(default_factory=dict)
    """Number of answers by bin of latency."""
    longest: int = 0
    """Longest latency in tenths of a millisecond, exact."""
    phases: list[int] = field(default_factory=lambda: [0] * (2 * PHASES))
    """Sum in tenths of a millisecond and count, for one phase after the other."""

    def add_answer(self, total: int, phases: Sequence[int | None]) -> None:
        """Count a look that was answered: its latency and phases in tenths of a millisecond."""
        self.looks += 1
        number = bin_of(total)
        self.bins[number] = self.bins.get(number, 0) + 1
        self.longest = max(self.longest, total)
        for position, spent in enumerate(phases):
            if spent is not None:
                self.phases[2 * position] += spent
                self.phases[2 * position + 1] += 1

    def add_failure(self, layer: Layer) -> None:
        """Count a look that failed or could not be made."""
        self.looks += 1
        self.failures[layer] = self.failures.get(layer, 0) + 1

    def add(self, other: "Summary") -> None:
        """Count everything that another summary has counted."""
        self.looks += other.looks
        for layer, number in other.failures.items():
            self.failures[layer] = self.failures.get(layer, 0) + number
        for position, number in other.bins.items():
            self.bins[position] = self.bins.get(position, 0) + number
        self.longest = max(self.longest, other.longest)
        self.phases = [mine + its for mine, its in zip(self.phases, other.phases, strict=True)]

    def quantiles(self, *parts: float) -> list[int]:
        """Return the latencies below which these parts of the answers lie, in tenths of a ms; parts in rising order."""
        if not self.bins:
            return []
        last = sum(self.bins.values()) - 1
        numbers = iter(sorted(self.bins))
        found: list[int] = []
        number = passed = 0
        for part in parts:
            while passed <= part * last:
                number = next(numbers)
                passed += self.bins[number]
            found.append(min(_VALUES[number], self.longest))
        return found

    def bucket(self, begin_ms: int, until_ms: int) -> Bucket:
        """Return the summary as a bucket of a series."""
        latency = None
        if self.bins:
            p50, p90, p99 = self.quantiles(0.5, 0.9, 0.99)
            latency = Latency(p50 / PER_MS, p90 / PER_MS, p99 / PER_MS, self.longest / PER_MS)
        means = phases_of(self.phases)
        return Bucket(moment_of(begin_ms), moment_of(until_ms), self.looks, latency, self.failures, means)


def bin_of(tenths: int) -> int:
    """Return the number of the bin for a latency in tenths of a millisecond."""
    return min(ceil(log(tenths) / _LOG_GROWTH), _LAST_BIN) if tenths > 1 else 0


# The latency in the middle of each bin, at most 3 % from every one in it.
_VALUES = (1, *(round(2 * _GROWTH**number / (_GROWTH + 1)) for number in range(1, _LAST_BIN + 1)))


def phases_of(sums: Sequence[int]) -> Phases:
    """Return the means of sums and counts."""
    dns, dns_count, connect, connect_count, tls, tls_count, byte, byte_count = sums
    return Phases(
        dns / dns_count / PER_MS if dns_count else None,
        connect / connect_count / PER_MS if connect_count else None,
        tls / tls_count / PER_MS if tls_count else None,
        byte / byte_count / PER_MS if byte_count else None,
    )
