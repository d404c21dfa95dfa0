"""Something the user watches."""

import re
import unicodedata
from dataclasses import dataclass

from manara.model.check import Check
from manara.model.official import OfficialPage

MAX_ID = 100
"""Characters."""


@dataclass(frozen=True, slots=True)
class Service:
    """Something the user watches, with the checks that look at it."""

    id: str
    name: str
    checks: tuple[Check, ...]
    group: str = ""
    tags: tuple[str, ...] = ()
    paused: bool = False
    catalogue: str = ""
    """The id of the catalogue entry it was made from; empty for the user's own."""
    note: str = ""
    """What people want to remember of it, on one line; imports write here what did not come over."""
    operator: str = ""
    """Who runs it: services of one operator often fail together."""
    official: OfficialPage | None = None
    """Where that operator says how it is."""


def id_of(name: str) -> str:
    """Return the id that a name leads to; empty when it has no letters and no digits."""
    words = _NOT_IN_IDS.sub("-", unicodedata.normalize("NFKC", name).casefold())
    return words.lstrip("-_.")[:MAX_ID].rstrip("-_.")


_NOT_IN_IDS = re.compile(r"[^\w.]+")
