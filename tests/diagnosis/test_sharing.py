import asyncio

import pytest

from fakes.clock import settle
from manara.diagnosis.sharing import REUSE_S, Shared


class Question:
    """Counts how often it is asked, and answers when the test says so."""

    def __init__(self, *, open_=True):
        self.asked = self.at_once = self.most_at_once = 0
        self.gate = asyncio.Event()
        if open_:
            self.gate.set()

    async def __call__(self):
        self.asked += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.gate.wait()
        self.at_once -= 1
        return self.asked


async def test_what_many_want_to_know_at_once_is_asked_once(clock):
    shared, question = Shared(clock), Question(open_=False)

    asking = [asyncio.create_task(shared.get("a", question)) for _ in range(500)]
    await settle()
    question.gate.set()

    assert set(await asyncio.gather(*asking)) == {1}


async def test_an_answer_is_used_for_a_few_seconds(clock):
    shared, question = Shared(clock), Question()
    await shared.get("a", question)

    await clock.advance(REUSE_S / 2)
    assert await shared.get("a", question) == 1
    await clock.advance(REUSE_S)
    assert await shared.get("a", question) == 2


async def test_who_gives_up_waiting_leaves_the_question_to_the_others(clock):
    shared, question = Shared(clock), Question(open_=False)
    impatient = asyncio.create_task(shared.get("a", question))
    patient = asyncio.create_task(shared.get("a", question))
    await settle()

    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    question.gate.set()

    assert await patient == 1


async def test_a_question_that_takes_long_is_not_asked_again_meanwhile(clock):
    shared, question = Shared(clock), Question(open_=False)
    first = asyncio.create_task(shared.get("a", question))
    await settle()

    await clock.advance(REUSE_S * 2)
    second = asyncio.create_task(shared.get("a", question))
    await settle()
    question.gate.set()

    assert (await first, await second) == (1, 1)


async def test_only_so_many_questions_are_open_at_once(clock):
    shared, question = Shared(clock, at_once=3), Question(open_=False)

    asking = [asyncio.create_task(shared.get(number, question)) for number in range(10)]
    await settle()
    question.gate.set()
    await asyncio.gather(*asking)

    assert (question.asked, question.most_at_once) == (10, 3)
