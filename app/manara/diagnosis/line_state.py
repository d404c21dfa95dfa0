"""What witnesses say together of our own line. Pure.

One that answers exactly as it should proves the line; one that is dead changes nothing. That nothing works is said only
when nothing at all beyond our own network was heard, and that a sign-in is wanted only when nobody answers rightly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

from manara.diagnosis.anchor import PageSeen, Way
from manara.model import Layer, Limit, Line, LineState, NameServer, Outcome, Reason, Witness, WitnessKind
from manara.probes import Family

CLOCK_MAY_DIFFER = timedelta(minutes=5)
"""A clock that is further off is wrong."""

_SIGN_IN_REQUIRED = 511  # RFC 6585, 6
_ENOUGH = 2
"""So many places of unrelated people must say the same, where so many can be asked."""
_IN_ITS_PLACE = frozenset({Reason.CERTIFICATE_NAME_MISMATCH, Reason.CERTIFICATE_UNKNOWN_ISSUER})
_ON_THE_WAY = frozenset({Layer.LINK, Layer.TCP})
_UNHEARD_DNS = frozenset({Reason.DNS_TIMEOUT, Reason.DNS_UNREACHABLE, Reason.NETWORK_UNREACHABLE})
# No name server of the Internet says so of the root: a router without a line does, in the place of every server.
_BY_THE_ROUTER = _UNHEARD_DNS | {Reason.NXDOMAIN, Reason.SERVFAIL}


class Voice(Enum):
    """What an anchor says of our line."""

    RIGHT = auto()
    PORTAL = auto()
    """Somebody answers in its place, the way sign-in pages do."""
    OTHER = auto()
    """Something beyond our network was heard, but not what was asked for."""
    SILENT = auto()
    NOT_ASKED = auto()
    """The question did not get as far as to tell anything."""


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was asked at one moment, and what it answered."""

    link: tuple[Witness, ...] = ()
    routed: frozenset[Family] = frozenset()
    """The families of addresses for which a way leads out."""
    gateways: tuple[Witness, ...] = ()
    own_servers: tuple[Witness, ...] = ()
    servers: tuple[Witness, ...] = ()
    pages: tuple[PageSeen, ...] = ()


def line_of(heard: Heard, at: datetime) -> Line:
    """Return what is known of our own line."""
    pages = heard.pages
    ahead = _clock_ahead(pages)
    limits = tuple(_limits(heard, ahead))
    state = line_state(heard)
    if state is LineState.ONLINE and limits:
        state = LineState.LIMITED
    return Line(
        state,
        at,
        (*heard.link, *heard.gateways, *heard.own_servers, *heard.servers, *map(witness_of, pages)),
        limits if state is LineState.LIMITED else (),
        _sign_in_url(pages) if state is LineState.CAPTIVE else "",
        ahead,
    )


def line_state(heard: Heard) -> LineState:
    """Return the state of our line, not counting what is broken of it while it works."""
    voices = {voice_of(page) for page in heard.pages}
    if Voice.RIGHT in voices:
        return LineState.ONLINE
    if _wants_sign_in(heard.pages):
        return LineState.CAPTIVE
    if not heard.pages and any(witness.answered for witness in heard.servers):
        return LineState.ONLINE
    if voices & {Voice.PORTAL, Voice.OTHER} or any(_heard_of_servers(heard)):
        return LineState.UNKNOWN
    is_cut_off = any(not witness.answered for witness in heard.link)
    return LineState.OFFLINE if is_cut_off or heard.servers or Voice.SILENT in voices else LineState.UNKNOWN


def voice_of(page: PageSeen) -> Voice:
    """Return what one look at an anchor says of our line."""
    failure, status = page.result.failure, page.result.facts.http_status
    if failure is None:
        return Voice.RIGHT
    if status is not None:
        return Voice.PORTAL if status == _SIGN_IN_REQUIRED or 200 <= status < 400 else Voice.OTHER
    if failure.reason is Reason.NO_ADDRESSES and page.family is not Family.ANY:
        return Voice.NOT_ASKED
    if failure.outcome is Outcome.UNKNOWN:
        return Voice.NOT_ASKED
    return Voice.SILENT if failure.reason.silent and failure.reason not in _IN_ITS_PLACE else Voice.OTHER


def witness_of(page: PageSeen) -> Witness:
    """Return a look at an anchor as evidence."""
    failure = page.result.failure
    detail = page.result.address or "" if failure is None else failure.reason.value
    reason = failure.reason if failure else None
    return Witness(page.url, failure is None, detail, page.result.timings.total_ms, WitnessKind.PAGE, reason)


