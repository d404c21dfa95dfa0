"""Fetching a document by HTTP, within limits: for what is read, not for what is looked at."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import cast

import httpx

from manara.model import Clock, Failure, Reason
from manara.probes.body import Body
from manara.probes.border import LookFailed, failure_of
from manara.probes.network import Network
from manara.probes.redirects import Redirects
from manara.probes.request import DEFAULT_HEADERS
from manara.probes.sighting import Phase, Sighting
from manara.probes.transport import Transport
from manara.probes.urls import DIRECT, host_of

MAX_REDIRECTS = 3
_MAX_URL = 2_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status. Everything in it is remote."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    content: bytes = b""
    """Decompressed; at most as much as was asked for."""
    cut: bool = False
    """Whether there was more."""


async def fetch(
    url: str, network: Network, clock: Clock, *, limit: int, within_s: float, headers: Mapping[str, str] | None = None
) -> Fetched | Failure:
    """Ask for a URL and return its answer, or why there is none; raises nothing but the caller's own cancellation.

    It goes by `https` alone, but for addresses of this computer, which may also be asked by `http`; a redirect may
    lead no further than that. The network's resolver, proxy and authorities hold.
    """
    sighting = Sighting(clock, within_s)
    try:
        async with asyncio.timeout(within_s):
            return await _fetch(url, network, sighting, limit, headers or {})
    except Exception as error:  # noqa: BLE001 - whatever a distant server brings about is an answer that is missing
        return failure_of(error, sighting.phase)


async def _fetch(
    url: str, network: Network, sighting: Sighting, limit: int, headers: Mapping[str, str]
) -> Fetched | Failure:
    first = httpx.URL(url)
    if not _may_be_asked(first, near=_is_this_computer(first)):
        raise LookFailed(Reason.UNUSABLE_REDIRECT, "It is not read by https")
    request = httpx.Request("GET", first, headers=[*DEFAULT_HEADERS, *headers.items()])

    def context(_host: str) -> ssl.SSLContext:
        return network.trust.context(alpn="http/1.1")

    transport = Transport(network, sighting, context, proxy="" if network.proxy == DIRECT else network.proxy)
    redirects = Redirects(MAX_REDIRECTS, frozenset())
    answer = await transport.handle_async_request(request)
    while answer.has_redirect_location:
        await answer.aclose()
        request = await redirects.next_request(request, answer)
        if not _may_be_asked(request.url, near=_is_this_computer(first)):
            raise LookFailed(Reason.UNUSABLE_REDIRECT, "It leads away from https")
        answer = await transport.handle_async_request(request)
    try:
        return await _read(answer, sighting, limit)
    finally:
        await answer.aclose()


async def _read(answer: httpx.Response, sighting: Sighting, limit: int) -> Fetched | Failure:
    body = Body(answer.headers.get("content-encoding", ""), limit, keep=True)
    with sighting.measure(Phase.BODY):
        async for chunk in cast("httpx.AsyncByteStream", answer.stream):
            body.feed(chunk)
            if body.cut:
                break
    if not body.readable:
        return Failure(Reason.UNREADABLE_BODY, "The answer is compressed in a way that cannot be read")
    return Fetched(answer.status_code, dict(answer.headers), body.content, body.cut)


def _may_be_asked(url: httpx.URL, *, near: bool) -> bool:
    """Tell whether a URL is good enough; `near` is for what began on this computer itself."""
    if not url.host or len(str(url)) > _MAX_URL:
        return False
    return url.scheme == "https" or (url.scheme == "http" and near and _is_this_computer(url))


def _is_this_computer(url: httpx.URL) -> bool:
    try:
        return ip_address(host_of(url)).is_loopback
    except ValueError:
        return False
