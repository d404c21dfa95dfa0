"""Is it me? Asks places on unrelated networks, only when a failure raises the question.

A page that answers exactly as it should proves the line; a name server alone does not, since hotspots and home routers
answer for it. One dead page or one dead name server changes nothing.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeAlias

from manara.model import Check, CheckResult, Clock, Line, LineState, NetworkOptions, Witness
from manara.probes import DnsCheck, HttpCheck

Look: TypeAlias = Callable[[Check], Awaitable[CheckResult]]

ASK_FOR = timedelta(seconds=3)
"""How long a witness may take."""
AT_MOST_EVERY_S = 1.0
"""How soon the witnesses may be asked again, however many services fail."""


class LineProver:
    """Asks the witnesses of the settings; questions that come together share one answer."""

    def __init__(self, options: NetworkOptions, look: Look, clock: Clock) -> None:
        self._pages = [(anchor, _page_check(anchor)) for anchor in options.anchors]
        self._servers = [(server, _server_check(server)) for server in options.witness_resolvers]
        self._look = look
        self._clock = clock
        self._asking = asyncio.Lock()
        self._line = Line()
        self._asked_s = -math.inf

    async def prove(self, since_s: float) -> Line:
        """Return what the witnesses say, asked after the moment `since_s` of the monotonic clock.

        An older answer would not do: our own line may have died in between.
        """
        async with self._asking:
            if self._asked_s < since_s:
                too_soon_s = self._asked_s + AT_MOST_EVERY_S - self._clock.monotonic()
                if too_soon_s > 0:
                    await self._clock.sleep(too_soon_s)
                self._asked_s = self._clock.monotonic()
                self._line = await self._ask()
            return self._line

    async def _ask(self) -> Line:
        at = self._clock.now()
        pages, servers = await asyncio.gather(self._witnesses(self._pages), self._witnesses(self._servers))
        return Line(line_state(pages, servers), at, (*pages, *servers))

    async def _witnesses(self, places: Sequence[tuple[str, Check]]) -> list[Witness]:
        results = await asyncio.gather(*(self._look(check) for _, check in places))
        return [_witness(place, result) for (place, _), result in zip(places, results, strict=True)]


def line_state(pages: Sequence[Witness], servers: Sequence[Witness]) -> LineState:
    """Return what the witnesses say together; without any, nothing is known."""
    if any(witness.answered for witness in pages):
        return LineState.ONLINE
    if any(witness.answered for witness in servers):
        return LineState.UNKNOWN if pages else LineState.ONLINE
    return LineState.OFFLINE if pages or servers else LineState.UNKNOWN


def _witness(place: str, result: CheckResult) -> Witness:
    failure = result.failure
    detail = failure.reason.value if failure else (result.address or "")
    return Witness(place, answered=failure is None, detail=detail, ms=result.timings.total_ms)


def _page_check(url: str) -> HttpCheck:
    # Such a page answers 204 by agreement; a hotspot's sign-in page answers 200 or redirects (desktop systems test so).
    accept = ("204",) if url.endswith("/generate_204") else ("200-299",)
    return HttpCheck(url=url, accept=accept, follow_redirects=False, timeout=ASK_FOR)


def _server_check(server: str) -> DnsCheck:
    return DnsCheck(name=".", record_type="NS", servers=(server,), timeout=ASK_FOR)
