import asyncio

import pytest

from fakes.clock import settle
from manara.engine.limits import Limits


class Crowd:
    """Takes slots and remembers how many are held."""

    def __init__(self, limits):
        self.limits = limits
        self.inside = []
        self.leave = asyncio.Event()

    async def enter(self, service_id, host):
        async with self.limits.slot(service_id, host):
            self.inside.append((service_id, host))
            await self.leave.wait()
            self.inside.remove((service_id, host))


async def entered(limits, *visitors):
    crowd = Crowd(limits)
    tasks = [asyncio.create_task(crowd.enter(*visitor)) for visitor in visitors]
    await settle()
    inside = list(crowd.inside)
    crowd.leave.set()
    await asyncio.gather(*tasks)
    assert crowd.inside == []
    return inside


async def test_one_service_is_looked_at_once_at_a_time():
    inside = await entered(Limits(), ("shop", "a"), ("shop", "b"))

    assert inside == [("shop", "a")]


async def test_one_host_bears_only_a_few_looks():
    inside = await entered(Limits(max_per_host=2), ("a", "host"), ("b", "host"), ("c", "host"), ("d", "other"))

    assert inside == [("a", "host"), ("b", "host"), ("d", "other")]


async def test_only_so_many_looks_are_under_way_in_all():
    inside = await entered(Limits(max_at_once=2), ("a", "a"), ("b", "b"), ("c", "c"))

    assert inside == [("a", "a"), ("b", "b")]


async def test_those_who_wait_for_a_busy_host_do_not_hold_up_others():
    visitors = [(str(number), "busy") for number in range(10)] + [("free", "free")]

    inside = await entered(Limits(max_at_once=3, max_per_host=2), *visitors)

    assert ("free", "free") in inside


async def test_a_cancelled_visitor_leaves_nothing_behind():
    limits = Limits(max_per_host=1)
    crowd = Crowd(limits)
    first = asyncio.create_task(crowd.enter("a", "host"))
    second = asyncio.create_task(crowd.enter("b", "host"))
    await settle()

    second.cancel()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    with pytest.raises(asyncio.CancelledError):
        await second

    assert limits.gates_in_use == 0
