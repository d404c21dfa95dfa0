"""The catalogue: well-known services with their checks, read from `resources/catalogue.toml`."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from manara.model import Service
from manara.settings import nearest


@dataclass(frozen=True, slots=True)
class Entry:
    """One service of the catalogue, with what helps to find it."""

    service: Service
    category: str
    operator: str = ""
    name_ar: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that means this service, its id first."""
        names = (self.service.id, self.service.name, self.name_ar, *self.aliases)
        return tuple(word for word in names if word)


class Catalogue(Mapping[str, Service]):
    """The services of the catalogue by id, in the order of the file."""

    def __init__(self, entries: tuple[Entry, ...], starter: tuple[str, ...]) -> None:
        self.entries = entries
        self._services = {entry.service.id: entry.service for entry in entries}
        self._starter = starter
        self._ids_by_word = {_folded(word): entry.service.id for entry in entries for word in entry.words}

    def __getitem__(self, entry_id: str) -> Service:
        return self._services[entry_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._services)

    def __len__(self) -> int:
        return len(self._services)

    def starter_services(self) -> tuple[Service, ...]:
        """Return the services that are watched when nothing was chosen yet."""
        return tuple(self._services[entry_id] for entry_id in self._starter)

    def find(self, text: str) -> Service | None:
        """Return the service that this id, name or alias means, whatever its case; None when there is none."""
        entry_id = self._ids_by_word.get(_folded(text))
        return None if entry_id is None else self._services[entry_id]

    def nearest(self, text: str) -> Service | None:
        """Return the service with the id, name or alias most like the text; None when none is like it."""
        word = nearest(_folded(text), self._ids_by_word)
        return None if word is None else self.find(word)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
