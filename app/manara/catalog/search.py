"""Search in the catalogue, made for every key stroke. Pure; knows nothing of where its words are typed.

Every word that was typed must be found. What begins like it comes before what contains it, and that before what is
like it but for one typing error; among equals, what is popular comes first, then the order of the catalogue.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum

from manara.catalog.entry import Entry
from manara.catalog.folding import compact, folded
from manara.model import Category, Region


class Likeness(IntEnum):
    """How a word that was typed is found in a service, best first."""

    NAME = 0
    """It is a name."""
    OPERATOR = 1
    """It is the name of who runs it."""
    BEGINS_NAME = 2
    BEGINS_WORD = 3
    """It begins a later word of a name."""
    BEGINS_ABOUT = 4
    """It begins a word of what is said about the service: who runs it, what it is for."""
    IN_NAME = 5
    IN_ABOUT = 6
    NEARLY = 7
    """It would begin a word of a name but for one typing error."""
    NEARLY_ABOUT = 8


class Search:
    """The entries of a catalogue, made ready to be searched: some milliseconds once, less than that for each word."""

    def __init__(
        self, entries: Sequence[Entry], category_word: Callable[[Category], str] = str, region: Region = Region.WORLD
    ) -> None:
        """`category_word` gives the words that people see; what is popular in `region` comes before all others."""
        self._entries = sorted(entries, key=lambda entry: _unpopularity(entry, region))
        names = [[folded(name) for name in entry.names] for entry in self._entries]
        about = [
            [folded(text) for text in (entry.operator, entry.category, category_word(entry.category))]
            for entry in self._entries
        ]
        self._names = _positions([compact(name) for name in each] for each in names)
        self._operators = _positions([compact(folded(entry.operator))] for entry in self._entries)
        self._name_words = _positions([word for name in each for word in name.split()] for each in names)
        self._about_words = _positions([word for text in each for word in text.split()] for each in about)

    def search(self, words: str, limit: int) -> tuple[Entry, ...]:
        """Return at most `limit` services that the words mean, best first; without words, the popular ones first."""
        asked = folded(words[:_LONGEST])
        if not asked:
            return tuple(self._entries[:limit])
        first, *others = (self._found(word) for word in asked.split()[:_MOST_WORDS])
        found = {
            position: max(likeness, *(other[position] for other in others)) if others else likeness
            for position, likeness in first.items()
            if all(position in other for other in others)
        }
        if others:
            # "t mobile" is written as one word as well.
            found = _better(found, self._found(compact(asked)))
        best = sorted(found, key=lambda position: (found[position], position))
        return tuple(self._entries[position] for position in best[:limit])

    def _found(self, word: str) -> dict[int, Likeness]:
        """Return where one word is found, and how."""
        found: dict[int, Likeness] = {}
        for terms, like in (
            (self._names, _like_name),
            (self._operators, _like_operator),
            (self._name_words, _like_name_word),
            (self._about_words, _like_about),
        ):
            for term, positions in terms.items():
                likeness = like(word, term)
                if likeness is not None:
                    found = _better(found, dict.fromkeys(positions, likeness))
        return found


def popular_in(entries: Iterable[Entry], region: Region) -> tuple[Entry, ...]:
    """Return what many people use in a region, what is popular everywhere first."""
    chosen = [entry for entry in entries if entry.is_popular_in(region)]
    return tuple(sorted(chosen, key=lambda entry: Region.WORLD not in entry.popular))


def begins_but_for_one_error(word: str, asked: str) -> bool:
    """Tell whether a word begins with another one but for one letter too many, too few or wrong, or two swapped."""
    at = 0
    for one, other in zip(word, asked, strict=False):
        if one != other:
            break
        at += 1
    rest, left = word[at:], asked[at:]
    return (
        rest.startswith(left[1:])
        or rest[1:].startswith((left, left[1:]))
        or (rest[:2] == left[1::-1] and rest[2:].startswith(left[2:]))
    )


_LONGEST = 100
_MOST_WORDS = 6
"""Nobody types more, but anything may be pasted."""
_SHORTEST_WITH_ERROR = 4
"""Nearly every shorter word is like another."""


def _unpopularity(entry: Entry, region: Region) -> int:
    if entry.is_popular_in(region):
        return 0
    return 1 if entry.popular else 2


def _positions(terms: Iterable[Iterable[str]]) -> Mapping[str, tuple[int, ...]]:
    """Return in which entries each term stands."""
    positions: dict[str, dict[int, None]] = defaultdict(dict)
    for position, each in enumerate(terms):
        for term in each:
            positions[term][position] = None
    return {term: tuple(found) for term, found in positions.items() if term}


def _better(found: dict[int, Likeness], others: Mapping[int, Likeness]) -> dict[int, Likeness]:
    for position, likeness in others.items():
        if likeness < found.get(position, _WORSE_THAN_ALL):
            found[position] = likeness
    return found


_WORSE_THAN_ALL = len(Likeness)


def _like_name(asked: str, name: str) -> Likeness | None:
    if asked not in name:
        return None
    if not name.startswith(asked):
        return Likeness.IN_NAME
    return Likeness.NAME if name == asked else Likeness.BEGINS_NAME


def _like_operator(asked: str, operator: str) -> Likeness | None:
    return Likeness.OPERATOR if operator == asked else None


def _like_name_word(asked: str, word: str) -> Likeness | None:
    if word.startswith(asked):
        return Likeness.BEGINS_WORD
    return Likeness.NEARLY if _nearly(asked, word) else None


def _like_about(asked: str, word: str) -> Likeness | None:
    if asked in word:
        return Likeness.BEGINS_ABOUT if word.startswith(asked) else Likeness.IN_ABOUT
    return Likeness.NEARLY_ABOUT if _nearly(asked, word) else None


def _nearly(asked: str, word: str) -> bool:
    # Wherever the one error is, a first letter is right or is the second one; that is asked first as it is cheap.
    return (
        len(asked) >= _SHORTEST_WITH_ERROR
        and (word[:1] in asked[:2] or word[1:2] in asked[:2])
        and begins_but_for_one_error(word, asked)
    )
