"""What a word or an address in the first field means, and what it might mean. Knows no widgets."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from manara.catalog import AddressRefused, Catalogue, Entry, service_of_address
from manara.catalog.imports.names import names_of_addresses
from manara.catalog.search import Search
from manara.model import Category, Service
from manara.probes import CHECK_TYPES
from manara.settings import Interpreter, did_you_mean

MOST_SUGGESTED = 8


@dataclass(frozen=True)
class Understanding:
    """Reads the catalogue when it is first asked: a tenth of a second, so `prepare` it on a thread of its own."""

    catalogue: Catalogue
    category_word: Callable[[Category], str] = field(default=str)

    def prepare(self) -> None:
        """Read the catalogue now."""
        _ = self._search

    def suggested(self, text: str) -> tuple[Entry, ...]:
        """Return services of the catalogue that may be meant, the best first; none for an address."""
        return () if not text.strip() or "://" in text else self._search.search(text, MOST_SUGGESTED)

    def is_address(self, text: str) -> bool:
        """Tell whether a text can only be an address that can be looked at."""
        try:
            service_of_address(text)
        except AddressRefused:
            return False
        return True

    def meant(self, text: str) -> Service:
        """Return the service that is meant; raise `AddressRefused` with a sentence when none is."""
        entry = self.catalogue.find(text)
        if entry is not None:
            return entry
        try:
            service = service_of_address(text)
        except AddressRefused as refused:
            hint = did_you_mean(text, list(self.catalogue))
            raise AddressRefused(f"{refused} {hint}".rstrip()) from refused
        (name,) = names_of_addresses([service.name])
        return replace(service, name=name or service.name)

    @cached_property
    def interpreter(self) -> Interpreter:
        """Reads tables of services; what it needs for a type of check it makes once."""
        return Interpreter(CHECK_TYPES, self.catalogue)

    @cached_property
    def _search(self) -> Search:
        return Search(self.catalogue.entries, self.category_word)
