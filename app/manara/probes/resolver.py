"""Names to addresses, by our own questions to name servers, so that every way to fail can be told apart."""

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """Which addresses may be used."""

    ANY = "any"
    IPV4 = "ipv4"
    IPV6 = "ipv6"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a name leads: usable addresses in the order in which they should be tried."""

    addresses: tuple[str, ...]
    cname_chain: tuple[str, ...] = ()
    source: str = ""
    """Who answered: a name server's address, `/etc/hosts`, or nothing for a literal address."""


class Resolver:
    """Asks the chosen name servers."""

    async def resolve(self, host: str, family: Family = Family.ANY) -> Resolved:
        """Return the addresses of a host; raise `LookFailed` with a reason of the DNS or link layer."""
        raise NotImplementedError
