"""Incidents, zones, diagnoses and official words as JSON and back.

JSON in the file is ASCII: a server can put half a character into a text, which the file could not hold otherwise.
Loaded when the first of them is written or read: who has none needs none of it.
"""

import json
from typing import TypeVar

import msgspec

Thing = TypeVar("Thing")


def text_of(thing: object) -> str:
    """Return a frozen dataclass of the model as JSON."""
    return json.dumps(msgspec.to_builtins(thing))


def thing_of(kind: type[Thing], text: str) -> Thing:
    """Return what a JSON text describes; raise `ValueError` where a later version wrote what this one cannot know."""
    return msgspec.convert(json.loads(text), kind)
