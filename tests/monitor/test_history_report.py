import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from manara.history import Known
from manara.model import (
    Bucket,
    HistoryOptions,
    Interval,
    Latency,
    Layer,
    Outage,
    Phases,
    Reason,
    Series,
    Uptime,
    Verdict,
    Window,
)
from manara.monitor.days import Day
from manara.monitor.history_report import history_document
from manara.monitor.past import Past

BEGIN = datetime(2026, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
WINDOW = Window(BEGIN, BEGIN + 100 * HOUR)
NOW = WINDOW.end
UPTIME = Uptime("shop", WINDOW, 60 * HOUR, 5 * HOUR, 10 * HOUR, 5 * HOUR, 20 * HOUR)
LATENCY = Latency(1.5, 2.5, 3.5, 4.5)
ENDED = Outage(
    "shop",
    Interval(BEGIN, BEGIN + HOUR),
    Interval(BEGIN + 2 * HOUR, BEGIN + 3 * HOUR),
    HOUR,
    timedelta(seconds=90),
    (Reason.DNS_TIMEOUT, None),
)
PAST = Past(Known("shop", "Shop", BEGIN), UPTIME, (ENDED,), (), Verdict.UP, latency=LATENCY)


def document(past):
    made = history_document([past], WINDOW, HistoryOptions(), NOW)
    assert json.loads(json.dumps(made)) == made
    return made


def test_a_service_as_scripts_see_it():
    assert document(PAST) == {
        "schema": 1,
        "at": "2026-07-05T04:00:00.000Z",
        "window": {"from": "2026-07-01T00:00:00.000Z", "to": "2026-07-05T04:00:00.000Z"},
        "services": [
            {
                "id": "shop",
                "name": "Shop",
                "first_seen": "2026-07-01T00:00:00.000Z",
                "uptime": 65 / 75,
                "coverage": 0.8,
                "seconds": {
                    "up": 216_000.0,
                    "degraded": 18_000.0,
                    "down": 36_000.0,
                    "maintenance": 18_000.0,
                    "not_observed": 72_000.0,
                },
                "latency_ms": {"p50": 1.5, "p90": 2.5, "p99": 3.5, "max": 4.5},
                "outages": [
                    {
                        "started_after": "2026-07-01T00:00:00.000Z",
                        "started_by": "2026-07-01T01:00:00.000Z",
                        "ended_after": "2026-07-01T02:00:00.000Z",
                        "ended_by": "2026-07-01T03:00:00.000Z",
                        "down_s": 3600.0,
                        "not_observed_s": 90.0,
                        "reasons": ["dns-timeout"],
                    }
                ],
            }
        ],
    }


def test_what_is_not_known_is_null():
    nothing = timedelta(0)
    uptime = Uptime("shop", WINDOW, nothing, nothing, nothing, nothing, WINDOW.length)
    going_on = replace(ENDED, began=Interval(None, BEGIN), ended=None)

    (service,) = document(Past(Known("shop", "Shop", None), uptime, (going_on,), (), Verdict.UNKNOWN))["services"]

    assert (service["first_seen"], service["uptime"], service["latency_ms"]) == (None, None, None)
    (outage,) = service["outages"]
    assert (outage["started_after"], outage["ended_after"], outage["ended_by"]) == (None, None, None)


def test_one_service_has_its_days_and_a_series():
    day = Day(date(2026, 7, 1), BEGIN, BEGIN + 24 * HOUR, {Verdict.DOWN: HOUR, Verdict.UP: 3 * HOUR})
    full = Bucket(BEGIN, BEGIN + HOUR, 9, LATENCY, {Layer.TLS: 2, Layer.DNS: 1}, Phases(0.5, None, 1.0, 2.0))
    failed = Bucket(BEGIN, BEGIN + HOUR, 1, None)

    (service,) = document(replace(PAST, days=(day,), series=Series("shop", 3600.0, (full, failed))))["services"]

    assert service["days"] == [
        {
            "date": "2026-07-01",
            "from": "2026-07-01T00:00:00.000Z",
            "to": "2026-07-02T00:00:00.000Z",
            "worst": "down",
            "seconds": {"up": 10_800.0, "degraded": 0.0, "down": 3600.0, "maintenance": 0.0, "not_observed": 72_000.0},
        }
    ]
    assert service["series"]["resolution_s"] == 3600.0
    first, second = service["series"]["buckets"]
    assert first == {
        "from": "2026-07-01T00:00:00.000Z",
        "to": "2026-07-01T01:00:00.000Z",
        "looks": 9,
        "p50": 1.5,
        "p90": 2.5,
        "p99": 3.5,
        "max": 4.5,
        "failures": {"dns": 1, "tls": 2},
        "phases_ms": {"dns": 0.5, "connect": None, "tls": 1.0, "first_byte": 2.0},
    }
    assert [second[key] for key in ("p50", "p90", "p99", "max")] == [None] * 4
