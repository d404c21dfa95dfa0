"""Several name servers as one: in order, for a bounded time, and with one failure when nobody knows."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from manara.model import Failure, NameServer, Reason
from manara.probes.border import LookFailed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for name servers, in seconds."""

    try_s: float = 2.0
    """For one server's answer, before the next one is asked."""
    all_s: float = 6.0
    """For all servers together; until then, silent ones are asked again."""
    grace_s: float = 0.3
    """For the other kind of address, once there is a usable answer for one."""


FINAL = frozenset({Reason.NXDOMAIN, Reason.NO_ADDRESSES, Reason.CNAME_LOOP})
"""What a server knows of the name, not of itself: no other server is asked for a second opinion."""

# When several failed, the one that said most is believed: words before silence, silence before our own trouble.
_MOST_TELLING_FIRST = (
    Reason.CNAME_LOOP,
    Reason.NXDOMAIN,
    Reason.UNEXPECTED_RCODE,
    Reason.SERVFAIL,
    Reason.DNS_REFUSED,
    Reason.DNS_ERROR,
    Reason.DNS_BAD_ANSWER,
    Reason.DNS_TIMEOUT,
    Reason.DNS_UNREACHABLE,
    Reason.NETWORK_UNREACHABLE,
)
_RANKS = {reason: rank for rank, reason in enumerate(_MOST_TELLING_FIRST)}


async def ask_around(
    servers: Sequence[NameServer], patience: Patience, ask_one: Callable[[NameServer, float], Awaitable[T]]
) -> T:
    """Return what the first server says that knows; raise `LookFailed` with the most telling failure of all.

    `ask_one` gets a server and the seconds that it may take. A reason in `FINAL` ends the round; a silent server is
    asked again after the others, since a lost packet is no failure yet.
    """
    if not servers:
        raise LookFailed(Reason.NO_RESOLVER, "no name server is known")
    loop = asyncio.get_running_loop()
    deadline = loop.time() + patience.all_s
    failures: list[Failure] = []
    waiting = list(servers)
    while waiting:
        server = waiting.pop(0)
        left_s = deadline - loop.time()
        if left_s <= 0:
            break
        try:
            return await ask_one(server, min(patience.try_s, left_s))
        except LookFailed as failed:
            if failed.failure.reason in FINAL:
                raise
            failures.append(failed.failure)
            if failed.failure.reason is Reason.DNS_TIMEOUT:
                waiting.append(server)
    raise most_telling(failures)


def most_telling(failures: Sequence[Failure]) -> LookFailed:
    """Return one failure for all: its reason is the one that says most, its detail names what each server did."""
    best = min(failures, key=lambda failure: _RANKS.get(failure.reason, len(_RANKS)))
    return LookFailed(best.reason, "; ".join(dict.fromkeys(failure.detail for failure in failures)))
