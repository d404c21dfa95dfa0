"""Who answers for a name in DNS, learned on healthy days and asked directly on bad ones."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ZoneServer:
    """A name server of a zone. Names are in lower case, without the final dot."""

    name: str
    addresses: tuple[str, ...] = ()
    """IPv4 and IPv6, as they were when they were learned."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the tree of names with the servers that its owner runs or has chosen."""

    name: str
    """In lower case, without the final dot: `facebook.com`."""
    servers: tuple[ZoneServer, ...]
    learned_at: datetime
    """Aware UTC."""
    parent_servers: tuple[ZoneServer, ...] = ()
    """Those of the zone above, which know to whom it was given: `a.gtld-servers.net`."""
