"""What is found out about a service is asked for once at a time, and waited for where it decides."""

import asyncio

from fakes.checks import make_result
from manara.engine.inquiries import Inquiries
from manara.model import Reason, ServiceState, Verdict

FAILED = make_result(Reason.SERVER_ERROR)
STATE = ServiceState("shop", Verdict.UP)


async def nothing(*_asked):
    """Never called here."""


async def test_nobody_asks_twice_at_a_time_and_who_waits_goes_on_when_it_is_over(clock):
    inquiries = Inquiries(nothing, clock)
    answer = asyncio.Event()

    task = asyncio.create_task(answer.wait())
    inquiries.begun("shop", task)
    clock.pass_by(1000)

    assert not inquiries.is_wanted(STATE, 0, FAILED)
    assert inquiries.is_wanted(ServiceState("bank", Verdict.UP), 0, FAILED)
    assert inquiries.under_way == (task,)
    waiting = asyncio.create_task(inquiries.be_over("shop"))
    answer.set()
    await waiting
    assert task.done()
    await inquiries.be_over("shop")


async def test_it_is_not_asked_again_at_once(clock):
    inquiries = Inquiries(nothing, clock)
    inquiries.begun("shop", asyncio.create_task(nothing()))
    await inquiries.be_over("shop")
    await asyncio.sleep(0)

    assert not inquiries.is_wanted(STATE, 0, FAILED)
    clock.pass_by(60)
    assert inquiries.is_wanted(STATE, 0, FAILED)


async def test_a_service_that_comes_back_is_asked_about_at_once(clock):
    inquiries = Inquiries(nothing, clock)
    inquiries.begun("shop", asyncio.create_task(nothing()))
    await inquiries.be_over("shop")
    await asyncio.sleep(0)

    inquiries.keep_only(frozenset())

    assert inquiries.is_wanted(STATE, 0, FAILED)


def test_without_anybody_to_ask_nothing_is_wanted(clock):
    assert not Inquiries(None, clock).is_wanted(STATE, 0, FAILED)
