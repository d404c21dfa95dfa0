"""The catalogue: well-known services with their checks, by id. What is not asked for is not even read."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property

from manara.catalog.entry import Entry
from manara.model import Service, SettingsInvalid
from manara.settings import nearest


class Catalogue(Mapping[str, Service]):
    """The services of the catalogue by id, in the order of the file."""

    def __init__(
        self, entries: Mapping[str, Entry], starter: tuple[str, ...] = (), refused: SettingsInvalid | None = None
    ) -> None:
        self._entries = entries
        self.starter = starter
        """Ids of what is watched when nothing was chosen yet."""
        self.refused = refused
        """What is wrong with the user's own catalogue; what is good in it is in use nevertheless."""

    def __getitem__(self, entry_id: str) -> Service:
        return self._entries[entry_id].service

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._entries

    @property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries by id; one is read when it is first asked for."""
        return self._entries

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All entries; reading them takes a tenth of a second the first time."""
        return tuple(self._entries.values())

    def starter_services(self) -> tuple[Service, ...]:
        """Return the services that are watched when nothing was chosen yet."""
        return tuple(self[entry_id] for entry_id in self.starter)

    def find(self, text: str) -> Service | None:
        """Return the service that this id, name or alias means, whatever its case; None when there is none."""
        folded = _folded(text)
        entry_id = folded if folded in self else self._ids_by_name.get(folded)
        return None if entry_id is None else self[entry_id]

    def nearest(self, text: str) -> Service | None:
        """Return the service with the id, name or alias most like the text; None when none is like it."""
        word = nearest(_folded(text), self._ids_by_name)
        return None if word is None else self.find(word)

    @cached_property
    def _ids_by_name(self) -> Mapping[str, str]:
        # The user's own entries come last, and what they are called counts.
        return {_folded(name): entry.service.id for entry in self.entries for name in entry.names}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
