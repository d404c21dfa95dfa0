"""The parts of a page that count for a service: pure functions over names, ids and groups."""

from collections.abc import Collection

from manara.model import OfficialComponent, OfficialState
from manara.official.told import Told, worst


def restricted(told: Told, names: Collection[str]) -> tuple[OfficialState, tuple[str, ...]]:
    """Return the state of the components of those names, ids or groups, of all without any; and the names not found.

    Of what the page does not have, nothing can be told.
    """
    if not names:
        return told.state, ()
    missing = missing_parts(told.components, names)
    states = [each.state for each in chosen(told.components, names)]
    return worst([*states, *(OfficialState.UNKNOWN for _ in missing)]), missing


def chosen(components: Collection[OfficialComponent], names: Collection[str]) -> tuple[OfficialComponent, ...]:
    """Return the components of those names, ids or groups."""
    wanted = {_folded(name) for name in names}
    return tuple(each for each in components if not wanted.isdisjoint(_keys(each)))


def missing_parts(components: Collection[OfficialComponent], names: Collection[str]) -> tuple[str, ...]:
    """Return the names that mean no component."""
    if not names:
        return ()
    known = {key for each in components for key in _keys(each)}
    return tuple(name for name in names if _folded(name) not in known)


def _keys(component: OfficialComponent) -> set[str]:
    return {_folded(key) for key in (component.id, component.name, component.group) if key}


def _folded(name: str) -> str:
    return name.strip().casefold()
