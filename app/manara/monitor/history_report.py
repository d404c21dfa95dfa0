"""The JSON of `manara history` (schema 1): pure functions from what was read. The rules are those of `report`."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from manara.model import Bucket, HistoryOptions, Latency, Layer, Outage, Phases, Series, Uptime, Verdict, Window
from manara.monitor.days import Day
from manara.monitor.json_values import Document, milliseconds, reason_word, rfc3339
from manara.monitor.past import Past
from manara.monitor.report import SCHEMA


def history_document(pasts: Sequence[Past], window: Window, options: HistoryOptions, now: datetime) -> Document:
    """Return the past of services in a window; days and a series where they were read for one."""
    return {
        "schema": SCHEMA,
        "at": rfc3339(now),
        "window": {"from": rfc3339(window.begin), "to": rfc3339(window.end)},
        "services": [_past(past, options) for past in pasts],
    }


def _past(past: Past, options: HistoryOptions) -> Document:
    document = {
        "id": past.known.service_id,
        "name": past.known.name,
        "first_seen": rfc3339(past.known.first_seen),
        "uptime": past.uptime.ratio(options),
        "coverage": past.uptime.coverage,
        "seconds": _seconds(past.uptime),
        "latency_ms": _latency(past.latency),
        "outages": [_outage(outage) for outage in past.outages],
    }
    if past.series is not None:
        document |= {"days": [_day(day) for day in past.days], "series": _series(past.series)}
    return document


def _seconds(uptime: Uptime) -> Document:
    return {
        "up": uptime.up.total_seconds(),
        "degraded": uptime.degraded.total_seconds(),
        "down": uptime.down.total_seconds(),
        "maintenance": uptime.maintenance.total_seconds(),
        "not_observed": uptime.not_observed.total_seconds(),
    }


def _latency(latency: Latency | None) -> Document | None:
    if latency is None:
        return None
    return {
        "p50": milliseconds(latency.p50_ms),
        "p90": milliseconds(latency.p90_ms),
        "p99": milliseconds(latency.p99_ms),
        "max": milliseconds(latency.max_ms),
    }


def _outage(outage: Outage) -> Document:
    ended = outage.ended
    return {
        "started_after": rfc3339(outage.began.after),
        "started_by": rfc3339(outage.began.by),
        "ended_after": rfc3339(ended.after if ended else None),
        "ended_by": rfc3339(ended.by if ended else None),
        "down_s": outage.down.total_seconds(),
        "not_observed_s": outage.not_observed.total_seconds(),
        "reasons": [reason_word(cause) for cause in outage.causes if cause is not None],
    }


def _day(day: Day) -> Document:
    return {
        "date": day.date.isoformat(),
        "from": rfc3339(day.begin),
        "to": rfc3339(day.end),
        "worst": day.worst.value,
        "seconds": {
            **{verdict.value: _spent(day.spent, verdict) for verdict in _OF_A_DAY},
            "not_observed": day.not_observed.total_seconds(),
        },
    }


_OF_A_DAY = (Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.MAINTENANCE)


def _spent(spent: Mapping[Verdict, timedelta], verdict: Verdict) -> float:
    return spent.get(verdict, timedelta(0)).total_seconds()


def _series(series: Series) -> Document:
    return {"resolution_s": series.resolution_s, "buckets": [_bucket(bucket) for bucket in series.buckets]}


def _bucket(bucket: Bucket) -> Document:
    return {
        "from": rfc3339(bucket.begin),
        "to": rfc3339(bucket.end),
        "looks": bucket.looks,
        **(_latency(bucket.latency) or dict.fromkeys(("p50", "p90", "p99", "max"))),
        "failures": _failures(bucket.failures),
        "phases_ms": _phases(bucket.phases),
    }


def _failures(failures: Mapping[Layer, int]) -> Document:
    return {layer.value: failures[layer] for layer in Layer if layer in failures}


def _phases(phases: Phases) -> Document:
    return {
        "dns": milliseconds(phases.dns_ms),
        "connect": milliseconds(phases.connect_ms),
        "tls": milliseconds(phases.tls_ms),
        "first_byte": milliseconds(phases.first_byte_ms),
    }
