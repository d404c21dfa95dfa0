"""URLs as HTTP checks use them: which can be looked at, and what two of them have in common."""

import re

import httpx

DIRECT = "none"
"""Stands in the place of a proxy where none is to be used."""

_DEFAULT_PORTS = {"http": 80, "https": 443}

# To parse a URL takes longer than all else that is proven of a check. In these is nothing that could be wrong; a host
# with `xn--` in it may be.
_USUAL = re.compile(r"https?://(?![^/]*xn--)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:/[A-Za-z0-9._~/-]*)?")


def usable_url(text: str) -> str:
    """Accept an `http` or `https` URL with a host and return it."""
    if _USUAL.fullmatch(text):
        return text
    url = _parsed(text)
    if url.scheme not in _DEFAULT_PORTS:
        raise ValueError("it must begin with http:// or https://")
    _check_place(url)
    if url.userinfo:
        raise ValueError("it must not hold a user name or password; use the options for them")
    return text


def usable_proxy(text: str) -> str:
    """Accept `http://[user:password@]host[:port]`, the word `none`, or nothing."""
    if text in ("", DIRECT):
        return text
    url = _parsed(text)
    if url.scheme != "http":
        raise ValueError("it must begin with http://")
    _check_place(url)
    if url.raw_path != b"/":
        raise ValueError("it must not hold a path")
    return text


def is_reachable_by_http(url: httpx.URL) -> bool:
    """Tell whether the URL, which may come from a server, names a place that HTTP can look at."""
    return url.scheme in _DEFAULT_PORTS and bool(url.host) and 0 < port_of(url) < 65_536


def host_of(url: httpx.URL) -> str:
    """Return the host in ASCII, an IPv6 address without brackets."""
    return url.raw_host.decode("ascii")


def port_of(url: httpx.URL) -> int:
    """Return the port, stated or not."""
    return _DEFAULT_PORTS[url.scheme] if url.port is None else url.port


def may_share_secrets(one: httpx.URL, other: httpx.URL) -> bool:
    """Tell whether what was meant for one URL may go to the other: same origin, or the same host turned to HTTPS."""
    if one.host != other.host:
        return False
    places = [(url.scheme, port_of(url)) for url in (one, other)]
    return places[0] == places[1] or places == [("http", 80), ("https", 443)]


def _parsed(text: str) -> httpx.URL:
    if text != text.strip():
        raise ValueError("it must not begin or end with a space")
    try:
        return httpx.URL(text)
    except httpx.InvalidURL as error:
        raise ValueError(f"it is not a URL: {error}") from error


def _check_place(url: httpx.URL) -> None:
    if not url.host or "%" in host_of(url):
        raise ValueError("it must hold a host, like https://example.org/")
    if not is_reachable_by_http(url):
        raise ValueError(f"its port must be from 1 to 65535, not {url.port}")
