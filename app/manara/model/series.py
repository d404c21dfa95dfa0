"""Measurements over time, summed up for a chart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from manara.model.failure import Layer


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, in milliseconds. Looks that failed are not in it: a timeout is no latency."""

    p50_ms: float
    p90_ms: float
    p99_ms: float
    max_ms: float


@dataclass(frozen=True, slots=True)
class Phases:
    """Mean duration of each phase of the looks that came to it, in milliseconds; None where none did."""

    dns_ms: float | None = None
    connect_ms: float | None = None
    tls_ms: float | None = None
    first_byte_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """The looks that began from `begin` up to `end`, both aware UTC."""

    begin: datetime
    end: datetime
    looks: int
    latency: Latency | None
    """None where no look was answered."""
    failures: Mapping[Layer, int] = field(default_factory=dict)
    """Looks that failed or could not be made, by the rung on which they ended."""
    phases: Phases = field(default_factory=Phases)


@dataclass(frozen=True, slots=True)
class Series:
    """Buckets in the order of time, none of them empty; a time without a bucket is a time without a look."""

    service_id: str
    resolution_s: float
    """Width of a bucket in seconds."""
    buckets: tuple[Bucket, ...]
