"""Which stretch of time is shown: the ranges on offer, and how zooming and panning change one. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from manara.model import Window
from manara.wording import Translator
from manara.wording.translation import mark

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=3653)
MOST_POINTS = 2000
"""A chart is never fed more points than this for one service."""
_MS = timedelta(milliseconds=1)
_MARGIN = 0.5
"""So much of the shown time is asked for on either side, so that panning finds something there."""
_COARSEST = 2.6
"""What was asked for is too coarse to be shown in less than this part of it."""


@dataclass(frozen=True, slots=True)
class Range:
    """A length of time up to now that the user can choose."""

    length: timedelta
    short: str
    long: str


RANGES = (
    Range(timedelta(hours=1), mark("1 h"), mark("The last hour")),
    Range(timedelta(hours=24), mark("24 h"), mark("The last 24 hours")),
    Range(timedelta(days=7), mark("7 d"), mark("The last 7 days")),
    Range(timedelta(days=30), mark("30 d"), mark("The last 30 days")),
    Range(timedelta(days=90), mark("90 d"), mark("The last 90 days")),
    Range(timedelta(days=365), mark("1 y"), mark("The last year")),
)


def range_words(tr: Translator, each: Range) -> tuple[str, str]:
    """Return the short and the long name of a range."""
    return tr.number(tr(each.short)), tr.number(tr(each.long))


def until_now(length: timedelta, now: datetime) -> Window:
    """Return the window of this length that ends now."""
    end = whole_second(now)
    return Window(end - length, end)


def whole_second(at: datetime) -> datetime:
    """Return the moment in UTC without parts of a second."""
    return at.astimezone(UTC).replace(microsecond=0)


def kept_sane(window: Window, now: datetime) -> Window:
    """Return the window in UTC with a length that can be shown, no end in the future, and edges at milliseconds.

    The history counts in milliseconds: of a part of one it would say that nobody was looking.
    """
    length = min(max(window.length, SHORTEST), LONGEST) // _MS * _MS
    begin = window.begin + (window.length - length) / 2
    late = begin + length - now
    if late > timedelta(0):
        begin -= late
    begin = begin.astimezone(UTC)
    begin = begin.replace(microsecond=begin.microsecond // 1000 * 1000)
    return Window(begin, begin + length)


def zoomed(window: Window, factor: float, about: datetime, now: datetime) -> Window:
    """Return a window so many times as long in which a moment stays where it is."""
    length = window.length * min(max(factor, SHORTEST / window.length), LONGEST / window.length)
    share = (about - window.begin) / window.length
    begin = about - length * share
    return kept_sane(Window(begin, begin + length), now)


def panned(window: Window, share: float, now: datetime) -> Window:
    """Return a window moved by a share of its length; positive goes on in time."""
    by = window.length * share
    return kept_sane(Window(window.begin + by, window.end + by), now)


def around(stretch: Window, now: datetime) -> Window:
    """Return a window that shows a stretch with some time before and behind it."""
    margin = max(stretch.length, timedelta(minutes=10))
    return kept_sane(Window(stretch.begin - margin, stretch.end + margin), now)


def followed(window: Window, at: datetime, now: datetime) -> Window:
    """Return the window, moved just so far that a moment lies in it."""
    if at < window.begin:
        return kept_sane(Window(at, at + window.length), now)
    if at > window.end:
        return kept_sane(Window(at - window.length, at), now)
    return window


def asked(shown: Window, width: int) -> tuple[Window, int]:
    """Return for which window and how many points to ask so that `shown` fills so many pixels."""
    margin = shown.length * _MARGIN
    points = min(MOST_POINTS, max(2, round(width * (1 + 2 * _MARGIN))))
    return Window(shown.begin - margin, shown.end + margin), points


def is_enough(known: Window | None, shown: Window) -> bool:
    """Return whether what was asked for covers what is shown, and finely enough."""
    if known is None or shown.begin < known.begin or shown.end > known.end:
        return False
    return known.length <= _COARSEST * shown.length
