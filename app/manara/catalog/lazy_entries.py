"""The entries of the catalogue that is shipped: each is read when it is first asked for."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from manara.catalog.entry import Entry


class LazyEntries(Mapping[str, Entry]):
    """Entries by id, each read when it is first asked for; `known` come after, or in the place of those of their id."""

    def __init__(
        self,
        sections: Mapping[str, str],
        read: Callable[[dict[str, Any]], Entry],
        known: Mapping[str, Entry] | None = None,
    ) -> None:
        self._sections = sections
        self._read = read
        self._known = dict(known or {})
        self._ids = dict.fromkeys((*sections, *self._known))

    def __getitem__(self, entry_id: str) -> Entry:
        if entry_id not in self._known:
            self._known[entry_id] = self._read(tomllib.loads(self._sections[entry_id]))
        return self._known[entry_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._ids
