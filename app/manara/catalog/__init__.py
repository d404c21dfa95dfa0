"""The catalogue of well-known services, and the understanding of addresses that people type."""

from manara.catalog.catalogue import Catalogue, Entry
from manara.catalog.reading import read_catalogue
from manara.catalog.targets import AddressRefused, check_of_address, service_of_address

__all__ = [
    "AddressRefused",
    "Catalogue",
    "Entry",
    "check_of_address",
    "read_catalogue",
    "service_of_address",
]
