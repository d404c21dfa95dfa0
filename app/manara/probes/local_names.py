"""Names that only this network knows, like `nas` or `printer.local`: the system has its own ways to find them.

The domain name system has no such names (RFC 6762, RFC 8375), so a name server's word on them would be a false alarm.
"""

import asyncio
import socket
import threading
from contextlib import suppress
from typing import TypeAlias

from manara.model import Reason
from manara.probes.border import LookFailed

_Answer: TypeAlias = tuple[str, ...] | socket.gaierror

_REASONS = {
    socket.EAI_NONAME: Reason.NXDOMAIN,
    socket.EAI_AGAIN: Reason.DNS_TIMEOUT,
}


def is_local_name(name: str) -> bool:
    """Return whether a name, in ASCII and lower case, has no meaning beyond this network."""
    return "." not in name or name.endswith((".local", ".home.arpa"))


async def ask_system(name: str) -> tuple[str, ...]:
    """Return the addresses that the system finds by search domains, mDNS and the like; raise `LookFailed` if none."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[_Answer] = loop.create_future()

    def deliver(said: _Answer) -> None:
        if not answer.done():
            answer.set_result(said)

    def ask() -> None:
        said = _ask(name)
        # The look may have been given up, and the loop be closed, long before the system gives up.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(deliver, said)

    # Not one of the loop's own threads: those are waited for when the program stops.
    threading.Thread(target=ask, name=f"manara-name-{name}", daemon=True).start()
    said = await answer
    if isinstance(said, socket.gaierror):
        reason = _REASONS.get(said.errno or 0, Reason.DNS_ERROR)
        raise LookFailed(reason, f"The system does not find {name}")
    return said


def _ask(name: str) -> _Answer:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return error
    return tuple(dict.fromkeys(str(target[0]) for *_, target in found))
