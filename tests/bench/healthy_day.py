"""What a healthy day costs beyond the looks: who answers for the names, and whether our own line works.

What one look, one learning and one question about our line send is counted on the wire of the laboratory; how often a
page is asked about our line is counted over an hour of the real engine on a clock that does not wait.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from bench.wire import Traffic, Wire
from fakes.checks import FakeCheck, make_result
from fakes.clock import START, FakeClock
from lab.laboratory import Laboratory, Site
from manara.diagnosis.zones import AGAIN_AFTER_S, JITTER
from manara.engine import Engine, Limits
from manara.model import Check, CheckResult, Line, LineState, Service
from manara.monitor.line_watch import LineWatch

HOUR_S = 3_600.0
DAY_S = 24 * HOUR_S
SETTLE_S = 45
"""How long it takes until all have been looked at and who answers for their names is known."""
SECONDS = 150
_ADDRESS_KINDS = (1, 28)


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched."""

    services: int
    interval_s: int


@dataclass(frozen=True, slots=True)
class Units:
    """Requests, which are questions to name servers and connections, of one time each."""

    look: float
    learning: float
    """Who answers for one host, with what is asked once at the start."""
    asking: float
    """Whether our own line works."""


ONE, SELDOM = Watched(20, 60), Watched(1, 300)
DAYS = (ONE, Watched(1, 60), Watched(20, 300), SELDOM)


def healthy_day_table() -> Table:
    """Count, and return what a day asks."""
    with TemporaryDirectory() as one, TemporaryDirectory() as seldom:
        units = asyncio.run(_count_units(Path(one), Path(seldom)))
    askings = [24 * asyncio.run(_askings_an_hour(watched)) for watched in DAYS]
    looks = [watched.services * DAY_S / watched.interval_s * units.look for watched in DAYS]
    learning = [watched.services * units.learning * DAY_S / (AGAIN_AFTER_S * (1 - JITTER / 2)) for watched in DAYS]
    asking = [times * units.asking for times in askings]
    titles = (f"{watched.services} every {watched.interval_s} s" for watched in DAYS)
    table = Table("requests", *titles, "goal", title="A healthy day: questions to name servers, and connections")
    table.add_row(f"looks, {units.look:.1f} each", *_numbers(looks), "")
    table.add_row(f"who answers for the names, {units.learning:.1f} a host", *_numbers(learning), "")
    table.add_row(f"whether it is us, {units.asking:.1f} each time", *_numbers(asking), "")
    shares = ((more + again) / basis for more, again, basis in zip(learning, asking, looks, strict=True))
    table.add_row("beyond the looks", *(f"{share:.1%}" for share in shares), "≤ 10 %")
    return table


def _numbers(values: Sequence[float]) -> Iterator[str]:
    return (f"{value:,.0f}" for value in values)


async def _count_units(one: Path, seldom: Path) -> Units:
    (look, start, _), (_, _, later) = await asyncio.gather(_count(one, ONE), _count(seldom, SELDOM))
    # Where the looks prove the line, nobody is asked about it, and there is nothing to count.
    asking = later.others / later.askings if later.askings else 0.0
    return Units(look, start.others / ONE.services, asking)


@dataclass(frozen=True, slots=True)
class _Beyond:
    """What was sent beyond the looks."""

    others: int
    askings: int
    """Connections to whoever is not watched."""


async def _count(folder: Path, watched: Watched) -> tuple[float, _Beyond, _Beyond]:
    """Return the requests of a look, and what was sent beyond the looks at the start and afterwards."""
    sites = [Site(f"www.site{number}.com", "plain", (f"88.{number}.7.1",)) for number in range(watched.services)]
    lab = await asyncio.to_thread(Laboratory, folder, sites, {})
    try:
        wire = await asyncio.to_thread(Wire, lab)
        await lab.start("\n".join(lab.service(site, check=f'interval = "{watched.interval_s}s"') for site in sites))
        await asyncio.sleep(SETTLE_S)
        start = wire.traffic()
        await asyncio.sleep(SECONDS)
        every = wire.traffic()
        of_a_look = _of_looks(every, sites) / len(lab.of("result"))
        return of_a_look, _beyond(start, sites), _beyond(every - start, sites)
    finally:
        await lab.close()


def _of_looks(traffic: Traffic, sites: Sequence[Site]) -> int:
    """Return the requests of the looks: a question for each address family, and a connection."""
    hosts = {site.host for site in sites}
    addresses = {address for site in sites for address in site.addresses}
    asked = (
        times
        for question, times in traffic.questions.items()
        if question.name in hosts and question.kind in _ADDRESS_KINDS
    )
    return sum(asked) + sum(traffic.connections[address] for address in addresses)


def _beyond(traffic: Traffic, sites: Sequence[Site]) -> _Beyond:
    connections = traffic.connections.total()
    looked_at = sum(traffic.connections[address] for site in sites for address in site.addresses)
    others = traffic.questions.total() + connections - _of_looks(traffic, sites)
    return _Beyond(others, connections - looked_at)


async def _askings_an_hour(watched: Watched) -> int:
    """Return how often a page is asked about our line in the second hour, each of whose looks proves it."""
    clock = FakeClock()
    asked = 0

    async def look(_check: Check) -> CheckResult:
        return make_result(at_s=(clock.now() - START).total_seconds(), tls_version="TLSv1.3")

    async def prove(_since_s: float) -> Line:
        return Line(LineState.ONLINE, clock.now())

    async def ask_one() -> Line:
        nonlocal asked
        asked += 1
        return Line(LineState.ONLINE, clock.now())

    engine = Engine(look=look, prove_line=prove, clock=clock, emit=lambda _events: None, limits=Limits())
    interval = timedelta(seconds=watched.interval_s)
    engine.watch(
        Service(f"s{number}", f"Service {number}", (FakeCheck(name=f"s{number}", interval=interval),))
        for number in range(watched.services)
    )
    running = [asyncio.create_task(engine.run()), asyncio.create_task(LineWatch(engine, ask_one, prove, clock).run())]
    await clock.advance(HOUR_S)
    before = asked
    await clock.advance(HOUR_S)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    return asked - before
