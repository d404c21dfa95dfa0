"""How the engine takes over what operators say, and what becomes of it."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import FakeCheck, make_result, make_service
from fakes.clock import FakeClock, settle
from manara.engine import Engine, Limits
from manara.model import (
    Circumstance,
    Interval,
    Line,
    LineState,
    OfficialHeard,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Reason,
    Transitioned,
    Verdict,
)

PAGE = OfficialPage(PageKind.STATUSPAGE, "https://status.example/")
SHOP = replace(make_service("shop"), official=PAGE)


class World:
    def __init__(self, counts):
        self.clock = FakeClock()
        self.events = []
        self.reason = None
        self.engine = Engine(
            look=self.look,
            prove_line=self.prove,
            clock=self.clock,
            emit=self.events.extend,
            limits=Limits(),
            official_counts=counts,
        )

    async def look(self, check):
        return replace(make_result(self.reason), at=self.clock.now())

    async def prove(self, since_s):
        return Line(LineState.ONLINE, self.clock.now())

    def hear(self, state, service_id="shop"):
        now = self.clock.now()
        self.engine.hear_official(service_id, OfficialWord(PAGE, state, read_at=now, tried_at=now))

    @property
    def state(self):
        return self.engine.states[0]

    def changes(self):
        return [event.transition for event in self.events if isinstance(event, Transitioned)]


@asynccontextmanager
async def watching(service=SHOP, *, counts=False, reason=None):
    world = World(counts)
    world.reason = reason
    world.engine.watch([service])
    running = asyncio.create_task(world.engine.run())
    await settle()
    try:
        await world.clock.advance(120)
        world.events.clear()
        yield world
    finally:
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running


async def test_what_is_heard_is_kept_and_told():
    async with watching() as world:
        world.hear(OfficialState.MAJOR_OUTAGE)

        assert world.state.official.state is OfficialState.MAJOR_OUTAGE
        assert world.state.verdict is Verdict.UP
        assert world.events == [OfficialHeard(world.clock.now(), world.state)]


async def test_of_a_service_that_is_not_watched_nothing_is_heard():
    async with watching(counts=True) as world:
        world.hear(OfficialState.MAJOR_OUTAGE, "other")

        assert world.events == []


async def test_trouble_degrades_where_it_counts_from_between_two_readings():
    async with watching(counts=True) as world:
        world.hear(OfficialState.OPERATIONAL)
        read_before = world.clock.now()
        await world.clock.advance(30)
        world.hear(OfficialState.PARTIAL_OUTAGE)

        assert (world.state.verdict, world.state.cause) == (Verdict.DEGRADED, Circumstance.OFFICIAL_WORD)
        assert world.changes()[0].when == Interval(read_before, world.clock.now())


async def test_it_stays_so_while_looks_are_good_and_ends_with_the_trouble():
    async with watching(counts=True) as world:
        world.hear(OfficialState.PARTIAL_OUTAGE)
        await world.clock.advance(300)
        assert world.state.verdict is Verdict.DEGRADED

        world.hear(OfficialState.OPERATIONAL)

        assert (world.state.verdict, world.state.cause) == (Verdict.UP, None)
        assert [(each.before, each.after) for each in world.changes()] == [
            (Verdict.UP, Verdict.DEGRADED),
            (Verdict.DEGRADED, Verdict.UP),
        ]


async def test_a_failure_during_planned_work_is_maintenance_until_the_work_is_done():
    async with watching(counts=True, reason=Reason.SERVER_ERROR) as world:
        world.hear(OfficialState.MAINTENANCE)
        assert world.state.verdict is Verdict.MAINTENANCE

        world.hear(OfficialState.OPERATIONAL)

        assert (world.state.verdict, world.state.cause) == (Verdict.DOWN, Reason.SERVER_ERROR)


async def test_the_user_can_let_it_count_and_take_that_back():
    async with watching() as world:
        world.hear(OfficialState.PARTIAL_OUTAGE)

        world.engine.count_official(counts=True)
        world.engine.count_official(counts=True)
        assert world.state.verdict is Verdict.DEGRADED
        assert world.state.since == Interval(None, world.clock.now())

        world.engine.count_official(counts=False)
        assert world.state.verdict is Verdict.UP
        assert len(world.changes()) == 2


async def test_a_paused_service_stays_paused():
    async with watching(replace(SHOP, paused=True), counts=True) as world:
        world.hear(OfficialState.MAJOR_OUTAGE)

        assert world.state.verdict is Verdict.PAUSED


async def test_an_edited_service_keeps_what_was_heard_while_its_page_stays():
    async with watching(counts=True) as world:
        world.hear(OfficialState.PARTIAL_OUTAGE)
        since = world.state.since
        world.events.clear()
        await world.clock.advance(10)

        world.engine.watch([replace(SHOP, name="Another name")])

        assert (world.state.verdict, world.state.since) == (Verdict.DEGRADED, since)
        assert world.state.official is not None
        assert world.changes() == []


async def test_with_another_page_nothing_was_heard_yet():
    async with watching(counts=True) as world:
        world.hear(OfficialState.PARTIAL_OUTAGE)
        other = OfficialPage(PageKind.INSTATUS, "https://other.example/")

        world.engine.watch([replace(SHOP, official=other)])

        assert (world.state.verdict, world.state.official) == (Verdict.UP, None)


async def test_with_other_checks_nothing_is_known_at_all():
    async with watching(counts=True) as world:
        world.hear(OfficialState.PARTIAL_OUTAGE)

        world.engine.watch([replace(SHOP, checks=(FakeCheck(name="other", timeout=timedelta(seconds=3)),))])

        assert world.state.official is None
        assert world.state.cause is Circumstance.NOT_LOOKED_YET
