"""Following redirects by the rules of httpx, one step at a time, within a limit and never in a circle."""

from typing import cast

import httpx

from manara.model import Reason
from manara.probes.border import LookFailed
from manara.probes.urls import is_reachable_by_http, may_share_secrets

_MAX_SHOWN = 500


class Redirects:
    """One chain of redirects; cookies set on the way are sent on the way, as browsers do."""

    def __init__(self, limit: int, secret_headers: frozenset[str]) -> None:
        self._limit = limit
        self._secret_headers = secret_headers
        self._cookies: httpx.Cookies | None = None
        self._seen: set[tuple[str, str, str | None]] = set()
        self.visited: tuple[str, ...] = ()
        """Where the chain has led, fit to be shown."""

    async def next_request(self, request: httpx.Request, answer: httpx.Response) -> httpx.Request:
        """Return what an answer that has a location leads to; raise `LookFailed` when it leads nowhere."""
        self._seen.add(_identity(request))
        if len(self.visited) >= self._limit:
            raise LookFailed(Reason.TOO_MANY_REDIRECTS, f"Gave up after {self._limit} redirects")
        following = await self._by_rules(request, answer)
        if not is_reachable_by_http(following.url):
            raise LookFailed(Reason.UNUSABLE_REDIRECT, f"It leads to {_shown(following.url)}")
        self.visited = (*self.visited, _shown(following.url))
        if _identity(following) in self._seen:
            raise LookFailed(Reason.REDIRECT_LOOP, f"It leads back to {_shown(following.url)}")
        if not may_share_secrets(request.url, following.url):
            for name in self._secret_headers:
                following.headers.pop(name, None)
        return following

    async def _by_rules(self, request: httpx.Request, answer: httpx.Response) -> httpx.Request:
        # Only a client knows the rules. This one sends nothing: it is given the answer that is already there.
        replay = httpx.MockTransport(lambda _request: httpx.Response(answer.status_code, headers=answer.headers))
        async with httpx.AsyncClient(transport=replay, trust_env=False, cookies=self._cookies) as client:
            try:
                replayed = await client.send(request, follow_redirects=False)
            except (httpx.RemoteProtocolError, httpx.InvalidURL) as error:
                raise LookFailed(Reason.UNUSABLE_REDIRECT, "It leads to what is not a URL") from error
            self._cookies = client.cookies
        return cast("httpx.Request", replayed.next_request)


def _identity(request: httpx.Request) -> tuple[str, str, str | None]:
    # A page may set a cookie and lead back to itself once: that is no circle.
    return request.method, str(request.url.copy_with(fragment=None)), request.headers.get("Cookie")


def _shown(url: httpx.URL) -> str:
    text = str(url.copy_with(userinfo=b""))
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
