"""One look at an anchor: a page of which it is known what it answers. Another answer comes from somebody else."""

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import cast
from urllib.parse import urlsplit

import httpx

from manara.model import CheckResult, Clock, Failure, Reason
from manara.probes import Family, HttpCheck, Network, look
from manara.probes.body import Body, text_of
from manara.probes.border import TIMEOUTS
from manara.probes.request import DEFAULT_HEADERS
from manara.probes.sighting import Phase, Sighting
from manara.probes.transport import Transport

_READ_LIMIT = 16 * 1024
_LONGEST_LOCATION = 2_000
_OLDEST_ANSWER_S = 10 * 365 * 86_400.0


class Way(StrEnum):
    """By whose name servers the way to a page was found."""

    OWN = "own"
    WITNESSES = "witnesses"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What a look at an anchor found."""

    url: str
    result: CheckResult
    way: Way = Way.OWN
    family: Family = Family.ANY
    location: str = ""
    """Where the answer leads to. Remote text."""
    clock_ahead: timedelta | None = None
    """How far our clock is ahead of the server's; None where it did not tell."""


class AnchorLook:
    """A look under way, which can be ended early without losing what it has seen."""

    def __init__(self, url: str, network: Network, clock: Clock, *, way: Way = Way.OWN, family: Family = Family.ANY):
        self._url = url
        self._network = network
        self._clock = clock
        self._way = way
        self._family = family
        self._sighting = Sighting(clock)
        self._headers: httpx.Headers = httpx.Headers()
        self._clock_ahead: timedelta | None = None

    async def run(self, within: timedelta) -> PageSeen:
        """Look; what goes wrong is part of what was found."""
        check = HttpCheck(url=self._url, timeout=within, family=self._family)
        return self._seen(await look(check, self._network, self._clock, {HttpCheck: self._probe}))

    def cut_short(self) -> PageSeen:
        """Return what was seen by now of a look that nobody waits for any longer."""
        phase = self._sighting.phase
        reason = Reason.CONNECT_TIMEOUT if phase is Phase.PREPARE else TIMEOUTS[phase]
        return self._seen(self._sighting.result(Failure(reason)))

    def _seen(self, result: CheckResult) -> PageSeen:
        location = self._headers.get("location", "")[:_LONGEST_LOCATION]
        return PageSeen(self._url, result, self._way, self._family, location, self._clock_ahead)

    async def _probe(self, check: HttpCheck, network: Network, sighting: Sighting) -> Failure | None:
        self._sighting = sighting
        # A cache on the way must not answer for the page.
        headers = [*DEFAULT_HEADERS, ("Cache-Control", "no-cache"), ("Pragma", "no-cache")]
        transport = Transport(
            network,
            sighting,
            lambda _host: network.trust.context(alpn="http/1.1"),
            family=check.family,
            proxy=network.proxy,
        )
        answer = await transport.handle_async_request(httpx.Request("GET", check.url, headers=headers))
        try:
            self._headers = answer.headers
            self._clock_ahead = clock_ahead(self._clock.now(), answer.headers)
            sighting.note(http_status=answer.status_code)
            expected = expected_of(check.url)
            return expected.judge(answer.status_code, await _text(answer, sighting) if expected.reads else "")
        finally:
            await answer.aclose()


async def _text(answer: httpx.Response, sighting: Sighting) -> str:
    body = Body(answer.headers.get("content-encoding", ""), _READ_LIMIT, keep=True)
    with sighting.measure(Phase.BODY):
        async for chunk in cast("httpx.AsyncByteStream", answer.stream):
            body.feed(chunk)
            if body.cut:
                break
    return text_of(body.content, answer.charset_encoding)


def clock_ahead(now: datetime, headers: httpx.Headers) -> timedelta | None:
    """Return how far `now` is ahead of the time that an answer tells; None where it tells none."""
    try:
        told = parsedate_to_datetime(headers.get("date", ""))
        age_s = float(headers.get("age", "0"))
    except ValueError:
        return None
    if told.tzinfo is None:
        told = told.replace(tzinfo=UTC)
    if not math.isfinite(age_s) or not 0 <= age_s <= _OLDEST_ANSWER_S:
        return None
    return now - told - timedelta(seconds=age_s)


@dataclass(frozen=True, slots=True)
class Expected:
    """What an anchor answers by agreement with those who ask it."""

    statuses: range = field(default=range(200, 300))
    exact: str = ""
    """The whole text, but for space around it."""
    contains: str = ""

    @property
    def reads(self) -> bool:
        """Whether the text of the answer matters."""
        return bool(self.exact or self.contains)

    def judge(self, status: int, text: str) -> Failure | None:
        """Return what is wrong with an answer."""
        if status not in self.statuses:
            return Failure(Reason.UNEXPECTED_STATUS, f"HTTP {status}")
        if (self.exact and text.strip() != self.exact) or self.contains not in text:
            return Failure(Reason.TEXT_MISSING, "The text is another one")
        return None


# What desktop and phone systems ask when they join a network, and the answers that they expect.
_BY_END_OF_PATH = {
    "/generate_204": Expected(range(204, 205)),
    "/connecttest.txt": Expected(exact="Microsoft Connect Test"),
    "/ncsi.txt": Expected(exact="Microsoft NCSI"),
    "/hotspot-detect.html": Expected(contains="Success"),
    "/success.txt": Expected(exact="success"),
    "/check_network_status.txt": Expected(exact="NetworkManager is online"),
}
_BY_HOST = {"connectivity-check.ubuntu.com": Expected(range(204, 205))}


def expected_of(url: str) -> Expected:
    """Return what a page must answer: by its name if that is a known one, else anything from 200 to 299."""
    split = urlsplit(url)
    by_path = (expected for end, expected in _BY_END_OF_PATH.items() if split.path.endswith(end))
    return next(by_path, _BY_HOST.get(split.hostname or "", Expected()))
