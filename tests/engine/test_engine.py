import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import FakeCheck, make_result, make_service
from fakes.clock import START, FakeClock, settle
from manara.engine import Engine, Limits
from manara.model import (
    Circumstance,
    Interval,
    Limit,
    Line,
    LineChanged,
    LineState,
    NotObserved,
    Outcome,
    Reason,
    ResultArrived,
    ServicesChanged,
    Transitioned,
    Verdict,
)

ONLINE = Line(LineState.ONLINE, START)


class World:
    """An engine among fakes: what each service answers, what is known of the line, what was told."""

    def __init__(self):
        self.clock = FakeClock()
        self.answers = {}
        self.line = ONLINE
        self.asked = 0
        self.looks = []
        self.events = []
        self.hanging = set()
        self.gates = {}
        self.engine = Engine(
            look=self.look,
            prove_line=self.prove,
            clock=self.clock,
            emit=self.events.extend,
            limits=Limits(),
        )

    async def look(self, check):
        at = self.clock.now()
        self.looks.append((check.name, (at - START).total_seconds()))
        if check.name in self.gates:
            await self.gates[check.name].wait()
        if check.name in self.hanging:
            await asyncio.Event().wait()
        answer = self.answers.get(check.name)
        return replace(answer, at=at) if answer else replace(make_result(), at=at)

    async def prove(self, since_s):
        self.asked += 1
        return self.line

    def told(self, kind):
        return [event for event in self.events if isinstance(event, kind)]

    def state(self, service_id):
        return next(state for state in self.engine.states if state.service_id == service_id)

    def looked_at(self, name):
        return [at_s for looked, at_s in self.looks if looked == name]


@asynccontextmanager
async def running(*services):
    world = World()
    world.engine.watch(services)
    task = asyncio.create_task(world.engine.run())
    await settle()
    try:
        yield world
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_every_service_is_looked_at_once_in_each_interval():
    services = [make_service(f"s{number}") for number in range(30)]

    async with running(*services) as world:
        await world.clock.advance(60)

        assert {name for name, _ in world.looks} == {f"s{number}" for number in range(30)}

        world.looks.clear()
        await world.clock.advance(600)

        assert all(len(world.looked_at(f"s{number}")) == 10 for number in range(30))


async def test_the_first_look_happens_at_once():
    async with running(make_service("shop")) as world:
        assert world.looks == [("shop", 0.0)]
        assert world.state("shop").verdict is Verdict.UP


async def test_watching_is_told_with_the_first_states():
    async with running(make_service("shop")) as world:
        told = world.told(ServicesChanged)[0]

        assert [service.id for service in told.services] == ["shop"]
        assert told.states[0].cause is Circumstance.NOT_LOOKED_YET


async def test_a_result_tells_when_it_was_due_and_what_is_believed_now():
    async with running(make_service("shop")) as world:
        arrived = world.told(ResultArrived)[0]

        assert (arrived.service_id, arrived.check, arrived.due) == ("shop", 0, START)
        assert arrived.state.verdict is Verdict.UP


async def test_a_failure_is_rechecked_quickly_and_then_told_as_one_transition():
    async with running(make_service("shop")) as world:
        await world.clock.advance(60)
        world.answers["shop"] = make_result(Reason.SERVER_ERROR)
        world.events.clear()
        await world.clock.advance(70)

        bad = [event for event in world.told(ResultArrived) if event.result.failure]
        seconds = [(event.result.at - bad[0].result.at).total_seconds() for event in bad[:3]]
        assert seconds == pytest.approx([0, 1, 3], abs=0.3)
        (told,) = world.told(Transitioned)
        assert (told.transition.before, told.transition.after) == (Verdict.UP, Verdict.DOWN)
        assert told.transition.cause is Reason.SERVER_ERROR
        assert told.transition.when.by == bad[0].result.at
        assert told.transition.when.after < bad[0].result.at
        assert told.state == world.state("shop")


