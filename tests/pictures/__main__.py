"""Watch servers that fail in different ways with the real program, and draw what terminal and window show."""

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from manara.cli.board import Board, board_view
from manara.cli.looks import report_lines
from manara.cli.terminal import Terminal
from manara.engine import Engine, Incidents, Limits, look_once
from manara.model import Event, NetworkOptions, Outcome, ResultArrived, Service, SystemClock
from manara.monitor import Snapshot
from manara.monitor.instruments import Instruments
from manara.paths import resource
from manara.probes import HttpCheck, build_network
from manara.wording import Translator, translator
from pictures.windows import draw_history, draw_incident, draw_services, draw_welcome
from servers.dns_server import DnsServer, Reply, code, good
from servers.http_server import Exchange, http_server, reply
from servers.tls import make_authority

FOLDER = Path(__file__).parents[2] / "packaging" / "pictures"
WIDTH = 96
SECONDS = 16


async def main() -> None:
    """Draw every picture of the README."""
    with TemporaryDirectory() as folder:
        async with _street(Path(folder)) as (services, options):
            instruments = Instruments(options, build_network, SystemClock())
            await _draw_check([services[0], services[2], services[4]], instruments)
            await _draw_watch(services, instruments)
    draw_incident(FOLDER / "incident.png")
    draw_history(FOLDER / "history.png")
    draw_welcome(FOLDER / "welcome.png")


@asynccontextmanager
async def _street(folder: Path) -> AsyncIterator[tuple[list[Service], NetworkOptions]]:
    """A street of local services: good ones, and one for each of the usual ways to fail."""
    authority = make_authority(folder)
    names = ("shop.example", "bank.example", "mail.example", "blog.example", "wiki.example")
    zones = {name: ["127.0.0.1"] for name in names}

    async def slowly(exchange: Exchange) -> None:
        await asyncio.sleep(0.4)
        await reply("late")(exchange)

    async with AsyncExitStack() as stack:
        fine = await stack.enter_async_context(http_server(reply("ok"), tls=authority.server(*names)))
        expired = await stack.enter_async_context(http_server(reply("ok"), tls=authority.expired("mail.example")))
        failing = await stack.enter_async_context(http_server(reply("sorry", 503), tls=authority.server(*names)))
        slow = await stack.enter_async_context(http_server(slowly, tls=authority.server(*names)))
        page = await stack.enter_async_context(http_server(reply("", 204)))
        names_server = await stack.enter_async_context(DnsServer(zones, behave=_behave))
        options = NetworkOptions(
            resolvers=(str(names_server.name_server),),
            witness_resolvers=(),
            anchors=(page.url("/generate_204"),),
            ca_file=authority.ca_file,
        )
        services = [
            _service("Shop", fine.url(host="shop.example")),
            _service("Bank", fine.url(host="bank.example")),
            _service("Mail", expired.url(host="mail.example")),
            _service("Blog", failing.url(host="blog.example")),
            _service("Forum", "https://forum.example/"),
            _service("Wiki", slow.url(host="wiki.example"), slow_after=timedelta(milliseconds=200)),
        ]
        yield services, options


def _service(name: str, url: str, **options: timedelta) -> Service:
    check = HttpCheck(url=url, interval=timedelta(seconds=2), timeout=timedelta(seconds=2), **options)
    return Service(name.lower(), name, (check,))


def _behave(asked: Reply) -> Sequence[bytes]:
    return code("SERVFAIL")(asked) if asked.asked.name.startswith("forum.") else good(asked)


async def _draw_check(services: Sequence[Service], instruments: Instruments) -> None:
    line, states = await look_once(
        services, look=instruments.look, prove_line=instruments.prove_line, clock=SystemClock(), limits=Limits()
    )
    console = _console()
    for text in report_lines(_tr(), line, services, states, _now(), with_ladders=True):
        console.print(text)
    _save(console, "check", "manara check shop mail forum")


async def _draw_watch(services: Sequence[Service], instruments: Instruments) -> None:
    recent: dict[str, deque[Outcome]] = {service.id: deque(maxlen=10) for service in services}
    told: list[Event] = []

    incidents = Incidents()

    def take(events: Sequence[Event]) -> None:
        told.extend((*events, *incidents.take(events, _now())))
        for event in events:
            if isinstance(event, ResultArrived):
                recent[event.service_id].append(event.result.outcome)

    engine = Engine(
        look=instruments.look,
        prove_line=instruments.prove_line,
        clock=SystemClock(),
        emit=take,
        limits=Limits(),
        diagnose=instruments.diagnose,
    )
    engine.watch(services)
    await asyncio.wait({running := asyncio.create_task(engine.run())}, timeout=SECONDS)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    console = _console()
    board = Board(engine.line, engine.services, engine.states, recent)
    console.print(board_view(_tr(), board, _now(), width=WIDTH, height=24))
    _save(console, "watch", "manara watch")
    told.extend(incidents.take((), _now()))
    snapshot = Snapshot(engine.line, engine.services, engine.states, incidents=incidents.open)
    draw_services(told, snapshot, FOLDER / "window.png", now=_now(), opened="mail")


def _console() -> Terminal:
    return Terminal(width=WIDTH, record=True, file=StringIO(), force_terminal=True, color_system="standard")


def _save(console: Terminal, name: str, title: str) -> None:
    svg = console.export_svg(title=title)
    # The picture must not fetch anything: readers' own fixed-width font is good enough.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    (FOLDER / f"{name}.svg").write_text(svg)


def _tr() -> Translator:
    return translator(resource("translations"))


def _now() -> datetime:
    return SystemClock().now().astimezone()


if __name__ == "__main__":
    asyncio.run(main())
