"""What a screen reader knows of a program: objects in objects."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

ISOLATES = "\u2066\u2067\u2068\u2069"
"""What keeps words of one direction together within a text of the other; not read aloud."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An object as a screen reader knows it."""

    role: str
    name: str
    text: str
    """What can be read in it, beside its name."""
    states: tuple[str, ...]
    place: tuple[int, int, int, int]
    """Left, top, width and height on the screen."""
    children: tuple["Seen", ...] = field(repr=False)

    @property
    def all(self) -> Iterator["Seen"]:
        """This object and everything in it."""
        yield self
        for child in self.children:
            yield from child.all

    def find(self, role: str, begin: str = "") -> "Seen | None":
        """Return the first object of this role, or of any, whose name or text begins like this."""
        alike = (seen for seen in self.all if role in ("", seen.role))
        return next((seen for seen in alike if seen.name.startswith(begin) or seen.text.startswith(begin)), None)


def seen_of(told: dict[str, Any]) -> Seen:
    return Seen(
        told["role"],
        told["name"].strip(ISOLATES),
        told["text"].strip(ISOLATES),
        tuple(told["states"]),
        tuple(told["place"]),
        tuple(seen_of(child) for child in told["children"]),
    )
