"""The names that this machine knows without asking anybody: `/etc/hosts`."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

HOSTS_FILE = Path("/etc/hosts")
_MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Hosts:
    """Addresses by name, in the order of the file."""

    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """By name in lower case."""

    @classmethod
    def read(cls, path: Path = HOSTS_FILE) -> "Hosts":
        """Return what the file says, up to 1 MiB of it; nothing when it cannot be read."""
        try:
            with path.open("rb") as file:
                content = file.read(_MOST_BYTES)
        except OSError:
            return cls()
        return cls.parse(content.decode("utf-8", "replace"))

    @classmethod
    def parse(cls, text: str) -> "Hosts":
        """Read lines of an address and its names; lines that are something else are passed over, as the system does."""
        found: dict[str, list[str]] = {}
        for line in text.split("\n"):
            address, *names = line.partition("#")[0].split() or [""]
            try:
                address = str(ipaddress.ip_address(address))
            except ValueError:
                continue
            for name in names:
                known = found.setdefault(name.lower().removesuffix("."), [])
                if address not in known:
                    known.append(address)
        return cls(MappingProxyType({name: tuple(known) for name, known in found.items()}))

    def addresses_of(self, name: str) -> tuple[str, ...]:
        """Return the addresses of a name in any case, none when the file does not know it."""
        return self.addresses.get(name.lower().removesuffix("."), ())
