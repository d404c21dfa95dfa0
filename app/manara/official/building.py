"""Incidents, posts and components out of remote values: every dialect builds them here, so that all are cleaned."""

from collections.abc import Iterable
from datetime import datetime

from manara.model import OfficialComponent, OfficialIncident, OfficialState, Post
from manara.official.told import newest_first
from manara.official.values import line, link, moment, text, word


def component(key: object, name: object, state: OfficialState, group: str = "") -> OfficialComponent:
    """Return a part of a service; without a name, its id is its name."""
    return OfficialComponent(line(key), line(name) or line(key), state, group)


def post(at: datetime, published: object, said: object, state: object = "") -> Post | None:
    """Return a statement, where it says anything; without a time of its own it is as old as its reading: `at`."""
    words, stage = text(said), word(state)
    if not words and not stage:
        return None
    return Post(moment(published, at) or at, words, line(stage))


def incident(
    at: datetime,
    *,
    key: object,
    title: object,
    state: OfficialState,
    began: object,
    ended: object = None,
    over: bool = False,
    posts: Iterable[Post | None] = (),
    components: tuple[str, ...] = (),
    url: object = "",
) -> OfficialIncident:
    """Return an incident; one that is `over` has ended, also where its end cannot be read."""
    last_word = newest_first(each for each in posts if each is not None)
    end = moment(ended, at)
    if over and end is None:
        end = last_word[0].at if last_word else at
    return OfficialIncident(
        line(key), line(title), state, moment(began, at), end if over else None, last_word, components, link(url)
    )
