"""Taking the catalogue that is shipped apart without understanding it.

Reading TOML costs 60 ms for the whole of it, at every start of every command, and most need a dozen of its sections.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sections:
    """The text of a catalogue in its parts."""

    head: str
    by_id: Mapping[str, str]


def split_sections(text: str) -> Sections | None:
    """Return the parts of a catalogue whose sections each begin with their id; None when it is not of this form."""
    head, *bodies = _HEADER.split(text)
    ids = [match[1] for match in map(_ID.match, bodies) if match]
    if not bodies or len(set(ids)) != len(bodies):
        return None
    return Sections(head, dict(zip(ids, bodies, strict=True)))


_HEADER = re.compile(r"^\[\[services\]\]\n", re.MULTILINE)
_ID = re.compile(r'id = "([^"\\\n]+)"\n')
