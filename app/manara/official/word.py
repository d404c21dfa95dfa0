"""From what a page tells to the official word of one service: pure functions."""

from collections.abc import Collection
from dataclasses import replace

from manara.model import OfficialComponent, OfficialPage, OfficialState, OfficialWord
from manara.official.reading import Reading
from manara.official.told import MOST_COMPONENTS, Told, latest, worst


def word_of(page: OfficialPage, reading: Reading, before: OfficialWord | None) -> OfficialWord:
    """Return the word after a try to read; when it failed, the last that was read stays with its age."""
    if reading.told is None:
        kept = before if before is not None and before.page == page else OfficialWord(page)
        return replace(kept, tried_at=reading.at, unreadable=reading.unreadable)
    told = reading.told
    state, missing = restricted(told, page.components)
    chosen = _chosen(told.components, page.components)
    shown = {id(each) for each in chosen}
    return OfficialWord(
        page,
        state,
        told.title,
        latest(told.incidents),
        (*chosen, *(each for each in told.components if id(each) not in shown))[:MOST_COMPONENTS],
        read_at=reading.at,
        tried_at=reading.at,
        missing=missing,
    )


def restricted(told: Told, names: Collection[str]) -> tuple[OfficialState, tuple[str, ...]]:
    """Return the state of the components of those names, ids or groups, of all without any; and the names not found.

    Of what the page does not have, nothing can be told.
    """
    if not names:
        return told.state, ()
    known = {key for each in told.components for key in _keys(each)}
    missing = tuple(name for name in names if name.strip().casefold() not in known)
    states = [each.state for each in _chosen(told.components, names)]
    return worst([*states, *(OfficialState.UNKNOWN for _ in missing)]), missing


def _chosen(components: Collection[OfficialComponent], names: Collection[str]) -> tuple[OfficialComponent, ...]:
    wanted = {name.strip().casefold() for name in names}
    return tuple(each for each in components if not wanted.isdisjoint(_keys(each)))


def _keys(component: OfficialComponent) -> set[str]:
    return {key.casefold() for key in (component.id, component.name, component.group) if key}
