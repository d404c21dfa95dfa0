"""Following pages: which are asked when, who hears of it, and when nobody is asked at all."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from fakes.checks import make_service
from fakes.clock import FakeClock, settle
from manara.model import (
    CheckState,
    Claim,
    Line,
    LineState,
    OfficialComponent,
    OfficialIncident,
    OfficialPage,
    OfficialState,
    PageKind,
    Post,
    ServiceState,
    Unreadable,
    Verdict,
)
from manara.official.reading import Reading, Validator, Validators
from manara.official.told import Told
from manara.official.watch import AT_ONCE, OfficialWatch, components_of, is_not_well, services_by_page

WELL = Told(OfficialState.OPERATIONAL, "Fine", (), (OfficialComponent("a", "API", OfficialState.OPERATIONAL),))
SICK = Told(OfficialState.MAJOR_OUTAGE)


def page(name="shop", *components, kind=PageKind.STATUSPAGE):
    return OfficialPage(kind, f"https://{name}.example/", (), components)


def service(name="shop", official=None, **fields):
    return replace(make_service(name), official=official or page(name), **fields)


@dataclass
class World:
    """Services, what is believed of them, and what their pages say."""

    services: tuple = ()
    line: Line = field(default_factory=lambda: Line(LineState.ONLINE))
    wanted: bool = True
    told: Told | None = WELL
    fault: Exception | None = None
    unreadable: Unreadable = Unreadable.NO_ANSWER

    def __post_init__(self):
        self.clock = FakeClock()
        self.begun = self.clock.monotonic()
        self.heard = {}
        self.verdicts = {}
        self.asked = []
        self.under_way = self.most_under_way = 0
        self.gate = None
        self.known = []
        self.parts = []

    @property
    def states(self):
        return tuple(
            ServiceState(each.id, self.verdicts.get(each.id, Verdict.UP), official=self.heard.get(each.id))
            for each in self.services
        )

    async def read(self, asked, known):
        self.asked.append((asked.url, round(self.clock.monotonic() - self.begun)))
        self.known.append(known)
        self.parts.append(asked.components)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        if self.gate:
            await self.gate.wait()
        self.under_way -= 1
        if self.fault:
            raise self.fault
        why = None if self.told else self.unreadable
        validators = Validators({asked.url: Validator(WELL, f'"{len(self.asked)}"')})
        return Reading(self.clock.now(), self.told, why, validators=validators)

    def times(self, name="shop"):
        return [at_s for url, at_s in self.asked if url == f"https://{name}.example/"]


@asynccontextmanager
async def watching(*services, **fields):
    world = World(tuple(services), **fields)
    world.watch = OfficialWatch(world, world.read, world.heard.__setitem__, world.clock, wanted=lambda: world.wanted)
    running = asyncio.create_task(world.watch.run())
    await settle()
    try:
        yield world
    finally:
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running


async def test_a_page_is_read_at_once_and_then_every_five_minutes():
    async with watching(service()) as world:
        assert world.heard["shop"].state is OfficialState.OPERATIONAL

        await world.clock.advance(1_000)

        first, second, third, fourth = world.times()
        assert first == 0
        assert all(
            300 <= later - earlier <= 332 for earlier, later in [(first, second), (second, third), (third, fourth)]
        )


async def test_a_page_that_several_share_is_read_once_for_all():
    shared = page("shared")
    async with watching(service("a", shared), service("b", replace(shared, components=("gone",)))) as world:
        assert len(world.asked) == 1
        assert world.heard["a"].state is OfficialState.OPERATIONAL
        assert (world.heard["b"].state, world.heard["b"].missing) == (OfficialState.UNKNOWN, ("gone",))
        assert world.parts == [("gone",)]


async def test_it_is_read_every_minute_while_a_service_of_it_is_not_well():
    async with watching(service()) as world:
        await world.clock.advance(100)
        world.verdicts["shop"] = Verdict.DOWN
        await world.clock.advance(1)
        assert len(world.asked) == 2

        await world.clock.advance(200)

        assert len(world.asked) == 5


async def test_it_is_read_every_minute_while_it_tells_of_trouble():
    async with watching(service(), told=SICK) as world:
        await world.clock.advance(200)

        assert len(world.asked) == 4


async def test_what_it_said_last_stays_when_it_cannot_be_read():
    async with watching(service()) as world:
        read_at = world.clock.now()
        world.told = None
        await world.clock.advance(400)

        heard = world.heard["shop"]
        assert (heard.state, heard.read_at, heard.unreadable) == (
            OfficialState.OPERATIONAL,
            read_at,
            Unreadable.NO_ANSWER,
        )
        assert heard.tried_at > read_at


async def test_a_page_that_fails_is_tried_less_often():
    async with watching(service(), told=None) as world:
        await world.clock.advance(3_600)

        assert 4 <= len(world.asked) <= 6


async def test_what_a_reading_leaves_is_given_to_the_next():
    async with watching(service()) as world:
        await world.clock.advance(400)

        assert [list(known.by_url.values())[:1] for known in world.known] == [[], [Validator(WELL, '"1"')]]


async def test_a_post_without_a_time_stays_as_old_as_it_is():
    async with watching(service()) as world:
        for _ in range(3):
            post = Post(world.clock.now(), "We look into it.")
            incident = OfficialIncident("1", "No mail", OfficialState.DEGRADED, None, None, (post,))
            world.told = Told(OfficialState.DEGRADED, "", (incident,))
            await world.clock.advance(340)

        (incident,) = world.heard["shop"].incidents
        assert world.clock.now() - incident.posts[0].at > timedelta(seconds=600)


async def test_nothing_is_asked_where_the_user_does_not_want_it():
    async with watching(service(), wanted=False) as world:
        await world.clock.advance(1_000)
        assert (world.asked, world.heard) == ([], {})

        world.wanted = True
        await world.clock.advance(1)

        assert len(world.asked) == 1


@pytest.mark.parametrize("state", [LineState.OFFLINE, LineState.CAPTIVE])
async def test_nothing_is_asked_while_our_own_line_is_down(state):
    async with watching(service(), line=Line(state)) as world:
        await world.clock.advance(1_000)
        assert world.asked == []

        world.line = Line(LineState.ONLINE)
        await world.clock.advance(1)

        assert len(world.asked) == 1


async def test_few_pages_are_read_at_the_same_time():
    async with watching(*(service(f"s{number}") for number in range(20))) as world:
        world.gate = asyncio.Event()
        await world.clock.advance(60)
        assert world.most_under_way == AT_ONCE

        world.gate.set()
        await world.clock.advance(60)

        assert len({url for url, _ in world.asked}) == 20
        assert len(world.heard) == 20


async def test_services_without_a_page_and_paused_ones_ask_nobody():
    async with watching(make_service("bare"), service("quiet", paused=True)) as world:
        await world.clock.advance(60)

        assert world.asked == []


async def test_a_service_that_comes_later_hears_what_was_read_before():
    shared = page("shared")
    async with watching(service("a", shared)) as world:
        world.services = (*world.services, service("b", shared))
        await world.clock.advance(1)

        assert (len(world.asked), world.heard["b"].state) == (1, OfficialState.OPERATIONAL)


async def test_a_service_whose_chosen_parts_change_hears_anew():
    async with watching(service()) as world:
        world.services = (service(official=page("shop", "gone")),)
        await world.clock.advance(1)

        assert (len(world.asked), world.heard["shop"].missing) == (1, ("gone",))


async def test_a_page_that_nobody_needs_any_more_is_let_go_also_while_it_is_read():
    async with watching(service(), service("other")) as world:
        await world.clock.advance(2)
        world.gate = asyncio.Event()
        await world.clock.advance(340)
        world.services = ()
        world.heard.clear()
        world.gate.set()
        await world.clock.advance(1_000)

        assert (len(world.asked), world.heard) == (4, {})


async def test_a_page_for_people_is_said_to_be_so_once():
    async with watching(
        service(official=page(kind=PageKind.HTML)), told=None, unreadable=Unreadable.NOT_FOR_PROGRAMS
    ) as world:
        world.verdicts["shop"] = Verdict.DOWN
        await world.clock.advance(10_000)

        assert len(world.asked) == 1
        assert world.heard["shop"].unreadable is Unreadable.NOT_FOR_PROGRAMS


async def test_after_a_sleep_every_page_is_read_soon():
    async with watching(service("a"), service("b")) as world:
        await world.clock.advance(100)
        world.watch.hurry()
        await world.clock.advance(2)

        assert len(world.asked) == 4

        await world.clock.advance(100)
        assert len(world.asked) == 4


async def test_a_mistake_of_ours_does_not_end_the_watch(caplog):
    async with watching(service(), fault=RuntimeError("a mistake")) as world:
        assert "ended in an error of the program" in caplog.text
        caplog.clear()
        assert world.heard["shop"].unreadable is Unreadable.NOT_ITS_FORMAT

        world.fault = None
        await world.clock.advance(700)

        assert world.heard["shop"].state is OfficialState.OPERATIONAL


def test_a_service_is_not_well_as_soon_as_something_speaks_against_it():
    at = FakeClock().now()
    doubted = CheckState(Verdict.UP, against=(Claim(at, Verdict.DOWN, None),))
    unsure = CheckState(Verdict.UP, against=(Claim(at, Verdict.UNKNOWN, None),))

    assert is_not_well(ServiceState("a", Verdict.DEGRADED))
    assert is_not_well(ServiceState("a", Verdict.UP, checks=(doubted,)))
    assert not is_not_well(ServiceState("a", Verdict.UP, checks=(unsure,)))
    assert not is_not_well(ServiceState("a", Verdict.UNKNOWN))


def test_parts_count_where_they_are_chosen():
    assert components_of(service("a", page("x", "one"))) == ("one",)
    assert components_of(make_service("bare")) == ()


def test_what_counts_of_a_page_does_not_make_it_another_page():
    a, b = service("a", page("x", "one")), service("b", page("x", "two"))

    assert services_by_page([a, b]) == {page("x"): [a, b]}
