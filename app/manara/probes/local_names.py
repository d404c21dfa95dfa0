"""Names that only this network knows, like `nas` or `printer.local`: the system has its own ways to find them.

The domain name system has no such names (RFC 6762, RFC 8375), so a name server's word on them would be a false alarm.
"""

import asyncio
import socket

from manara.model import Reason
from manara.probes.border import LookFailed

_REASONS = {
    socket.EAI_NONAME: Reason.NXDOMAIN,
    socket.EAI_AGAIN: Reason.DNS_TIMEOUT,
}


def is_local_name(name: str) -> bool:
    """Return whether a name, in ASCII and lower case, has no meaning beyond this network."""
    return "." not in name or name.endswith((".local", ".home.arpa"))


async def ask_system(name: str) -> tuple[str, ...]:
    """Return the addresses that the system finds by search domains, mDNS and the like; raise `LookFailed` if none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise LookFailed(
            _REASONS.get(error.errno or 0, Reason.DNS_ERROR), f"The system does not find {name}"
        ) from error
    return tuple(dict.fromkeys(str(target[0]) for *_, target in found))
