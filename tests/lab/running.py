"""Telling the stories, several at a time, each in a laboratory of its own."""

import asyncio
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.laboratory import Laboratory, NotSaid
from lab.stories import Story


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a story."""

    name: str
    wrong: str = ""
    """What Manara said that is not so, or did not say; empty where all was right."""
    missing: bool = False
    """Whether nothing was wrong but that it could not tell: it waited in vain for a word, and nobody was blamed."""
    seconds: float | None = None
    """From the end of the first failing look until the outage was both confirmed and explained."""


async def tell_all(stories: Sequence[Story], folder: Path, *, at_once: int) -> dict[str, Outcome]:
    """Tell all stories, so many at once; return what became of each, by its name."""
    places = asyncio.Semaphore(at_once)

    async def tell(number: int, story: Story) -> Outcome:
        async with places:
            place = folder / f"{number:02}"
            place.mkdir()
            return await tell_one(story, place)

    outcomes = await asyncio.gather(*(tell(number, story) for number, story in enumerate(stories)))
    return {outcome.name: outcome for outcome in outcomes}


async def tell_one(story: Story, folder: Path) -> Outcome:
    """Tell a story in a new laboratory."""
    lab = await asyncio.to_thread(Laboratory, folder, story.sites, story.owners)
    try:
        if story.usually_ms is not None:
            await asyncio.to_thread(lab.remember, story.usually_ms)
        await lab.start(story.settings(lab) if story.settings else "")
        seconds = await story.tell(lab)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong with one story must not end the others
        missing = isinstance(error, NotSaid) and not lab.blames()
        return Outcome(story.name, f"{traceback.format_exc()}\n{lab.said()}", missing)
    else:
        return Outcome(story.name, seconds=seconds)
    finally:
        await lab.close()
