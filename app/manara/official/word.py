"""From what a page tells to the official word of one service: pure functions."""

from dataclasses import replace

from manara.model import OfficialPage, OfficialWord
from manara.official.parts import chosen, restricted
from manara.official.reading import Reading
from manara.official.told import MOST_COMPONENTS, latest


def word_of(page: OfficialPage, reading: Reading, before: OfficialWord | None) -> OfficialWord:
    """Return the word after a try to read; when it failed, the last that was read stays with its age."""
    if reading.told is None:
        kept = before if before is not None and before.page == page else OfficialWord(page)
        return replace(kept, tried_at=reading.at, unreadable=reading.unreadable)
    told = reading.told
    state, missing = restricted(told, page.components)
    first = chosen(told.components, page.components)
    shown = {id(each) for each in first}
    return OfficialWord(
        page,
        state,
        told.title,
        latest(told.incidents),
        (*first, *(each for each in told.components if id(each) not in shown))[:MOST_COMPONENTS],
        read_at=reading.at,
        tried_at=reading.at,
        missing=missing,
    )
