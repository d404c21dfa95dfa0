"""CPU per check with everything included, against a bare httpx GET and bare asyncio streams with h11, in one run."""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

import h11
import httpx
import uvloop

from bench.server import Served
from manara.engine import Engine, Limits
from manara.model import Event, Line, NetworkOptions, ResultArrived, Service, SystemClock
from manara.probes import HttpCheck, build_network, look

UVLOOP = "Manara on uvloop"
ROUNDS = 5
CHECKS = 400
SERVICES = 100


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU per check in milliseconds of this process, the median over the rounds."""

    what: str
    cpu_ms: float

    @property
    def per_s(self) -> float:
        """Checks that one core could do in a second."""
        return 1000 / self.cpu_ms


def cost_table(served: Served, scheme: str) -> list[Cost]:
    """Measure the ways in turn, round by round, so that a drift of the machine meets all of them."""
    port = served.http_port if scheme == "http" else served.https_port
    url = f"{scheme}://127.0.0.1:{port}/"
    context = ssl.create_default_context(cafile=str(served.ca_file))
    ways: dict[str, Callable[[], Awaitable[int]]] = {
        "streams + h11": lambda: _repeat(lambda: _by_streams(port, context if scheme == "https" else None)),
        "bare httpx": lambda: _repeat(lambda: _by_httpx(url, context)),
        "Manara, all in": lambda: _by_engine(url, str(served.ca_file)),
        UVLOOP: lambda: _by_engine(url, str(served.ca_file)),
    }
    seen: dict[str, list[float]] = {what: [] for what in ways}
    for _ in range(ROUNDS):
        for what, way in ways.items():
            began = time.process_time()
            with asyncio.Runner(loop_factory=uvloop.new_event_loop if what == UVLOOP else None) as runner:
                checks = runner.run(_counted(way))
            seen[what].append((time.process_time() - began) / checks * 1000)
    return [Cost(what, median(runs)) for what, runs in seen.items()]


async def _counted(way: Callable[[], Awaitable[int]]) -> int:
    return await way()


async def _repeat(once: Callable[[], Awaitable[None]]) -> int:
    for _ in range(CHECKS):
        await once()
    return CHECKS


async def _by_streams(port: int, context: ssl.SSLContext | None) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
    connection = h11.Connection(h11.CLIENT)
    request = h11.Request(method="GET", target="/", headers=[("Host", "127.0.0.1"), ("Connection", "close")])
    writer.write((connection.send(request) or b"") + (connection.send(h11.EndOfMessage()) or b""))
    while not isinstance(event := connection.next_event(), h11.EndOfMessage):
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(65_536))
    writer.transport.abort()


async def _by_httpx(url: str, context: ssl.SSLContext) -> None:
    async with httpx.AsyncClient(verify=context, trust_env=False) as client:
        answer = await client.get(url)
        answer.raise_for_status()


async def _by_engine(url: str, ca_file: str) -> int:
    """Run the engine itself over many services; its pace is as tight as the settings allow."""
    clock = SystemClock()
    network = build_network(NetworkOptions(ca_file=ca_file))
    check = HttpCheck(url=url, interval=timedelta(seconds=1))
    services = [Service(f"s{number}", f"Service {number}", (check,)) for number in range(SERVICES)]
    done = asyncio.Event()
    results = 0

    def take(events: Sequence[Event]) -> None:
        nonlocal results
        for event in events:
            if isinstance(event, ResultArrived):
                if event.result.failure is not None:
                    raise RuntimeError(f"the look failed: {event.result.failure}")
                results += 1
        if results >= CHECKS:
            done.set()

    async def prove(_since_s: float) -> Line:
        return Line()

    engine = Engine(
        look=lambda each: look(each, network, clock),
        prove_line=prove,
        clock=clock,
        emit=take,
        limits=Limits(max_per_host=100),
    )
    engine.watch(services)
    running = asyncio.create_task(engine.run())
    await asyncio.wait({running, asyncio.create_task(done.wait())}, return_when=asyncio.FIRST_COMPLETED)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return results
