"""What is known of one service in the shown time, and what a chart makes of it. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from manara.model import OBSERVED, Bucket, Phases, Series, Span, Window


class Kind(StrEnum):
    """What the chart draws of the measurements."""

    LATENCY = "latency"
    PHASES = "phases"


@dataclass(frozen=True, slots=True)
class Lane:
    """One service of the chart. `series` and `spans` reach as far as was asked, which is more than is shown."""

    service_id: str
    name: str
    series: Series | None = None
    spans: tuple[Span, ...] = ()


def middle(bucket: Bucket) -> datetime:
    """Return the moment at which a bucket is drawn."""
    return bucket.begin + (bucket.end - bucket.begin) / 2


def runs(lane: Lane) -> list[list[Bucket]]:
    """Return the answered buckets in stretches without a gap.

    A gap is where looks failed, or where nobody was looking. That buckets are far apart is none: a service that is
    looked at every five minutes has nothing in between.
    """
    found: list[list[Bucket]] = []
    going_on: Bucket | None = None
    for bucket in () if lane.series is None else lane.series.buckets:
        if bucket.latency is None:
            going_on = None
            continue
        if going_on is None or _is_gap(lane.spans, going_on.end, bucket.begin):
            found.append([])
        found[-1].append(bucket)
        going_on = bucket
    return found


def _is_gap(spans: Sequence[Span], after: datetime, until: datetime) -> bool:
    if until <= after:
        return False
    return any(span.verdict not in OBSERVED for span in spans_within(spans, after, until))


def bucket_at(series: Series | None, at: datetime) -> Bucket | None:
    """Return the bucket that holds a moment, else the nearest one that lies not further off than a step or two."""
    if series is None or not series.buckets:
        return None
    begins = [bucket.begin for bucket in series.buckets]
    place = bisect_right(begins, at)
    near = series.buckets[max(0, place - 1) : place + 1]
    best = min(near, key=lambda bucket: _distance(bucket, at))
    reach = max(timedelta(seconds=2 * series.resolution_s), _usual_step(begins))
    return best if _distance(best, at) <= reach else None


def _usual_step(begins: Sequence[datetime]) -> timedelta:
    steps = [(later - earlier).total_seconds() for earlier, later in pairwise(begins)]
    return timedelta(seconds=median(steps) if steps else 0)


def _distance(bucket: Bucket, at: datetime) -> timedelta:
    return max(bucket.begin - at, at - bucket.end, timedelta(0))


def span_at(spans: Sequence[Span], at: datetime) -> Span | None:
    """Return the span that holds a moment."""
    place = bisect_right(spans, at, key=lambda span: span.begin) - 1
    return spans[place] if place >= 0 and at < spans[place].end else None


def spans_within(spans: Sequence[Span], begin: datetime, end: datetime) -> Iterator[Span]:
    """Yield the spans that reach into a stretch."""
    place = max(0, bisect_right(spans, begin, key=lambda span: span.begin) - 1)
    while place < len(spans) and spans[place].begin < end:
        if spans[place].end > begin:
            yield spans[place]
        place += 1


_ROOM_ABOVE = 1.15
_OUTLIER = 4
"""What is so many times the usual is cut off, or nothing else could be told apart."""
_LEAST_MS = 1.0


def top_ms(lane: Lane, window: Window, kind: Kind) -> float:
    """Return the latency at which the axis of a lane ends, so that nearly all within the window is seen."""
    buckets = list(buckets_within(lane.series, window))
    if kind is Kind.PHASES:
        heights = [sum(stack(bucket.phases)) for bucket in buckets]
        usual = heights
    else:
        heights = [bucket.latency.p90_ms for bucket in buckets if bucket.latency]
        usual = [bucket.latency.p50_ms for bucket in buckets if bucket.latency]
    if not heights:
        return _LEAST_MS
    return max(_ROOM_ABOVE * min(max(heights), _OUTLIER * max(median(heights), median(usual))), _LEAST_MS)


def buckets_within(series: Series | None, window: Window) -> Iterable[Bucket]:
    """Yield the buckets that reach into a window."""
    for bucket in () if series is None else series.buckets:
        if bucket.end > window.begin and bucket.begin < window.end:
            yield bucket


def stack(phases: Phases) -> tuple[float, float, float, float]:
    """Return the length of each phase in the order of the ladder; 0 where a look does not have it."""
    parts = (phases.dns_ms, phases.connect_ms, phases.tls_ms, phases.first_byte_ms)
    dns, connect, tls, first_byte = (part or 0.0 for part in parts)
    return dns, connect, tls, first_byte