async def test_recovery_takes_several_rounds_at_the_usual_pace():
    async with running(make_service("shop")) as world:
        world.answers["shop"] = make_result(Reason.SERVER_ERROR)
        await world.clock.advance(120)
        assert world.state("shop").verdict is Verdict.DOWN

        world.answers.clear()
        await world.clock.advance(100)
        assert world.state("shop").verdict is Verdict.DOWN

        await world.clock.advance(90)
        assert world.state("shop").verdict is Verdict.UP


async def test_one_of_two_failing_checks_degrades_the_service():
    service = make_service("shop", FakeCheck(name="site"), FakeCheck(name="api"))

    async with running(service) as world:
        world.answers["api"] = make_result(Reason.CONNECTION_REFUSED)
        await world.clock.advance(60)

        state = world.state("shop")
        assert (state.verdict, state.cause) == (Verdict.DEGRADED, Reason.CONNECTION_REFUSED)


async def test_when_our_own_line_is_back_what_its_loss_excused_is_looked_at_at_once():
    async with running(make_service("a"), make_service("b")) as world:
        world.line = Line(LineState.OFFLINE, START)
        world.answers = {"a": make_result(Reason.DNS_TIMEOUT, address=None), "b": make_result()}
        await world.clock.advance(60 + 5)
        world.looks.clear()

        world.engine.hear_line(Line(LineState.OFFLINE, START))
        await world.clock.advance(0.3)
        while_offline = list(world.looks)
        world.line = ONLINE
        world.engine.hear_line(ONLINE)
        await world.clock.advance(0.3)

        assert (while_offline, [name for name, _ in world.looks]) == ([], ["a"])
        assert [event.line.state for event in world.told(LineChanged)] == [LineState.OFFLINE, LineState.ONLINE]


async def test_when_name_servers_of_ours_answer_again_what_they_excused_is_looked_at_at_once():
    async with running(make_service("a")) as world:
        world.line = Line(LineState.LIMITED, START, (), (Limit.OWN_RESOLVER,))
        world.answers["a"] = make_result(Reason.SERVFAIL, address=None)
        await world.clock.advance(65)
        assert world.state("a").cause is Circumstance.OWN_RESOLVER
        world.looks.clear()

        world.line = ONLINE
        world.engine.hear_line(ONLINE)
        await world.clock.advance(0.3)

        assert [name for name, _ in world.looks] == ["a"]


async def test_that_an_outage_goes_on_asks_nobody_while_another_service_proves_the_line():
    often = replace(FakeCheck(name="far"), interval=timedelta(seconds=5))
    async with running(make_service("a"), make_service("far", often)) as world:
        world.answers = {"far": make_result(tls_version="TLSv1.3"), "a": make_result(Reason.CONNECT_TIMEOUT)}
        await world.clock.advance(70)
        asked = world.asked

        await world.clock.advance(300)

        assert world.state("a").verdict is Verdict.DOWN
        assert (asked > 0, world.asked) == (True, asked)


async def test_another_limit_of_our_own_line_is_told():
    async with running(make_service("a")) as world:
        limits = [(Limit.IPV6,), (Limit.IPV6,), (Limit.OWN_RESOLVER,)]
        for some in limits:
            world.engine.hear_line(Line(LineState.LIMITED, START, (), some))

        assert [event.line.limits for event in world.told(LineChanged)] == [(Limit.IPV6,), (Limit.OWN_RESOLVER,)]


async def test_silence_while_our_own_line_is_dead_accuses_nobody():
    async with running(make_service("a"), make_service("b")) as world:
        world.line = Line(LineState.OFFLINE, START)
        for name in ("a", "b"):
            world.answers[name] = make_result(Reason.DNS_TIMEOUT, address=None)
        await world.clock.advance(120)

        assert {state.cause for state in world.engine.states} == {Circumstance.OWN_LINE}
        assert world.engine.line.state is LineState.OFFLINE
        assert [event.line.state for event in world.told(LineChanged)] == [LineState.OFFLINE]


async def test_silence_is_down_when_the_line_is_proven():
    async with running(make_service("a")) as world:
        world.answers["a"] = make_result(Reason.DNS_TIMEOUT, address=None)
        await world.clock.advance(120)

        assert world.state("a").verdict is Verdict.DOWN


