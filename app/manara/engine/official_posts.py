"""What an official word says of an incident that we have measured: pure functions."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from manara.engine.timeline import with_happenings
from manara.model import Happening, Incident, OfficialIncident, OfficialState, OfficialWord, Stage

EARLIER = timedelta(minutes=30)
"""An operator may know of it so long before us; what he said earlier is about something else."""


def with_official(incident: Incident, service_id: str, word: OfficialWord, heard: datetime) -> Incident:
    """Return an incident with what a page says of it: each post once, and when it was first admitted."""
    posts = list(_new_posts(incident, service_id, word))
    if posts:
        incident = replace(incident, timeline=with_happenings(incident.timeline, posts))
    if incident.official_after is None and (after := _first_admission(incident, word, heard)) is not None:
        incident = replace(incident, official_after=after)
    return incident


def _first_admission(incident: Incident, word: OfficialWord, heard: datetime) -> timedelta | None:
    """Return how long after the beginning the page first admitted trouble; None while it does not.

    The page's own times count where it gives some; else it is when we read it.
    """
    if not word.admits_trouble:
        return None
    moments = [moment for told in _about(incident, word) if (moment := _told_at(incident, told)) is not None]
    return max(min(moments, default=word.read_at or heard) - incident.began.by, timedelta(0))


def _new_posts(incident: Incident, service_id: str, word: OfficialWord) -> Iterator[Happening]:
    """Return each post about it that is not in its timeline yet; services of one operator share a page."""
    known = {(each.at, each.text) for each in incident.timeline if each.stage is Stage.OFFICIAL}
    earliest = incident.began.by - EARLIER
    for told in _about(incident, word):
        for post in sorted(told.posts, key=lambda post: post.at):
            if post.at >= earliest and (post.at, post.text) not in known:
                known.add((post.at, post.text))
                yield Happening(post.at, Stage.OFFICIAL, service_id, text=post.text)


def _about(incident: Incident, word: OfficialWord) -> Iterable[OfficialIncident]:
    planned = OfficialState.MAINTENANCE
    return [told for told in word.incidents if told.state is not planned and _told_at(incident, told) is not None]


def _told_at(incident: Incident, told: OfficialIncident) -> datetime | None:
    """Return when it was first told of, if that can be about this incident."""
    earliest = incident.began.by - EARLIER
    moments = [post.at for post in told.posts] if told.posts or told.began is None else [told.began]
    return min((moment for moment in moments if moment >= earliest), default=None)
