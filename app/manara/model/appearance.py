"""How the window looks: the `[appearance]` section of the settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from manara.model.options import option


class ColourScheme(StrEnum):
    """Which colours the window has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Digits(StrEnum):
    """Which digits numbers are written with."""

    SYSTEM = "system"
    """Those that the language has."""
    WESTERN = "western"
    ARABIC = "arabic"


class TileSize(StrEnum):
    """How large each service is shown."""

    ROOMY = "roomy"
    COMPACT = "compact"
    LIST = "list"


def usable_language(text: str) -> None:
    """Raise `ValueError` unless the text can be the code of a language; the empty text is that of the system."""
    if text and not _LANGUAGE.fullmatch(text):
        raise ValueError('The code of a language is like "ar" or "pt_BR".')


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceOptions:
    """The `[appearance]` section."""

    theme: ColourScheme = option(
        ColourScheme.SYSTEM, help="Colours of the window: those of the system, or light or dark ones whatever it has"
    )
    density: TileSize = option(TileSize.ROOMY, help="How large each service is shown")
    language: str = option(
        "",
        help="Language of the window, as a code like `ar`; empty means the system's. Where there are no words in it, "
        "they stay English and only the direction changes. From the next start on",
        maximum=20,
        accepts=usable_language,
    )
    digits: Digits = option(
        Digits.SYSTEM,
        help="Digits of numbers and times in the window: those of the language, `123` or `١٢٣`; from the next start on",
    )


def appearance_of(table: Mapping[str, Any]) -> AppearanceOptions:
    """Return what an `[appearance]` section says, without what cannot be used: for a start that must not wait.

    What is wrong in it is told by those who read all of the settings a moment later.
    """
    language = table.get("language")
    known = isinstance(language, str) and len(language) <= _LONGEST and _LANGUAGE.fullmatch(language)
    return AppearanceOptions(
        theme=_member(table.get("theme"), ColourScheme.SYSTEM),
        density=_member(table.get("density"), TileSize.ROOMY),
        language=str(language) if known else "",
        digits=_member(table.get("digits"), Digits.SYSTEM),
    )


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*")
_LONGEST = 20

Word = TypeVar("Word", bound=StrEnum)


def _member(word: Any, otherwise: Word) -> Word:
    kind = type(otherwise)
    return kind(word) if isinstance(word, str) and word in {member.value for member in kind} else otherwise
