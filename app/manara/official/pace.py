"""When an official page is read next: pure functions over seconds and what the last reading brought."""

from datetime import datetime, timedelta
from zlib import crc32

from manara.model import OfficialState, PageKind, Unreadable
from manara.official.reading import Reading
from manara.official.told import Told

EVERY_S = 300.0
"""How often a page is read while all is well."""
URGENT_EVERY_S = 60.0
"""How often it is read while it tells of trouble, or one of its services is not well."""
LONGEST_S = 900.0
"""A page that cannot be read is tried at least so often."""
LONGEST_UNWANTED_S = 3600.0
"""One that turns programs away, or has nothing for them, is tried at least so often."""
JITTER = 0.1
"""By this part of the time between two readings they are spread, so that pages are not all read at once."""
NEWS_FOR = timedelta(days=1)
"""Incidents without a word for so long are no reason for haste: some pages never close them."""

_UNWANTED = frozenset({Unreadable.TURNED_AWAY, Unreadable.NOT_FOR_PROGRAMS, Unreadable.TOO_LARGE})
_TROUBLE = frozenset({OfficialState.DEGRADED, OfficialState.PARTIAL_OUTAGE, OfficialState.MAJOR_OUTAGE})


def next_due_s(key: str, tried_s: float, last: Reading, failures: int, *, urgent: bool) -> float:
    """Return when a page is read next, in the seconds of `tried_s`; `failures` is how many tries in a row failed."""
    every_s = URGENT_EVERY_S if urgent else EVERY_S
    if failures:
        longest_s = LONGEST_UNWANTED_S if last.unreadable in _UNWANTED else LONGEST_S
        every_s = min(every_s * 2.0 ** min(failures, 10), longest_s)
    if last.unreadable is Unreadable.NOT_FOR_PROGRAMS:
        every_s = LONGEST_UNWANTED_S
    every_s *= 1 + JITTER * crc32(key.encode()) / 2**32
    return tried_s + max(every_s, last.retry_after_s)


def is_never_read(kind: PageKind) -> bool:
    """Return whether only people can read pages of a kind, so that nobody need try again."""
    return kind in (PageKind.HTML, PageKind.HTML_TEXT)


def tells_of_trouble(told: Told, now: datetime) -> bool:
    """Return whether something goes on that was written of lately."""
    if told.state in _TROUBLE and not told.incidents:
        return True
    for incident in told.incidents:
        written = incident.posts[0].at if incident.posts else incident.began
        if incident.open and incident.state in _TROUBLE and (written is None or now - written < NEWS_FOR):
            return True
    return False
