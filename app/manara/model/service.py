"""Something the user watches."""

from dataclasses import dataclass

from manara.model.check import Check


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
