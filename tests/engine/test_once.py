import asyncio

import pytest

from fakes.checks import FakeCheck, make_result, make_service
from fakes.clock import START, FakeClock, settle
from manara.engine import Limits, look_once
from manara.model import (
    Circumstance,
    Line,
    LineState,
    OfficialPage,
    OfficialState,
    OfficialWord,
    PageKind,
    Reason,
    ResultArrived,
    Verdict,
)


async def asked(*services, answers=None, line=LineState.ONLINE):
    clock, events, looks = FakeClock(), [], []
    answers = answers or {}

    async def look(check):
        looks.append(check.name)
        return answers.get(check.name, make_result())

    async def prove(since_s):
        return Line(line, START)

    task = asyncio.create_task(
        look_once(services, look=look, prove_line=prove, clock=clock, limits=Limits(), on_event=events.append)
    )
    await settle()
    while not task.done():
        await clock.advance(0.5)
    known, states = await task
    return known, states, looks, events


async def test_a_good_service_is_looked_at_once():
    _, (state,), looks, events = await asked(make_service("shop"))

    assert (state.verdict, looks) == (Verdict.UP, ["shop"])
    assert [event.service_id for event in events if isinstance(event, ResultArrived)] == ["shop"]


async def test_a_failing_service_is_rechecked_until_the_verdict_is_sure():
    _, (state,), looks, _ = await asked(make_service("shop"), answers={"shop": make_result(Reason.SERVER_ERROR)})

    assert (state.verdict, looks) == (Verdict.DOWN, ["shop"] * 3)


async def test_every_check_of_every_service_is_looked_at():
    services = [make_service("a", FakeCheck(name="a1"), FakeCheck(name="a2")), make_service("b")]

    _, states, looks, _ = await asked(*services)

    assert sorted(looks) == ["a1", "a2", "b"]
    assert [state.verdict for state in states] == [Verdict.UP, Verdict.UP]


async def test_what_is_known_of_the_line_is_returned():
    known, (state,), _, _ = await asked(
        make_service("shop"), answers={"shop": make_result(Reason.DNS_TIMEOUT)}, line=LineState.OFFLINE
    )

    assert (known.state, state.cause) == (LineState.OFFLINE, Circumstance.OWN_LINE)


async def test_paused_services_and_services_without_checks_are_not_waited_for():
    _, states, looks, _ = await asked(make_service("a", paused=True), make_service("b"))

    assert ([state.verdict for state in states], looks) == ([Verdict.PAUSED, Verdict.UP], ["b"])


async def test_nothing_to_look_at_ends_at_once():
    known, states, looks, _ = await asked()

    assert (known, states, looks) == (Line(), (), [])


async def test_a_fault_of_the_program_is_raised():
    async def broken(check):
        raise ZeroDivisionError

    async def prove(since_s):
        return Line()

    with pytest.raises(ExceptionGroup):
        await look_once([make_service("a")], look=broken, prove_line=prove, clock=FakeClock(), limits=Limits())


def saying(heard, asked_of):
    async def ask(services):
        asked_of.append([service.id for service in services])
        return {service.id: heard for service in services}

    return ask


@pytest.mark.parametrize(("counts", "asked_of"), [(False, ["bad"]), (True, ["good", "bad"])])
async def test_the_operators_of_what_is_not_well_are_heard_or_all_where_they_count(counts, asked_of):
    asked_for, clock = [], FakeClock()
    page = OfficialPage(PageKind.STATUSPAGE, "https://status.example/")
    word = OfficialWord(page, OfficialState.PARTIAL_OUTAGE, read_at=START, tried_at=START)

    async def look(check):
        return make_result(Reason.SERVER_ERROR if check.name == "bad" else None)

    async def prove(since_s):
        return Line(LineState.ONLINE, START)

    task = asyncio.create_task(
        look_once(
            [make_service("good"), make_service("bad")],
            look=look,
            prove_line=prove,
            clock=clock,
            limits=Limits(),
            ask_official=saying(word, asked_for),
            official_counts=counts,
        )
    )
    await settle()
    while not task.done():
        await clock.advance(0.5)
    _, (good, bad) = await task

    assert asked_for == [asked_of]
    assert (bad.verdict, bad.official) == (Verdict.DOWN, word)
    assert (good.verdict, good.official) == ((Verdict.DEGRADED, word) if counts else (Verdict.UP, None))


@pytest.mark.parametrize("state", [LineState.OFFLINE, LineState.CAPTIVE])
async def test_without_a_way_out_no_operator_is_asked(state):
    asked_for, clock = [], FakeClock()

    async def look(check):
        return make_result(Reason.DNS_TIMEOUT)

    async def prove(since_s):
        return Line(state, START)

    async def ask(services):
        asked_for.append(services)
        return {}

    task = asyncio.create_task(
        look_once([make_service("bad")], look=look, prove_line=prove, clock=clock, limits=Limits(), ask_official=ask)
    )
    await settle()
    while not task.done():
        await clock.advance(0.5)
    await task

    assert asked_for == []
