"""Values out of a remote JSON document, of which nothing is certain: neither that they are there, nor what they are."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeAlias

from manara.model import OfficialState
from manara.official.plain_text import plain_line, plain_text
from manara.official.told import NotItsFormat

Entry: TypeAlias = Mapping[str, object]

MOST_ENTRIES = 10_000
"""No page has more parts or incidents than this; one that claims to have is not read."""


def entry(value: object) -> Entry:
    """Return an object; an empty one in the place of anything else."""
    return value if isinstance(value, dict) else {}


def demanded_entry(value: object) -> Entry:
    """Return an object; raise `NotItsFormat` where it is something else."""
    if not isinstance(value, dict):
        raise NotItsFormat("An object is missing")
    return value


def demanded_entries(value: object) -> Sequence[Entry]:
    """Return a list of objects, an empty one in the place of each that is not; raise `NotItsFormat` for no list."""
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        raise NotItsFormat("A list is missing, or has no end")
    return [entry(each) for each in value]


def entries(value: object) -> Sequence[Entry]:
    """Return a list of objects that may be left out; raise `NotItsFormat` where it is something else."""
    return () if value is None else demanded_entries(value)


def word(value: object) -> str:
    """Return a word of a closed list as it stands in our tables: in lower case; empty for what is no word."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)[:_LONGEST_WORD].strip().lower()


def state_of(value: object, words: Mapping[str, OfficialState]) -> OfficialState:
    """Return what a word means; what is not in the list is unknown, and never good."""
    return words.get(word(value), OfficialState.UNKNOWN)


def line(value: object) -> str:
    """Return a text as one plain line; empty for what is no text."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return str(value)
    return plain_line(_encodable(value)) if isinstance(value, str) else ""


def text(value: object) -> str:
    """Return a text in plain paragraphs; empty for what is no text."""
    return plain_text(_encodable(value)) if isinstance(value, str) else ""


def names(value: object, key: str = "name") -> tuple[str, ...]:
    """Return the names of things: of objects that have one, or plain strings."""
    if not isinstance(value, list):
        return ()
    found = (line(entry(each).get(key)) or line(each) for each in value[:_MOST_NAMES])
    return tuple(dict.fromkeys(name for name in found if name))


def link(value: object) -> str:
    """Return an `https` address; empty for anything else."""
    if not isinstance(value, str) or len(value) > 2_000 or not value.startswith("https://"):
        return ""
    return value if value.isprintable() and " " not in value else ""


def moment(value: object, at: datetime) -> datetime | None:
    """Return a moment given in ISO 8601, RFC 822, or seconds or milliseconds since 1970; None for anything else.

    Without a zone it is UTC. What claims to come from the future is of now: `at`.
    """
    try:
        found = _moment(value)
        return None if found is None else min(found.astimezone(UTC), at)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def not_before(value: object, at: datetime) -> bool:
    """Tell whether a moment is still to come."""
    try:
        found = _moment(value)
        return found is not None and found.astimezone(UTC) > at
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return False


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        value = value.strip()
        if len(value) > _LONGEST_MOMENT:
            return None
        if not _is_number(value):
            return _written(value)
        value = float(value)
    if not isinstance(value, int | float) or not math.isfinite(value) or value < _OLDEST_S:
        return None
    # In seconds, this is the year 5138; in milliseconds, 1973.
    return datetime.fromtimestamp(value / 1_000 if value > 1e11 else value, UTC)


def _written(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        found = parsedate_to_datetime(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _is_number(value: str) -> bool:
    return value.isascii() and value.replace(".", "", 1).isdigit() and len(value) >= 9


def _encodable(value: str) -> str:
    """Return the text without halves of characters, which JSON can hold and nothing else can."""
    head = value[:_MOST_READ]
    return head if head.isascii() else head.encode("utf-8", "replace").decode()


_OLDEST_S = 1e8
"""A smaller number is no moment: no page has anything to tell of 1973."""
_LONGEST_WORD = 100
_LONGEST_MOMENT = 64
_MOST_NAMES = 100
_MOST_READ = 100_000
