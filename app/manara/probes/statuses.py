"""What an HTTP status says of a service: by the accepted statuses that the user listed, or by common sense."""

import functools
from collections.abc import Iterable, Mapping
from enum import StrEnum

from manara.model import Failure, Reason


class WhenRefused(StrEnum):
    """What it means when a service answers but turns the check away, or no longer has the page that was asked for."""

    DEGRADED = "degraded"
    UP = "up"
    """It is reachable, which is all that the check wants to know: its page was not made for the check."""


def parse_statuses(ranges: Iterable[str]) -> tuple[range, ...]:
    """Accept statuses, each like `401` or `200-399`, and return them as ranges."""
    return tuple(_parse_range(text) for text in ranges)


def judge_status(
    status: int, headers: Mapping[str, str], accepted: tuple[range, ...], when_refused: WhenRefused
) -> Failure | None:
    """Judge the final status of an exchange; without `accepted`, 2xx and 3xx are good."""
    if accepted:
        reason = None if any(status in statuses for statuses in accepted) else _unaccepted(status)
    else:
        reason = _by_default(status, headers)
    if reason is None:
        return None
    excused = not accepted and reason in _TURNED_AWAY and when_refused is WhenRefused.UP
    return Failure(reason, f"HTTP {status}", excused)


# 999 is LinkedIn's own answer to programs.
_REFUSALS = frozenset({401, 403, 429, 451, 999})

# Set by Cloudflare (developers.cloudflare.com/cloudflare-challenges) and by AWS WAF, whose challenge comes as a 202
# and whose CAPTCHA comes as a 405 (docs.aws.amazon.com/waf, "CAPTCHA and Challenge actions").
_ROBOT_WALLS = ("cf-mitigated", "x-amzn-waf-action")

_MISSING = frozenset({404, 410})

_TURNED_AWAY = frozenset({Reason.REFUSES_AUTOMATION, Reason.NOT_FOUND, Reason.CLIENT_ERROR})


def _by_default(status: int, headers: Mapping[str, str]) -> Reason | None:
    if status in _REFUSALS or any(name in headers for name in _ROBOT_WALLS):
        return Reason.REFUSES_AUTOMATION
    if 200 <= status < 400:
        return None
    if 400 <= status < 500 and status not in _MISSING:
        return Reason.CLIENT_ERROR
    return _unaccepted(status)


def _unaccepted(status: int) -> Reason:
    if status in _MISSING:
        return Reason.NOT_FOUND
    if 500 <= status < 600:
        return Reason.SERVER_ERROR
    return Reason.UNEXPECTED_STATUS


# Thousands of services accept the same.
@functools.lru_cache(maxsize=1_000)
def _parse_range(text: str) -> range:
    first, dash, last = (part.strip() for part in text.partition("-"))
    ends = (first, last if dash else first)
    if not all(end.isascii() and end.isdigit() and len(end) == 3 for end in ends):
        raise ValueError(f"“{text}” is not a status like 401 or a range like 200-399")
    low, high = map(int, ends)
    if low < 100 or high < low:
        raise ValueError(f"“{text}” is not a range of statuses from 100 to 999, the lower one first")
    return range(low, high + 1)
