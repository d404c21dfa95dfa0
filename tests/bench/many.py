"""A thousand services every ten seconds: what it costs, how punctual it is, and when all have been looked at."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bench.memory import rss_mb
from bench.server import Served
from manara.engine import Engine, Limits
from manara.model import Event, Line, NetworkOptions, ResultArrived, Service, SystemClock
from manara.probes import HttpCheck, build_network, look

SERVICES = 1000
INTERVAL_S = 10
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Load:
    """What a minute of a thousand services was like."""

    looks: int
    core_share: float
    late_p99_ms: float
    late_max_ms: float
    all_seen_after_s: float
    rss_mb: float


def thousand_services(served: Served) -> Load:
    """Watch for a minute and measure this process."""
    return asyncio.run(_watch(served))


async def _watch(served: Served) -> Load:
    clock = SystemClock()
    network = build_network(NetworkOptions(ca_file=str(served.ca_file)))
    check = HttpCheck(url=f"http://127.0.0.1:{served.http_port}/", interval=timedelta(seconds=INTERVAL_S))
    services = [Service(f"s{number}", f"Service {number}", (check,)) for number in range(SERVICES)]
    late_ms: list[float] = []
    seen_after_s: dict[str, float] = {}
    began = time.perf_counter()

    def take(events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, ResultArrived):
                late_ms.append((event.result.at - event.due).total_seconds() * 1000)
                seen_after_s.setdefault(event.service_id, time.perf_counter() - began)

    async def prove(_since_s: float) -> Line:
        return Line()

    engine = Engine(
        look=lambda each: look(each, network, clock),
        prove_line=prove,
        clock=clock,
        emit=take,
        limits=Limits(max_per_host=100),
    )
    cpu = time.process_time()
    engine.watch(services)
    running = asyncio.create_task(engine.run())
    await asyncio.wait({running}, timeout=SECONDS)
    share = (time.process_time() - cpu) / (time.perf_counter() - began)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    late_ms.sort()
    return Load(
        looks=len(late_ms),
        core_share=share,
        late_p99_ms=late_ms[int(len(late_ms) * 0.99)],
        late_max_ms=late_ms[-1],
        all_seen_after_s=max(seen_after_s.values()) if len(seen_after_s) == SERVICES else float("inf"),
        rss_mb=rss_mb("self"),
    )
