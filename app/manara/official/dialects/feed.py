"""RSS and Atom: the log of a page, not its state.

Only when its newest entry tells of something that goes on does a feed say how things are: nothing new for hours is not
"all well", it may be that nobody writes. Statuspage puts all updates of an incident into one entry, each beginning with
its stage in bold; others write one entry for each update, under the same id.
"""

import re
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

from manara.model import OfficialIncident, OfficialState
from manara.official.answer import Answer
from manara.official.building import incident, post
from manara.official.plain_text import plain_line, plain_text
from manara.official.told import NotItsFormat, Told, latest
from manara.official.values import line, moment
from manara.official.xml_tree import text_of, xml_tree

FORGOTTEN_AFTER = timedelta(days=7)
"""An incident of which nobody has written for so long goes on only because nobody has closed it."""

_OVER = frozenset({"resolved", "completed", "postmortem", "fixed", "restored", "closed", "cancelled", "canceled"})
_PLANNED = frozenset({"scheduled", "in progress", "verifying", "maintenance"})
_GOES_ON = frozenset({"investigating", "identified", "monitoring", "update", "updated", "confirmed", "recovering"})
_STAGES = "|".join(sorted((_OVER | _PLANNED | _GOES_ON), key=len, reverse=True))
# A stage stands behind "Status:", or at the beginning of a line, alone or before a dash; in a title also in brackets.
_STATED = re.compile(rf"\bstatus\s*[:=]\s*({_STAGES})\b", re.IGNORECASE)
_AT_BEGINNING = re.compile(rf"^\W{{0,5}}({_STAGES})\b(?=\s*(?:[-–—:\])]|$))", re.IGNORECASE | re.MULTILINE)
_PROSE = re.compile(
    r"\b(?:has|have) been (resolved|completed|fixed|restored)\b|\bis (?:now )?(resolved)\b", re.IGNORECASE
)


def read_feed(answer: Answer) -> Told:
    """Return what the newest entry of a feed says; raise `NotItsFormat`."""
    root = xml_tree(answer.content)
    told = tuple(_folded(_entries(root), answer.at))
    if not told:
        return Told(OfficialState.UNKNOWN)
    newest = max(told, key=_last_word)
    fresh = answer.at - _last_word(newest) < FORGOTTEN_AFTER
    state = newest.state if newest.open and fresh else OfficialState.UNKNOWN
    return Told(state, newest.title, latest(told))


def stage_of(title: str, said: str) -> str:
    """Return the stage of an incident that an entry names, in lower case; empty where it names none."""
    for pattern, place in ((_STATED, said), (_AT_BEGINNING, said), (_AT_BEGINNING, title), (_STATED, title)):
        if found := pattern.search(place):
            return found[1].lower()
    found = _PROSE.search(said)
    return "" if found is None else (found[1] or found[2]).lower()


def _entries(root: Element) -> list[Element]:
    if root.tag == "feed":
        return root.findall("entry")
    channel = root.find("channel")
    if root.tag not in ("rss", "RDF", "other:RDF") or channel is None:
        raise NotItsFormat("It is not a feed")
    return channel.findall("item") or root.findall("item")


def _folded(entries: list[Element], at: datetime) -> list[OfficialIncident]:
    """Return one incident for each id, as its newest entry tells of it."""
    found: dict[str, OfficialIncident] = {}
    for each in entries:
        told = _incident(each, at)
        known = found.get(told.id)
        if known is None or _last_word(known) < _last_word(told):
            found[told.id] = told
    return list(found.values())


def _incident(told: Element, at: datetime) -> OfficialIncident:
    title = plain_line(text_of(told, "title"))
    said = plain_text(text_of(told, "encoded", "content", "description", "summary"))
    stage = stage_of(title, said)
    published = text_of(told, "updated", "pubDate", "published", "other:date").strip()
    state = OfficialState.UNKNOWN
    if moment(published, at) is None:
        # It may be of any age.
        stage = ""
    if stage in _GOES_ON:
        state = OfficialState.DEGRADED
    elif stage in _PLANNED and stage != "scheduled":
        state = OfficialState.MAINTENANCE
    return incident(
        at,
        key=line(text_of(told, "guid", "id", "link", "title").strip()),
        title=title,
        state=state,
        began=text_of(told, "published", "pubDate", "updated").strip(),
        ended=published,
        over=stage in _OVER or stage == "scheduled",
        posts=[post(at, published, said, stage)],
        url=_link_of(told),
    )


def _link_of(told: Element) -> str:
    written = text_of(told, "link").strip()
    linked = (each.get("href", "") for each in told.findall("link") if each.get("rel", "alternate") == "alternate")
    return written or next(linked, "")


def _last_word(told: OfficialIncident) -> datetime:
    """Return when an incident was last written of; an entry without a time is as young as the reading of it."""
    return told.posts[0].at if told.posts else told.began or _EPOCH


_EPOCH = datetime.fromtimestamp(0, UTC)
