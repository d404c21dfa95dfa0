import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import FakeCheck, make_result, make_service
from fakes.clock import START, FakeClock, settle
from manara.engine import Engine, Limits
from manara.model import Limit, Line, LineChanged, LineState, Reason, Verdict, Witness
from manara.monitor.line_watch import LineWatch, is_due

PAGE = Witness("http://good.example/", answered=True, detail="")
ONLINE = Line(LineState.ONLINE, START, (PAGE,))
CAPTIVE = Line(LineState.CAPTIVE, START, (PAGE,))
OFFLINE = Line(LineState.OFFLINE, START, (replace(PAGE, answered=False),))
LIMITED = Line(LineState.LIMITED, START, (PAGE,), (Limit.IPV6,))
SELDOM = replace(FakeCheck(name="shop"), interval=FakeCheck().interval * 60)
OFTEN = tuple(replace(FakeCheck(name=f"shop {number}"), interval=timedelta(seconds=60)) for number in range(10))
"""Looks enough for a question a minute."""


class World:
    """An engine whose services are well but prove nothing, and witnesses that say what the test wants."""

    def __init__(self):
        self.clock = FakeClock()
        self.one = ONLINE
        self.all = ONLINE
        self.asked = []
        self.gate = None
        self.proven = False
        self.reason = None
        self.events = []
        self.engine = Engine(
            look=self.look, prove_line=self.prove, clock=self.clock, emit=self.events.extend, limits=Limits()
        )

    async def look(self, check):
        return replace(make_result(self.reason, tls_version="TLSv1.3" if self.proven else ""), at=self.clock.now())

    async def prove(self, since_s):
        self.note("all")
        return self.all

    async def ask_one(self):
        self.note("one")
        if self.gate is not None:
            await self.gate.wait()
        return self.one

    def note(self, who):
        self.asked.append((who, round((self.clock.now() - START).total_seconds())))

    @property
    def states(self):
        return [event.line.state for event in self.events if isinstance(event, LineChanged)]

    async def pass_s(self, seconds):
        self.asked.clear()
        await self.clock.advance(seconds)
        return [who for who, _ in self.asked]


@asynccontextmanager
async def watching(*services, proven=False):
    world = World()
    world.proven = proven
    world.engine.watch(services or [make_service("shop", *OFTEN)])
    watch = LineWatch(world.engine, world.ask_one, world.prove, world.clock)
    tasks = [asyncio.create_task(world.engine.run()), asyncio.create_task(watch.run())]
    await settle()
    try:
        yield world
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.parametrize(
    ("state", "pause_s"),
    [
        (LineState.ONLINE, 60),
        (LineState.LIMITED, 60),
        (LineState.UNKNOWN, 60),
        (LineState.OFFLINE, 5),
        (LineState.CAPTIVE, 5),
    ],
)
def test_a_lost_connection_is_asked_about_more_often(state, pause_s):
    assert not is_due(state, pause_s - 0.1, looks_per_s=1.0)
    assert is_due(state, pause_s, looks_per_s=1.0)


@pytest.mark.parametrize(("interval_s", "checks", "pause_s"), [(300, 1, 3000), (300, 20, 150), (60, 20, 60)])
def test_who_looks_seldom_asks_seldom(interval_s, checks, pause_s):
    looks_per_s = checks / interval_s

    assert not is_due(LineState.ONLINE, pause_s - 0.1, looks_per_s)
    assert is_due(LineState.ONLINE, pause_s + 0.1, looks_per_s)


async def test_a_single_service_that_is_seldom_looked_at_hardly_asks():
    async with watching(make_service("shop", SELDOM)) as world:
        assert await world.pass_s(1200) == []


async def test_one_page_is_asked_when_nothing_proved_the_connection_for_a_minute_and_no_more_often():
    async with watching() as world:
        assert await world.pass_s(59) == []
        assert await world.pass_s(2) == ["one"]
        assert await world.pass_s(600) == ["one"] * 10
        assert world.states == [LineState.ONLINE]


async def test_services_that_prove_the_connection_spare_the_question():
    async with watching(*(make_service(f"s{n}") for n in range(3)), proven=True) as world:
        assert await world.pass_s(600) == []


@pytest.mark.parametrize("service", [make_service("shop", paused=True), replace(make_service("shop"), checks=())])
async def test_where_nothing_is_watched_nobody_is_asked(service):
    async with watching(service) as world:
        assert await world.pass_s(600) == []


async def test_a_page_that_does_not_answer_makes_all_be_asked():
    async with watching() as world:
        world.one = None
        world.all = ONLINE

        assert await world.pass_s(61) == ["one", "all"]
        assert world.states == [LineState.ONLINE]


async def test_offline_is_known_without_a_failing_service_and_the_return_within_ten_seconds():
    async with watching() as world:
        await world.pass_s(61)
        world.one, world.all = None, OFFLINE
        assert await world.pass_s(60) == ["one", "all"]
        assert await world.pass_s(30) == ["one"] * 6

        world.one, world.all = ONLINE, ONLINE
        assert await world.pass_s(10) == ["one", "all"]

        assert world.states == [LineState.ONLINE, LineState.OFFLINE, LineState.ONLINE]


async def test_a_service_that_the_loss_excused_is_looked_at_as_soon_as_the_connection_is_back():
    async with watching(make_service("shop")) as world:
        world.reason = Reason.CONNECT_TIMEOUT
        world.one, world.all = None, OFFLINE
        await world.pass_s(70)
        world.reason = None
        world.one, world.all = ONLINE, ONLINE

        await world.pass_s(6)

        assert world.engine.states[0].verdict is Verdict.UP


async def test_a_sign_in_that_is_wanted_is_watched_by_one_page_until_it_is_done():
    async with watching() as world:
        world.one, world.all = CAPTIVE, CAPTIVE
        assert await world.pass_s(61) == ["one", "all"]
        assert await world.pass_s(10) == ["one"] * 2

        world.one, world.all = ONLINE, ONLINE
        await world.pass_s(6)

        assert world.states == [LineState.CAPTIVE, LineState.ONLINE]


async def test_what_is_broken_of_a_connection_is_asked_about_once_a_minute():
    async with watching() as world:
        world.one, world.all = None, LIMITED
        await world.pass_s(61)

        assert await world.pass_s(120) == ["all", "all"]
        assert world.states == [LineState.LIMITED]


async def test_without_witnesses_nothing_is_told():
    async with watching() as world:
        world.one, world.all = None, Line(LineState.UNKNOWN, START)
        world.engine.hear_line(ONLINE)

        await world.pass_s(130)

        assert world.states == [LineState.ONLINE]


async def test_a_service_that_proves_the_connection_while_a_page_is_waited_for_knows_better():
    async with watching() as world:
        world.gate = asyncio.Event()
        await world.pass_s(61)
        world.proven = True
        world.engine.check_now(["shop"])
        await world.clock.advance(1)

        world.one, world.all = None, OFFLINE
        world.gate.set()
        await settle()

        assert world.states == [LineState.ONLINE]
