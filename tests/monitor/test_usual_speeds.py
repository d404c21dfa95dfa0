"""What is usual is asked of the history once an hour, and only where the user wants the comparison."""

import asyncio
from concurrent.futures import Future

from fakes.checks import FakeCheck, make_service
from fakes.clock import settle
from manara.history import CheckKey, HistoryUnreadable
from manara.model import Usual
from manara.monitor.usual_speeds import EVERY_S, UsualSpeeds

SHOP = make_service("shop", FakeCheck(name="site"), FakeCheck(name="api"))
KNOWN = {CheckKey("shop", "fake", "site", 0): Usual(100, 5)}


class Past:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def usual(self, at):
        self.asked.append(at)
        future = Future()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
        return future


async def asked_for(clock, past, wanted, hours=0):
    """Run for so many hours; return what is known then of both checks."""
    speeds = UsualSpeeds(past, clock, lambda: wanted[0])
    running = asyncio.create_task(speeds.run())
    await settle()
    for _ in range(hours):
        await clock.advance(EVERY_S)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return [speeds.of(SHOP, position) for position in (0, 1)]


async def test_what_is_known_is_told_for_each_check(clock):
    past = Past(KNOWN)

    assert await asked_for(clock, past, [True]) == [Usual(100, 5), None]


async def test_it_is_asked_again_every_hour(clock):
    past = Past(KNOWN, {}, KNOWN)

    assert await asked_for(clock, past, [True], hours=1) == [None, None]
    assert len(past.asked) == 2


async def test_without_a_history_nothing_is_usual(clock):
    past = Past(HistoryUnreadable("there is none"))

    assert await asked_for(clock, past, [True]) == [None, None]


async def test_who_does_not_want_it_is_not_compared(clock):
    past = Past()

    assert await asked_for(clock, past, [False]) == [None, None]
    assert past.asked == []
