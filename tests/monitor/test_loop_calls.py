import asyncio
import threading

import pytest

from manara.monitor.loop_calls import LoopCalls


@pytest.fixture
def loop():
    made = asyncio.new_event_loop()
    yield made
    made.close()


async def answer():
    return 42


async def broken():
    raise ZeroDivisionError


async def never():
    await asyncio.Event().wait()


def test_what_is_asked_before_the_loop_runs_is_answered_once_it_does(loop):
    future = LoopCalls(loop).call(answer)

    loop.run_until_complete(asyncio.sleep(0.01))

    assert future.result(0) == 42


def test_a_fault_is_that_of_the_future(loop):
    future = LoopCalls(loop).call(broken)

    loop.run_until_complete(asyncio.sleep(0.01))

    assert isinstance(future.exception(0), ZeroDivisionError)


def test_what_is_open_when_the_loop_ends_is_cancelled():
    with asyncio.Runner() as runner:
        calls = LoopCalls(runner.get_loop())
        under_way = calls.call(never)
        runner.run(asyncio.sleep(0))
        waiting = calls.call(answer)

        calls.end()

        late = calls.call(answer)
    assert [future.cancelled() for future in (under_way, waiting, late)] == [True, True, True]


def test_a_call_that_is_cancelled_on_the_loop_is_cancelled(loop):
    async def cancelled():
        raise asyncio.CancelledError

    future = LoopCalls(loop).call(cancelled)

    loop.run_until_complete(asyncio.sleep(0.01))

    assert future.cancelled()


def test_who_asked_may_lose_interest(loop):
    calls = LoopCalls(loop)
    asked = threading.Event()

    async def slow():
        asked.set()
        await asyncio.sleep(0.01)
        return 42

    future = calls.call(slow)
    loop.run_until_complete(asyncio.sleep(0))
    assert asked.is_set()

    future.cancel()

    loop.run_until_complete(asyncio.sleep(0.05))
    assert future.cancelled()
