"""From a host name to an open connection to one named address, each phase timed."""

import asyncio
import ssl
from dataclasses import dataclass

from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.sighting import Sighting


@dataclass(frozen=True, slots=True)
class Tls:
    """How to speak TLS on a connection."""

    context: ssl.SSLContext
    server_name: str


@dataclass(slots=True)
class Connection:
    """An open connection to one address."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    address: str

    async def start_tls(self, tls: Tls, sighting: Sighting) -> None:
        """Speak TLS from here on; notes version and certificate."""
        raise NotImplementedError

    def close(self) -> None:
        """Drop the connection at once, without waiting for the peer."""
        self.writer.transport.abort()


async def connect(
    network: Network,
    host: str,
    port: int,
    sighting: Sighting,
    *,
    family: Family = Family.ANY,
    tls: Tls | None = None,
) -> Connection:
    """Resolve, connect, and with `tls` shake hands; raise `LookFailed` or a system error that the border knows."""
    raise NotImplementedError
