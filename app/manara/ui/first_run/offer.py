"""What the catalogue offers: its services with their names in the user's language, found by words. Knows no widgets."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from manara.catalog import Entry
from manara.catalog.search import Search, popular_in
from manara.model import Region
from manara.ui.editor.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Offer:
    """The catalogue made ready for one region: a tenth of a second the first time, so `made` on a thread of its own."""

    region: Region
    search: Search
    usual: tuple[Entry, ...]
    """What is watched where nobody has chosen anything."""
    popular: tuple[Entry, ...]
    """What many people use there: the usual first, then what is of the region, then what is used everywhere."""
    others: tuple[Entry, ...]

    def found(self, words: str) -> tuple[Entry, ...]:
        """Return what the words mean, the best first; without words everything, what is popular here first."""
        if not words.strip():
            return self.popular + self.others
        return self.search.search(words, MOST_FOUND)


MOST_FOUND = 200
"""Nobody reads on; who wants another one types another letter."""


def make_offer(understanding: Understanding, region: Region) -> Offer:
    """Return the offer for a region; this reads the catalogue where nothing has done so yet."""
    catalogue = understanding.catalogue
    entries = catalogue.entries
    usual = tuple(catalogue.by_id[entry_id] for entry_id in catalogue.starter)
    # What everybody uses is long, and what is of the region would be far below it.
    popular = sorted(popular_in(entries, region), key=lambda entry: Region.WORLD in entry.popular)
    first = _each_once((*usual, *popular))
    others = _each_once((*first, *entries))[len(first) :]
    return Offer(region, Search(entries, understanding.category_word, region), usual, first, others)


def _each_once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.service.id: entry for entry in entries}.values())


def name_of(entry: Entry, *, arabic: bool) -> str:
    """Return what a service is called in the user's language."""
    return (entry.name_ar if arabic else "") or entry.service.name


def table_of_entry(entry: Entry, *, arabic: bool) -> dict[str, Any]:
    """Return the table of the settings file that watches a service under the name that the user saw."""
    table = {"id": entry.service.id, "catalogue": entry.service.id}
    name = name_of(entry, arabic=arabic)
    return table if name == entry.service.name else {**table, "name": name}


def watched_entries(tables: Collection[Mapping[str, Any]]) -> frozenset[str]:
    """Return the ids of the catalogue's services that settings with these tables watch already."""
    return frozenset(str(table["catalogue"]) for table in tables if "catalogue" in table)
