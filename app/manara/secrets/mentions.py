"""Whether anything still names a secret. Pure; it is better to find one named once too often than to lose it."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any


def mentioned(references: Collection[str], tables: Iterable[Any], text: str) -> set[str]:
    """Return those of the references that stand in tables or lists of any depth, or in a text, be it in a comment."""
    values = set(_texts(tables))
    values |= {_real(value) for value in values}
    return {each for each in references if {each, _real(each)} & values or _stands_in(each, text)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(value.values())
    elif isinstance(value, Iterable):
        for item in value:
            yield from _texts(item)


def _real(reference: str) -> str:
    """Return a reference to a file by the path without links and detours, any other as it is."""
    kind, colon, place = reference.partition(":")
    # A path with a zero byte is none, and names nothing.
    return f"{kind}{colon}{os.path.realpath(place)}" if kind == "file" and "\0" not in place else reference


def _stands_in(reference: str, text: str) -> bool:
    # `keyring:shop` does not stand in `keyring:shop-2`; a dot may end a sentence.
    return re.search(rf"{re.escape(reference)}(?![\w-]|\.\w)", text) is not None
