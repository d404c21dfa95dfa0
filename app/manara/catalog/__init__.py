"""The catalogue of well-known services, and the understanding of addresses that people type."""

from manara.catalog.catalogue import Catalogue
from manara.catalog.entry import Entry
from manara.catalog.reading import open_catalogue, read_catalogue
from manara.catalog.targets import AddressRefused, check_of_address, service_of_address

__all__ = [
    "AddressRefused",
    "Catalogue",
    "Entry",
    "check_of_address",
    "open_catalogue",
    "read_catalogue",
    "service_of_address",
]
