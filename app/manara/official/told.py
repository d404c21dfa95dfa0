"""What one document of an official page tells, before anybody's wishes are applied to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from manara.model import OfficialComponent, OfficialIncident, OfficialState, Post


class NotItsFormat(Exception):  # noqa: N818 - not an error of the program: it is what was found
    """A document is not what its dialect says it should be."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says."""

    state: OfficialState
    """Of everything that the page tells of."""
    title: str = ""
    """The page's own sentence."""
    incidents: tuple[OfficialIncident, ...] = ()
    components: tuple[OfficialComponent, ...] = ()


def worst(states: Iterable[OfficialState]) -> OfficialState:
    """Return the worst of states: trouble that is known, else what cannot be told, else the less good.

    Of nothing, nothing can be told.
    """
    found = set(states)
    for state in _WORST_FIRST:
        if state in found:
            return state
    return OfficialState.UNKNOWN


def whole(said: OfficialState, components: Sequence[OfficialComponent]) -> OfficialState:
    """Return the state of a page that says how it is, and of whose components some may say otherwise.

    Either may lag behind the other. One of many parts under maintenance is not the whole under maintenance.
    """
    states = {component.state for component in components}
    if states != {OfficialState.MAINTENANCE}:
        states.discard(OfficialState.MAINTENANCE)
    return worst({said, *states})


def of_open(incidents: Iterable[OfficialIncident]) -> OfficialState:
    """Return the state of a page that lists incidents alone: good where none goes on."""
    return worst([OfficialState.OPERATIONAL, *(each.state for each in incidents if each.open)])


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return the newest of the posts, in their order."""
    return tuple(sorted(posts, key=lambda post: post.at, reverse=True)[:MOST_POSTS])


def latest(incidents: Iterable[OfficialIncident]) -> tuple[OfficialIncident, ...]:
    """Return the open incidents, then the others, the newest of each first; not more than anybody reads."""
    ordered = sorted(incidents, key=_age_of_last_word, reverse=True)
    return tuple(sorted(ordered, key=lambda incident: not incident.open)[:MOST_INCIDENTS])


MOST_POSTS = 10
MOST_INCIDENTS = 20
MOST_COMPONENTS = 500

_WORST_FIRST = (
    OfficialState.MAJOR_OUTAGE,
    OfficialState.PARTIAL_OUTAGE,
    OfficialState.DEGRADED,
    OfficialState.UNKNOWN,
    OfficialState.MAINTENANCE,
    OfficialState.OPERATIONAL,
)


def _age_of_last_word(incident: OfficialIncident) -> float:
    moments = (*(post.at for post in incident.posts[:1]), incident.ended, incident.began)
    return max((moment.timestamp() for moment in moments if moment is not None), default=0.0)
