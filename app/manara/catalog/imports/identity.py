"""Whether two services are the same: they look at the same places in the same ways, whatever they are called."""

import re
from collections import defaultdict
from collections.abc import Hashable, Sequence
from urllib.parse import urlsplit

from manara.catalog.imports.draft import NOWHERE
from manara.model import Check, Service


def identity_of(service: Service) -> Hashable:
    """Return what a service looks at, the same for two that look at the same."""
    if service.catalogue:
        return service.catalogue
    places = tuple(sorted((check.type, _place(check)) for check in service.checks))
    # What looks at nothing can only be known by its name.
    return (service.name, places) if any(NOWHERE in place for _, place in places) else places


class Known:
    """The services that the settings have, each of which one candidate can be."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._by_identity: dict[Hashable, list[Service]] = defaultdict(list)
        for service in services:
            self._by_identity[identity_of(service)].append(service)

    def take(self, identity: Hashable, name: str | None = None) -> Service | None:
        """Return a service that looks at the same, with that name if one is given; every one is given once."""
        same = self._by_identity.get(identity, [])
        for position, service in enumerate(same):
            if name is None or service.name == name:
                return same.pop(position)
        return None


_USUAL = re.compile(r"https?://[a-z0-9.:-]+(?:/[A-Za-z0-9._~/-]*)?")
"""Such a URL is written in the one way that counts, but for a slash that is all of its path."""
_SLASHES = 3


def _place(check: Check) -> str:
    target = check.target
    if "://" not in target:
        return target.casefold().removesuffix(".")
    if _USUAL.fullmatch(target):
        return target.removesuffix("/") if target.count("/") == _SLASHES else target
    split = urlsplit(target)
    path = "" if split.path == "/" and not split.query else split.path
    return split._replace(scheme=split.scheme.lower(), netloc=split.netloc.lower(), path=path, fragment="").geturl()
