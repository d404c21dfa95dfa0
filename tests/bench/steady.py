"""A process whose memory is measured: the engine with looks that cost nothing, with a history or without one.

`python -m bench.steady [FOLDER]` prints its resident memory after ten seconds. The history is loaded only where it is
wanted, since its modules are a part of what it costs.
"""

import asyncio
import random
import sys
from collections.abc import Sequence
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from bench.memory import rss_mb
from fakes.checks import FakeCheck
from manara.engine import Engine, Limits
from manara.model import Check, CheckResult, Event, Facts, Line, Service, SystemClock, Timings

SERVICES = 100
SECONDS = 10


async def main(folder: Path | None) -> None:
    """Watch, and print what it took."""
    clock = SystemClock()
    chance = random.Random(1)
    history = None
    if folder is not None:
        history = import_module("manara.history").History(folder, clock, lambda kept: None)

    async def look(check: Check) -> CheckResult:
        return CheckResult(clock.now(), None, Timings(1.0, 2.0, 3.0, 4.0, chance.uniform(10, 99)), "::1", Facts())

    async def prove(_since_s: float) -> Line:
        return Line()

    def take(events: Sequence[Event]) -> None:
        if history is not None:
            history.record(events)

    engine = Engine(look=look, prove_line=prove, clock=clock, emit=take, limits=Limits(max_per_host=100))
    engine.watch(
        Service(
            f"s{number}", f"Service {number}", (FakeCheck(name=f"s{number}.example", interval=timedelta(seconds=1)),)
        )
        for number in range(SERVICES)
    )
    if history is not None:
        history.start()
    running = asyncio.create_task(engine.run())
    for _ in range(SECONDS):
        await asyncio.wait({running}, timeout=1)
        if history is not None and engine.watched_until is not None:
            history.hear(engine.watched_until)
            await asyncio.wrap_future(history.flush())
    sys.stdout.write(f"{rss_mb('self')}\n")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    if history is not None:
        history.stop()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