async def test_nobody_is_asked_about_the_line_while_all_is_well():
    async with running(make_service("a")) as world:
        await world.clock.advance(600)

        assert world.asked == 0


async def test_a_verified_answer_during_the_look_spares_the_question():
    async with running(make_service("far"), make_service("a")) as world:
        await world.clock.advance(1)
        world.answers["far"] = make_result(tls_version="TLSv1.3")
        world.answers["a"] = make_result(Reason.CONNECT_TIMEOUT)
        world.gates["a"] = asyncio.Event()
        world.engine.check_now(["a"])
        await world.clock.advance(0.3)
        world.engine.check_now(["far"])
        await world.clock.advance(0.3)

        world.gates["a"].set()
        await settle()

        assert world.asked == 0
        assert [claim.verdict for claim in world.state("a").checks[0].against] == [Verdict.DOWN]
        assert world.engine.line.witnesses[0].place == "far.example"


async def test_a_line_that_dies_right_after_a_good_look_accuses_nobody():
    services = [make_service("far"), make_service("a")]

    async with running(*services) as world:
        world.answers["far"] = make_result(tls_version="TLSv1.3")
        await world.clock.advance(60)
        world.engine.check_now(["far"])
        await world.clock.advance(0.3)
        assert world.engine.line.state is LineState.ONLINE

        world.line = Line(LineState.OFFLINE, START)
        world.answers["far"] = world.answers["a"] = make_result(Reason.NETWORK_UNREACHABLE, address=None)
        world.engine.check_now(["a"])
        await world.clock.advance(4.5)

        assert world.state("a").cause is Circumstance.OWN_LINE


async def test_a_changed_network_puts_the_line_in_doubt():
    async with running(make_service("far")) as world:
        world.answers["far"] = make_result(tls_version="TLSv1.3")
        await world.clock.advance(60)

        world.engine.doubt_line()

        assert world.engine.line.state is LineState.UNKNOWN
        assert [event.line.state for event in world.told(LineChanged)] == [LineState.ONLINE, LineState.UNKNOWN]


@pytest.mark.parametrize("seconds", [3600, -3600])
async def test_a_jump_of_the_clock_is_a_gap_from_which_nothing_is_judged(seconds):
    async with running(make_service("shop")) as world:
        await world.clock.advance(60)
        world.answers["shop"] = make_result(Reason.SERVER_ERROR)
        await world.clock.advance(58)
        world.events.clear()

        world.clock.jump(seconds)
        await world.clock.advance(0.3)

        gap = world.told(NotObserved)[0]
        assert (gap.until - gap.after).total_seconds() == pytest.approx(max(seconds, 0), abs=1)
        assert world.state("shop").cause is Circumstance.NOT_OBSERVED
        assert world.told(Transitioned)[0].transition.after is Verdict.UNKNOWN

        await world.clock.advance(2)
        assert world.state("shop").verdict is Verdict.UNKNOWN

        await world.clock.advance(5)
        assert world.state("shop").verdict is Verdict.DOWN


async def test_a_process_that_stood_still_has_not_observed():
    async with running(make_service("shop")) as world:
        await world.clock.advance(30)

        world.clock.pass_by(100)
        await world.clock.advance(0.3)

        gap = world.told(NotObserved)[0]
        assert (gap.until - gap.after).total_seconds() == pytest.approx(100, abs=1)


async def test_a_short_stall_is_no_gap():
    async with running(make_service("shop")) as world:
        world.clock.pass_by(10)
        await world.clock.advance(60)

        assert world.told(NotObserved) == []


async def test_a_look_under_way_across_a_gap_is_dropped_and_made_anew():
    async with running(make_service("shop")) as world:
        world.hanging.add("shop")
        await world.clock.advance(60)
        world.events.clear()

        world.clock.jump(7200)
        world.hanging.clear()
        await world.clock.advance(1)

        assert [event.result.outcome for event in world.told(ResultArrived)] == [Outcome.OK]
        assert world.state("shop").verdict is Verdict.UP


