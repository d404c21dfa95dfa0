"""A resolver that knows what the test tells it, and the network around it."""

from typing import Any

from manara.probes.network import Network
from manara.probes.resolver import Family, Resolved
from manara.probes.trust import Trust


class FakeResolver:
    """Answers every name with the same addresses."""

    def __init__(self, *addresses: str, error: Exception | None = None) -> None:
        self._resolved = Resolved(addresses or ("127.0.0.1",), ("alias.example",), "192.0.2.53")
        self._error = error
        self.asked: list[tuple[str, Family]] = []

    async def resolve(self, host: str, family: Family = Family.ANY) -> Resolved:
        self.asked.append((host, family))
        if self._error:
            raise self._error
        return self._resolved


def make_network(*addresses: str, ca_file: str = "", **fields: Any) -> Network:
    """Make a network in which every name leads to the addresses, 127.0.0.1 without any."""
    return Network(FakeResolver(*addresses), Trust(ca_file), **fields)
