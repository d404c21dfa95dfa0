"""A dataclass with an option of every type, as settings have them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from manara.model import option


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def no_spaces(texts):
    for text in texts:
        if " " in text:
            raise ValueError("there must be no space in it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    address: str = option(help="Where it is, like `here`")
    title: str = option("Sir", help="How to call it", maximum=5)
    often: timedelta = option(timedelta(seconds=60), help="How often", unit="s", minimum=1, maximum=3600)
    slow: timedelta | None = option(None, help="What is slow", unit="s")
    most: int = option(3, help="How many", unit="pieces", minimum=1, maximum=9)
    share: float = option(0.5, help="How much", maximum=1)
    loud: bool = option(False, help="Whether it is loud")
    colour: Colour = option(Colour.RED, help="Which colour", advanced=True)
    words: tuple[str, ...] = option(("a", "b"), help="Which words", maximum=4, accepts=no_spaces)
    headers: tuple[tuple[str, str], ...] = option((), help="Which headers", maximum=2)
    story: str = option("", help="What happened", maximum=10_000, advanced=True)
    least: int = option(0, help="At least", minimum=0)