async def test_a_round_after_a_gap_is_staggered():
    services = [make_service(f"s{number}") for number in range(200)]

    async with running(*services) as world:
        await world.clock.advance(60)
        world.looks.clear()
        world.clock.jump(7200)
        await world.clock.advance(2.5)

        moments = sorted(at_s for _, at_s in world.looks)
        assert len({name for name, _ in world.looks}) == 200
        assert moments[-1] - moments[0] > 1.5


async def test_a_paused_service_is_not_looked_at():
    async with running(make_service("shop", paused=True)) as world:
        await world.clock.advance(120)
        world.clock.jump(7200)
        await world.clock.advance(120)

        assert world.looks == []
        assert (world.state("shop").verdict, world.state("shop").since) == (Verdict.PAUSED, Interval(None, START))


async def test_a_service_that_did_not_change_keeps_its_state_and_its_pace():
    shop, blog = make_service("shop"), make_service("blog")

    async with running(shop) as world:
        await world.clock.advance(60)
        world.looks.clear()
        before = world.state("shop")

        world.engine.watch([blog, shop])
        await world.clock.advance(0.3)

        assert world.state("shop") == before
        assert [name for name, _ in world.looks] == ["blog"]
        assert [service.id for service in world.engine.services] == ["blog", "shop"]


async def test_a_changed_service_starts_anew_and_a_removed_one_is_left_alone():
    shop, blog = make_service("shop"), make_service("blog")

    async with running(shop, blog) as world:
        await world.clock.advance(60)
        world.looks.clear()

        world.engine.watch([replace(shop, checks=(FakeCheck(name="new"),))])
        assert world.state("shop").cause is Circumstance.NOT_LOOKED_YET
        await world.clock.advance(120)

        assert {name for name, _ in world.looks} == {"new"}


async def test_the_late_result_of_a_removed_service_is_not_told():
    gate = asyncio.Event()
    world = World()

    async def slow(check):
        await gate.wait()
        return make_result()

    world.engine = Engine(
        look=slow, prove_line=world.prove, clock=world.clock, emit=world.events.extend, limits=Limits()
    )
    world.engine.watch([make_service("shop")])
    task = asyncio.create_task(world.engine.run())
    await settle()
    world.engine.watch([])
    gate.set()
    await world.clock.advance(1)
    task.cancel()

    assert world.told(ResultArrived) == []


async def test_check_now_looks_at_once_and_only_there():
    async with running(make_service("a"), make_service("b")) as world:
        await world.clock.advance(1)
        world.looks.clear()

        world.engine.check_now(["a"])
        await world.clock.advance(0.3)

        assert [name for name, _ in world.looks] == ["a"]


async def test_a_look_that_still_runs_is_not_doubled():
    service = make_service("shop", FakeCheck(name="shop", interval=timedelta(seconds=1)))

    async with running(service) as world:
        world.hanging.add("shop")
        await world.clock.advance(60)

        assert len(world.looked_at("shop")) == 2


async def test_a_fault_of_the_program_ends_the_watch_loudly():
    async def broken(check):
        raise ZeroDivisionError

    world = World()
    engine = Engine(look=broken, prove_line=world.prove, clock=world.clock, emit=world.events.extend, limits=Limits())
    engine.watch([make_service("shop")])

    with pytest.raises(ExceptionGroup) as raised:
        await engine.run()

    assert raised.group_contains(ZeroDivisionError)


async def test_stopping_cancels_a_look_that_hangs():
    async with running(make_service("shop")) as world:
        world.hanging.add("shop")
        await world.clock.advance(61)

        assert len(world.looks) == 2


async def known(world, *names):
    """Let time pass until all is known, and forget what was looked at so far."""
    await world.clock.advance(1)
    assert all(world.state(name).verdict is Verdict.UP for name in names)
    world.looks.clear()


async def test_a_change_of_one_service_looks_at_that_one_alone():
    services = [make_service(f"s{number}") for number in range(20)]
    async with running(*services) as world, running(*services) as untouched:
        await known(world, "s1")
        await known(untouched, "s1")
        before = world.engine.states

        changed = replace(services[7], checks=(FakeCheck(name="elsewhere"),))
        world.engine.watch([*services[:7], changed, *services[8:]])
        kept = world.engine.states
        await world.clock.advance(600)
        await untouched.clock.advance(600)

    assert kept[:7] + kept[8:] == before[:7] + before[8:]
    assert sorted(each for each in world.looks if each[0] != "elsewhere") == sorted(
        each for each in untouched.looks if each[0] != "s7"
    )


