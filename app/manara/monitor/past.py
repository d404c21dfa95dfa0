"""All that is told of the past of one service, read at one moment."""

from dataclasses import dataclass
from datetime import timedelta, tzinfo

from manara.history import Known, Reader, latency, series
from manara.model import Latency, Outage, Series, Uptime, Verdict, Window
from manara.monitor.days import Day, days_until, with_spans

DAYS = 90
"""So many days up to the end of a period are shown as a bar."""


@dataclass(frozen=True, slots=True)
class Past:
    """How a service was in a window, and in the days up to its end."""

    known: Known
    uptime: Uptime
    outages: tuple[Outage, ...]
    days: tuple[Day, ...]
    last: Verdict
    """The verdict at the end of the window."""
    down_when_heard: bool = False
    """Whether it was down when somebody was watching last, which may be after the window."""
    latency: Latency | None = None
    series: Series | None = None
    """Only where it was asked for."""


def read_past(
    reader: Reader,
    known: Known,
    window: Window,
    zone: tzinfo | None,
    *,
    with_latency: bool = False,
    points: int | None = None,
) -> Past:
    """Read the past of a service; latency and a series only if wanted, since they take longer."""
    service_id = known.service_id
    days = days_until(window.end, zone, DAYS)
    spans = reader.spans(service_id, Window(days[0].begin, window.end))
    return Past(
        known,
        reader.uptime(service_id, window),
        reader.outages(service_id, window),
        with_spans(days, spans),
        spans[-1].verdict,
        _down_when_heard(reader, service_id),
        latency(reader, service_id, window) if with_latency else None,
        None if points is None else _series(reader, service_id, window, points),
    )


def nothing_known(known: Known, window: Window, zone: tzinfo | None, *, points: int | None = None) -> Past:
    """Return the past of a service of which there is no history yet."""
    nothing = timedelta(0)
    uptime = Uptime(known.service_id, window, nothing, nothing, nothing, nothing, not_observed=window.length)
    empty = None if points is None else Series(known.service_id, window.length.total_seconds() / points, ())
    return Past(known, uptime, (), days_until(window.end, zone, DAYS), Verdict.UNKNOWN, series=empty)


def _down_when_heard(reader: Reader, service_id: str) -> bool:
    heard = reader.heard()
    if heard is None:
        return False
    return reader.spans(service_id, Window(heard - timedelta(seconds=1), heard))[-1].verdict is Verdict.DOWN


_FEWEST_POINTS = 10
_DENSE = 0.9


def _series(reader: Reader, service_id: str, window: Window, points: int) -> Series:
    """Return a series with holes only where nobody looked: buckets narrower than the interval have none between."""
    spans = reader.spans(service_id, window)
    observed = sum((span.length for span in spans if span.observed), timedelta(0))
    found = series(reader, service_id, window, points)
    while points > _FEWEST_POINTS and found.buckets and _length(found) < _DENSE * observed:
        points //= 2
        found = series(reader, service_id, window, points)
    return found


def _length(found: Series) -> timedelta:
    return len(found.buckets) * timedelta(seconds=found.resolution_s)
