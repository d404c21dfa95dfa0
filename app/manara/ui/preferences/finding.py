"""Searching in the words of the window, as people mean them: in Arabic and without accents as well."""

from collections.abc import Callable

from manara.catalog.folding import folded

LONGEST = 200
"""Characters of a search that count."""


def matcher(words: str) -> Callable[[str], bool]:
    """Return what tells whether a text has all these words, each at least as a part; without words every text."""
    wanted = folded(words[:LONGEST]).split() if words.strip() else []
    return lambda text: not wanted or _has(folded(text), wanted)


def _has(text: str, wanted: list[str]) -> bool:
    return all(word in text for word in wanted)
