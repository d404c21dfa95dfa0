"""The words of operators for somebody who waits."""

import asyncio
from dataclasses import replace

from fakes.checks import make_service
from fakes.clock import FakeClock
from manara.model import OfficialPage, OfficialState, PageKind, Unreadable
from manara.official import Reading, words_once
from manara.official.told import Told

CLOCK = FakeClock()


def service(name, page="https://status.example/"):
    return replace(make_service(name), official=OfficialPage(PageKind.STATUSPAGE, page))


async def asked(*services, read, within_s=30.0):
    return await words_once(services, read, CLOCK, within_s=within_s)


async def test_each_page_is_read_once_for_all_its_services():
    pages = []

    async def read(page, known):
        pages.append(page.url)
        return Reading(CLOCK.now(), Told(OfficialState.DEGRADED))

    words = await asked(service("a"), service("b"), make_service("bare"), read=read)

    assert pages == ["https://status.example/"]
    assert {name: word.state for name, word in words.items()} == {
        "a": OfficialState.DEGRADED,
        "b": OfficialState.DEGRADED,
    }


async def test_without_pages_nobody_is_asked():
    assert await asked(make_service("bare"), read=None) == {}


async def test_what_takes_too_long_did_not_answer():
    async def read(page, known):
        if "slow" in page.url:
            await asyncio.Event().wait()
        return Reading(CLOCK.now(), Told(OfficialState.OPERATIONAL))

    words = await asked(service("quick"), service("slow", "https://slow.example/"), read=read, within_s=0.2)

    assert words["quick"].state is OfficialState.OPERATIONAL
    assert words["slow"].unreadable is Unreadable.NO_ANSWER
