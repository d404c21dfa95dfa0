"""The timeline of an incident: oldest first, bounded; what comes again and again stands there a few times. Pure."""

from collections.abc import Iterable

from manara.model import Happening, Stage

LONGEST = 200
FIRST_KEPT = 50
"""So many of the first lines stay, however long it goes on; after them the oldest make room."""
TIMES_TOLD = 5
"""The same of the same service is told so often: the first times, and always the last."""
_ALWAYS_TOLD = (Stage.OFFICIAL, Stage.NOTE)


def with_happenings(timeline: tuple[Happening, ...], added: Iterable[Happening]) -> tuple[Happening, ...]:
    """Return the timeline with more lines, each in its place."""
    lines = list(timeline)
    for happening in added:
        if happening.stage not in _ALWAYS_TOLD:
            alike = [each for each in lines if _alike(each, happening)]
            if len(alike) >= TIMES_TOLD:
                lines.remove(alike[-1])
        lines.append(happening)
    lines.sort(key=lambda each: each.at)
    if len(lines) > LONGEST:
        del lines[FIRST_KEPT : FIRST_KEPT + len(lines) - LONGEST]
    return tuple(lines)


def _alike(one: Happening, other: Happening) -> bool:
    return (one.stage, one.service_id, one.conclusion) == (other.stage, other.service_id, other.conclusion)