@pytest.mark.parametrize("fields", [{"name": "Store"}, {"group": "Work"}, {"tags": ("eu",)}, {"note": "mine"}])
async def test_another_name_or_group_changes_nothing_that_is_known(fields):
    shop = make_service("shop")
    async with running(shop) as world:
        await known(world, "shop")
        before = world.state("shop")

        world.engine.watch([replace(shop, **fields)])
        await world.clock.advance(10)

        assert world.state("shop") == before
        assert world.told(ServicesChanged)[-1].services == (replace(shop, **fields),)
        assert len(world.looks) <= 1


async def test_a_paused_service_with_another_name_is_paused_for_as_long():
    shop = make_service("shop", paused=True)
    async with running(shop) as world:
        before = world.state("shop")
        await world.clock.advance(100)

        world.engine.watch([replace(shop, name="Store", checks=(FakeCheck(name="a"), FakeCheck(name="b")))])

        assert world.state("shop").since == before.since
        assert len(world.state("shop").checks) == 2


async def test_a_change_of_one_check_leaves_the_others_of_the_service_alone():
    site, api = FakeCheck(name="site"), FakeCheck(name="api")
    shop = make_service("shop", site, api)
    async with running(shop) as world:
        world.answers["site"] = make_result(Reason.SERVER_ERROR)
        await world.clock.advance(130)
        before = world.state("shop")
        world.looks.clear()

        world.engine.watch([replace(shop, checks=(FakeCheck(name="new"), site))])
        at_once = world.state("shop")
        await world.clock.advance(1)

        assert before.verdict is at_once.verdict is Verdict.DEGRADED
        assert at_once.since == before.since
        assert at_once.checks[1] == before.checks[0]
        assert world.looked_at("new") != []
        assert world.looked_at("site") == world.looked_at("api") == []
        assert world.state("shop").verdict is Verdict.DEGRADED


async def test_what_was_believed_stays_until_one_more_check_was_looked_at():
    shop = make_service("shop")
    async with running(shop) as world:
        await known(world, "shop")
        world.gates["new"] = asyncio.Event()
        since = world.state("shop").since

        world.engine.watch([replace(shop, checks=(*shop.checks, FakeCheck(name="new")))])
        await world.clock.advance(120)
        meanwhile = world.state("shop")
        world.gates["new"].set()
        await settle()

        assert (meanwhile.verdict, meanwhile.since) == (Verdict.UP, since)
        assert (world.state("shop").verdict, world.state("shop").since) == (Verdict.UP, since)


async def test_a_service_without_the_check_that_failed_is_well_at_once():
    site, api = FakeCheck(name="site"), FakeCheck(name="api")
    shop = make_service("shop", site, api)
    async with running(shop) as world:
        world.answers["api"] = make_result(Reason.SERVER_ERROR)
        await world.clock.advance(130)

        world.engine.watch([replace(shop, checks=(site,))])

        state = world.state("shop")
        assert (state.verdict, state.since) == (Verdict.UP, Interval(None, world.clock.now()))


async def test_another_pace_keeps_what_is_known_and_is_taken_up_at_once():
    shop = make_service("shop", FakeCheck(name="shop", interval=timedelta(hours=1)))
    async with running(shop) as world:
        await known(world, "shop")
        before = world.state("shop")

        world.engine.watch([replace(shop, checks=(FakeCheck(name="shop", interval=timedelta(seconds=10)),))])
        kept = world.state("shop")
        await world.clock.advance(60)

        assert kept == before
        assert len(world.looks) == 6


async def test_a_look_under_way_counts_for_the_service_by_its_new_name():
    shop = make_service("shop")
    async with running() as world:
        world.gates["shop"] = asyncio.Event()
        world.engine.watch([shop])
        await world.clock.advance(1)

        world.engine.watch([replace(shop, name="Store")])
        world.gates["shop"].set()
        await settle()

        assert world.state("shop").verdict is Verdict.UP
