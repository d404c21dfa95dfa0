"""Addresses as the network options have them: their shape. Whether anybody is there is found out by looking."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self
from urllib.parse import SplitResult, urlsplit


@dataclass(frozen=True, slots=True)
class NameServer:
    """A name server's address, IPv4 or IPv6, and its port."""

    address: str
    port: int = 53

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1.1.1.1`, `1.1.1.1:5353`, `2606:4700::1111` or `[2606:4700::1111]:53`; raise `ValueError` otherwise."""
        shown = text[:_LONGEST_SHOWN]
        address, port = text.strip(), "53"
        if address.startswith("["):
            address, bracket, rest = address[1:].partition("]")
            if not bracket or (rest and not rest.startswith(":")):
                raise ValueError(
                    f"“{text[:_LONGEST_SHOWN]}” is not the address of a name server: a bracket is not closed"
                )
            port = rest[1:] if rest else port
        elif address.count(":") == 1:
            address, _, port = address.partition(":")
        try:
            parsed = ip_address(address)
        except ValueError:
            raise ValueError(
                f"“{text[:_LONGEST_SHOWN]}” is not the address of a name server, like 1.1.1.1 or [::1]:53"
            ) from None
        if not (port.isascii() and port.isdigit() and len(port) < 100 and 1 <= int(port) <= 65_535):
            raise ValueError(f"“{shown}” does not end in a port from 1 to 65535")
        return cls(str(parsed), int(port))

    def __str__(self) -> str:
        if self.port == 53:
            return self.address
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"


def usable_name_servers(texts: Iterable[str]) -> None:
    """Raise `ValueError` unless each text can be read as a `NameServer`."""
    for text in texts:
        NameServer.parse(text)


def usable_pages(texts: Iterable[str]) -> None:
    """Raise `ValueError` unless each text is an `http` or `https` URL with a host."""
    for text in texts:
        if _scheme_of_place(text) not in ("http", "https"):
            raise ValueError(f"“{text[:_LONGEST_SHOWN]}” is not the address of a page, like https://example.org/")


def usable_proxy(text: str) -> None:
    """Raise `ValueError` unless the text is empty or like `http://proxy.example:3128`."""
    # The text is not repeated: it may hold a password.
    if text and _scheme_of_place(text) != "http":
        raise ValueError("a proxy is written like http://proxy.example:3128")


_LONGEST_SHOWN = 60


def _scheme_of_place(text: str) -> str:
    """Return the scheme of a URL with a usable host and port, else nothing."""
    split = _split(text)
    usable = split is not None and split.hostname and split.port != 0 and not any(map(str.isspace, text))
    return split.scheme if split is not None and usable else ""


def _split(text: str) -> SplitResult | None:
    try:
        split = urlsplit(text)
        # Reading it raises when it is no port.
        _ = split.port
    except ValueError:
        return None
    return split
