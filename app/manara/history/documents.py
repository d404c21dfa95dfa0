"""Incidents, zones, diagnoses and official words as JSON and back.

JSON in the file is ASCII: a server can put half a character into a text, which the file could not hold otherwise.
Loaded when the first of them is written or read, since it takes a while.
"""

import json
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

Thing = TypeVar("Thing")


@cache
def _adapter(kind: Any) -> "TypeAdapter[Any]":
    return TypeAdapter(kind)


def text_of(thing: object) -> str:
    """Return a frozen dataclass of the model as JSON."""
    return json.dumps(_adapter(cast("Any", type(thing))).dump_python(thing, mode="json"))


def thing_of(kind: type[Thing], text: str) -> Thing:
    """Return what a JSON text describes; raise `ValueError` where a later version wrote what this one cannot know."""
    return cast("Thing", _adapter(cast("Any", kind)).validate_python(json.loads(text)))
