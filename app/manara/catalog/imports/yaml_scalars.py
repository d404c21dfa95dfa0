"""What a word of YAML without quotation marks is; for the programs of these files, `off`, `1:30`, dates are texts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ScalarKind:
    """What is not a text (YAML 1.2, 10.3.2): by its form, and the characters that it can begin with."""

    tag: str
    pattern: re.Pattern[str]
    begins: tuple[str, ...]
    value_of: Callable[[str], Any]


def _nothing(_: str) -> None:
    return None


def _truth(text: str) -> bool:
    return text.lower() == "true"


KINDS = (
    ScalarKind("null", re.compile(r"~|null|Null|NULL|"), ("~", "n", "N", ""), _nothing),
    ScalarKind("bool", re.compile(r"true|True|TRUE|false|False|FALSE"), tuple("tTfF"), _truth),
    ScalarKind("int", re.compile(r"[-+]?(?:0|[1-9][0-9]*)"), tuple("-+0123456789"), int),
    ScalarKind(
        "float",
        re.compile(r"[-+]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)"),
        tuple("-+.0123456789"),
        float,
    ),
)

_BY_BEGIN = {
    character: [kind for kind in KINDS if character in kind.begins] for kind in KINDS for character in kind.begins
}


def value_of(text: str) -> Any:
    """Return what a word means; raise `ValueError` for a number with too many digits."""
    for kind in _BY_BEGIN.get(text[:1], ()):
        if kind.pattern.fullmatch(text):
            return kind.value_of(text)
    return text
