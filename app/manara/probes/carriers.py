"""Which headers of an answer tell who carried it, and when it asks to come back.

Only headers that delivery networks add are kept, each once and cut: what a page says of itself is nobody's business.
"""

import email.utils
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

_NAMES = frozenset(
    {
        *("server", "via", "x-served-by", "x-cache", "x-cache-status", "x-varnish", "x-timer", "x-cdn"),
        "proxy-status",  # RFC 9209
        *("cf-ray", "cf-mitigated", "cf-cache-status"),
        *("x-amz-cf-id", "x-amz-cf-pop", "x-amzn-requestid", "x-amzn-trace-id", "x-amzn-waf-action"),
        *("x-azure-ref", "x-msedge-ref", "x-ms-ref"),
        *("akamai-grn", "x-iinfo", "x-sucuri-id", "x-github-request-id", "x-nf-request-id", "fly-request-id"),
        *("cdn-pullzone", "cdn-requestid", "x-edge-location", "x-cloud-trace-context", "x-fb-debug", "eagleid"),
    }
)
_BEGINNINGS = ("x-akamai-", "x-fastly-", "fastly-", "x-vercel-", "x-77-")
_LONGEST = 200
_MOST = 24
_LATEST = timedelta(days=365)


def carriers_of(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the headers that tell who carried an answer, in lower case, in the order in which they came."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        if key not in found and len(found) < _MOST and (key in _NAMES or key.startswith(_BEGINNINGS)):
            found[key] = value.strip()[:_LONGEST]
    return tuple(found.items())


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return in how many seconds the answer asks to come back (RFC 9110, 10.2.3), at most a year; None if it does not.

    `now` is aware. A moment that has passed is zero.
    """
    text = headers.get("retry-after", "").strip()[:_LONGEST]
    if text.isascii() and text.isdigit():
        return min(float(text), _LATEST.total_seconds())
    try:
        moment = email.utils.parsedate_to_datetime(text)
        wait = moment - now if moment.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None
    return None if wait is None else min(max(wait, timedelta()), _LATEST).total_seconds()
