import asyncio

import pytest

from fakes.clock import settle
from manara.diagnosis import LineProver
from manara.model import Line, LineState

ONLINE, OFFLINE = Line(LineState.ONLINE), Line(LineState.OFFLINE)


class Asked:
    """What the witnesses say, and how often they were asked."""

    def __init__(self):
        self.line = ONLINE
        self.times = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def ask(self):
        self.times += 1
        await self.gate.wait()
        return self.line


@pytest.fixture
def asked():
    return Asked()


async def test_services_that_fail_together_ask_once(asked, clock):
    asked.gate.clear()
    proof = LineProver(asked.ask, clock)
    asking = [asyncio.create_task(proof.prove(clock.monotonic())) for _ in range(50)]
    await settle()

    asked.gate.set()
    lines = await asyncio.gather(*asking)

    assert (asked.times, set(lines)) == (1, {ONLINE})


async def test_an_answer_from_before_the_failing_look_began_does_not_prove_the_line(asked, clock):
    proof = LineProver(asked.ask, clock)
    await proof.prove(clock.monotonic())
    asked.line = OFFLINE

    clock.pass_by(0.01)
    asking = asyncio.create_task(proof.prove(clock.monotonic()))
    await clock.advance(1)

    assert await asking == OFFLINE


async def test_the_witnesses_are_not_asked_again_within_a_second(asked, clock):
    proof = LineProver(asked.ask, clock)
    await proof.prove(clock.monotonic())
    clock.pass_by(0.1)
    asking = asyncio.create_task(proof.prove(clock.monotonic()))

    await clock.advance(0.8)
    early = asked.times
    await clock.advance(0.2)
    await asking

    assert (early, asked.times) == (1, 2)


async def test_a_second_later_they_are_asked_at_once(asked, clock):
    proof = LineProver(asked.ask, clock)
    await proof.prove(clock.monotonic())
    clock.pass_by(1.5)

    await proof.prove(clock.monotonic())

    assert asked.times == 2
