"""Reading the pages of some services once, for those who look once."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from manara.model import Clock, OfficialPage, OfficialWord, Service, Unreadable
from manara.official.reading import Reading, Validators
from manara.official.watch import AT_ONCE, ReadPage, components_of, services_by_page
from manara.official.word import word_of


async def words_once(
    services: Sequence[Service], read: ReadPage, clock: Clock, *, within_s: float
) -> Mapping[str, OfficialWord]:
    """Return the word on each of the services that has a page, by its id; what takes too long did not answer."""
    slots = asyncio.Semaphore(AT_ONCE)
    pages = services_by_page(services)
    readings = dict.fromkeys(pages, Reading(clock.now(), None, Unreadable.NO_ANSWER))

    async def read_one(page: OfficialPage) -> None:
        async with slots:
            parts = {part: None for service in pages[page] for part in components_of(service)}
            readings[page] = await read(replace(page, components=tuple(parts)), Validators())

    tasks = [asyncio.create_task(read_one(page)) for page in pages]
    if tasks:
        await asyncio.wait(tasks, timeout=within_s)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return {
        service.id: word_of(replace(page, components=components_of(service)), readings[page], None)
        for page, sharing in pages.items()
        for service in sharing
    }
