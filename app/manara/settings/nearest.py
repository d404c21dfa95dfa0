"""What somebody perhaps meant by a word that nobody knows."""

from collections.abc import Iterable

from manara.loading import load
from manara.model import Said


def did_you_mean(text: str, known: Iterable[str]) -> Said:
    """Return a question that names the nearest known word, or nothing when none is near."""
    near = nearest(text, known)
    return Said('Did you mean "{word}"?', word=near) if near else Said("")


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most like the text, whatever its case; None when none is like it."""
    by_folded = {word.casefold(): word for word in known}
    # Comparing costs the product of the lengths, and nobody's typing error is longer than this.
    matches: list[str] = load("difflib:get_close_matches")(text[:_LONGEST_COMPARED].casefold(), by_folded, n=1)
    return by_folded[matches[0]] if matches else None


_LONGEST_COMPARED = 100
