"""Times that a page does not give, or gives wrongly, stay what they were when they were first read: pure functions.

What has no time is as old as its reading, and what claims to come from the future, too; at the next reading it would be
younger, and look like news.
"""

from dataclasses import replace
from datetime import datetime

from manara.model import OfficialIncident, Post
from manara.official.told import Told, newest_first


def steadied(told: Told, before: Told) -> Told:
    """Return what a page tells, with the times at which the same was told before where these are earlier."""
    known = {incident.id: incident for incident in before.incidents}
    incidents = (_steadied(each, known[each.id]) if each.id in known else each for each in told.incidents)
    return replace(told, incidents=tuple(incidents))


def _steadied(incident: OfficialIncident, before: OfficialIncident) -> OfficialIncident:
    known = {(post.text, post.state): post.at for post in before.posts}
    posts = (_as_known(post, known.get((post.text, post.state))) for post in incident.posts)
    return replace(
        incident,
        began=_earlier(incident.began, before.began),
        ended=_earlier(incident.ended, before.ended),
        posts=newest_first(posts),
    )


def _as_known(post: Post, at: datetime | None) -> Post:
    return post if at is None or at >= post.at else replace(post, at=at)


def _earlier(now: datetime | None, before: datetime | None) -> datetime | None:
    """Return the earlier of two moments; None while there is none now: what had ended goes on again."""
    return now if now is None or before is None else min(now, before)
