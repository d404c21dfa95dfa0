"""What to call services that are known by their addresses alone."""

import re
from collections import defaultdict
from collections.abc import Sequence

_USER = re.compile(r"(?:(?<=//)|^)[^/?#]*@")
_WWW = re.compile(r"^www\.(?=[^:]*\.)", re.IGNORECASE)
_USUAL_PORTS = {"http": ":80", "https": ":443"}


def names_of_addresses(addresses: Sequence[str]) -> list[str]:
    """Return a name for each address: the host without `www.`; more of it where two would be called the same.

    That is the first part of the path, and the address itself where that does not tell them apart either.
    """
    names = [_USER.sub("", address) for address in addresses]
    unnamed = dict(enumerate(names))
    for shape in (_place, _place_and_part):
        meant = defaultdict(set)
        for address in unnamed.values():
            meant[shape(address).casefold()].add(address)
        clear = {name for name, several in meant.items() if name and len(several) == 1}
        for position, address in list(unnamed.items()):
            if shape(address).casefold() in clear:
                names[position] = shape(address)
                del unnamed[position]
    return names


def _place(address: str) -> str:
    scheme, place, _ = _split(address)
    return _WWW.sub("", place).removesuffix(_USUAL_PORTS.get(scheme, ""))


def _place_and_part(address: str) -> str:
    place, (_, _, path) = _place(address), _split(address)
    part = re.split(r"[/?#]", path.removeprefix("/"), maxsplit=1)[0]
    return f"{place}/{part}" if place and part and path.startswith("/") else place


def _split(address: str) -> tuple[str, str, str]:
    """Return scheme, host with port, and what is behind."""
    scheme, separator, rest = address.partition("://")
    rest = rest if separator else address
    place = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return scheme.lower() if separator else "https", place, rest[len(place) :]