def _wants_sign_in(pages: Sequence[PageSeen]) -> bool:
    portals = {page.url for page in pages if voice_of(page) is Voice.PORTAL}
    is_told = any(page.result.facts.http_status == _SIGN_IN_REQUIRED for page in pages)
    return is_told or len(portals) >= _quorum(pages)


def _quorum(pages: Iterable[PageSeen]) -> int:
    return max(1, min(_ENOUGH, len({page.url for page in pages})))


def _heard_of_servers(heard: Heard) -> Iterable[bool]:
    """Return of each name server far away whether it said anything, were it a refusal."""
    for server in heard.servers:
        yield server.reason not in _BY_THE_ROUTER
    for server in heard.own_servers:
        yield _is_public(server.place) and server.reason not in _UNHEARD_DNS


def _is_public(place: str) -> bool:
    return ip_address(NameServer.parse(place).address.partition("%")[0]).is_global


def _limits(heard: Heard, clock_ahead: timedelta | None) -> Iterable[Limit]:
    if _own_resolver_fails(heard.pages):
        yield Limit.OWN_RESOLVER
    if heard.routed >= {Family.IPV4, Family.IPV6}:
        for family, limit in ((Family.IPV4, Limit.IPV4), (Family.IPV6, Limit.IPV6)):
            if _is_broken(heard.pages, family):
                yield limit
    told = {page.url for page in heard.pages if _tells_time(page)}
    if clock_ahead is not None and abs(clock_ahead) > CLOCK_MAY_DIFFER and len(told) >= _quorum(heard.pages):
        yield Limit.CLOCK


def _own_resolver_fails(pages: Sequence[PageSeen]) -> bool:
    """Return whether pages are right on the way that witnesses name, and none on the way that our servers name."""
    right = [page for page in pages if voice_of(page) is Voice.RIGHT]
    if not right or any(page.way is Way.OWN for page in right):
        return False
    urls = {page.url for page in right}
    led_to = {page.result.address for page in right}
    return all(_is_led_astray(page, led_to) for page in pages if page.way is Way.OWN and page.url in urls)


def _is_led_astray(page: PageSeen, led_to: set[str | None]) -> bool:
    failure = page.result.failure
    if failure is None or failure.layer is Layer.DNS or failure.reason is Reason.NO_RESOLVER:
        return True
    return page.result.address is not None and page.result.address not in led_to


def _is_broken(pages: Sequence[PageSeen], family: Family) -> bool:
    """Return whether nothing answers on a family of addresses while pages do on the other one."""
    asked = [page for page in pages if page.family is family]
    if not any(voice_of(page) is Voice.RIGHT for page in pages if page.family not in (family, Family.ANY)):
        return False
    if any(voice_of(page) in (Voice.RIGHT, Voice.PORTAL, Voice.OTHER) for page in asked):
        return False
    lost = {page.url for page in asked if voice_of(page) is Voice.SILENT and _is_lost_on_the_way(page)}
    return len(lost) >= _quorum(pages)


def _is_lost_on_the_way(page: PageSeen) -> bool:
    return page.result.failure is not None and page.result.failure.layer in _ON_THE_WAY


def _clock_ahead(pages: Sequence[PageSeen]) -> timedelta | None:
    """Return what is in the middle of what right pages say; of two in the middle, the one that says less."""
    told = sorted({page.url: page.clock_ahead for page in pages if _tells_time(page)}.values(), key=_not_none)
    if not told:
        return None
    middle = (told[(len(told) - 1) // 2], told[len(told) // 2])
    return min(map(_not_none, middle), key=abs)


def _tells_time(page: PageSeen) -> bool:
    return page.clock_ahead is not None and voice_of(page) is Voice.RIGHT


def _not_none(ahead: timedelta | None) -> timedelta:
    return ahead or timedelta(0)


def _sign_in_url(pages: Iterable[PageSeen]) -> str:
    """Return where the sign-in page is: where an answer led to, else a page in whose place it answers."""
    portals = [page for page in pages if voice_of(page) is Voice.PORTAL or page.result.facts.http_status == 511]
    leads = (_absolute(page) for page in portals if page.location)
    return next((url for url in leads if url), next((page.url for page in portals), ""))


def _absolute(page: PageSeen) -> str:
    try:
        url = urljoin(page.url, page.location)
        split = urlsplit(url)
        usable = split.scheme in ("http", "https") and split.hostname and url.isprintable() and " " not in url
    except ValueError:
        return ""
    return url if usable else ""
