"""Pasts for the history window: written by the product's own recorder, store and housekeeping."""

from datetime import datetime, timedelta
from math import pi, sin
from pathlib import Path
from random import Random

from fakes.past import Chronicle, named
from manara.model import CheckResult, Failure, Reason, Timings, Verdict

NOW = datetime.fromisoformat("2021-10-04T15:52:10+00:00")
HOSTILE = "<b>Bold</b> & <img src='file:///etc/passwd'>"
ARABIC = "متجر الكتب المستعملة"
LONG = "A service with a very long name " * 9 + "that goes on"


def write_past(
    folder: Path,
    *,
    days: float = 21,
    every: timedelta = timedelta(minutes=5),
    now: datetime = NOW,
    names: tuple[tuple[str, str], ...] = (("shop", "Shop"), ("bank", "Bank")),
    seed: int = 7,
) -> None:
    """Write some weeks: latency with a daily rhythm, outages, slow hours, maintenance, and nights asleep."""
    random = Random(seed)
    services = [named(service_id, name) for service_id, name in names]
    with Chronicle(folder, *services) as chronicle:
        at = now - timedelta(days=days)
        chronicle.begin(at)
        bad_until = {service.id: at for service in services}
        kind = {service.id: Reason.DNS_TIMEOUT for service in services}
        while at < now:
            if _sleeps(at):
                awake = at + timedelta(hours=6)
                chronicle.sleep(at - every, min(awake, now))
                at = awake
                continue
            for place, service in enumerate(services):
                if at >= bad_until[service.id] and random.random() < 0.0015:
                    bad_until[service.id] = at + timedelta(minutes=random.choice((10, 15, 40, 90, 300)))
                    kind[service.id] = random.choice((Reason.DNS_TIMEOUT, Reason.SERVER_ERROR, Reason.SLOW))
                moment = at + timedelta(seconds=place)
                _look(
                    chronicle, service.id, moment, random, bad=kind[service.id] if at < bad_until[service.id] else None
                )
            at += every
        chronicle.hear(now)
        chronicle.write()
        chronicle.keep_house(now + timedelta(minutes=2))


def write_empty(folder: Path) -> None:
    """Write a history of a service that was not looked at yet."""
    with Chronicle(folder, named("shop", "Shop")) as chronicle:
        chronicle.begin(NOW)
        chronicle.write()


def _sleeps(at: datetime) -> bool:
    """Every third night nobody looks."""
    return at.hour == 0 and at.timetuple().tm_yday % 3 == 0


def _look(chronicle: Chronicle, service_id: str, at: datetime, random: Random, *, bad: Reason | None) -> None:
    rhythm = 1 + 0.35 * sin(at.hour / 24 * 2 * pi)
    total = rhythm * (90 + random.expovariate(1 / 25)) * (4 if bad is Reason.SLOW else 1)
    if random.random() < 0.01:
        total *= 3
    timings = Timings(
        dns_ms=total * 0.08, connect_ms=total * 0.14, tls_ms=total * 0.25, first_byte_ms=total * 0.5, total_ms=total
    )
    if at.weekday() == 6 and at.hour == 3:
        chronicle.believe(at, Verdict.MAINTENANCE, None, CheckResult(at, None, timings), service_id=service_id)
    elif bad is None:
        chronicle.believe(at, Verdict.UP, None, CheckResult(at, None, timings, "203.0.113.7"), service_id=service_id)
    elif bad is Reason.SLOW:
        result = CheckResult(at, Failure(bad), timings, "203.0.113.7")
        chronicle.believe(at, Verdict.DEGRADED, bad, result, service_id=service_id)
    else:
        result = CheckResult(at, Failure(bad), Timings(total_ms=6000.0))
        chronicle.believe(at, Verdict.DOWN, bad, result, service_id=service_id)
