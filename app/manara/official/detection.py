"""What kind of page is it? Found out by what it answers: by type of content and by shape, never by its name.

The documents that the makers of status pages have at fixed places are asked for first, then the page itself.
"""

import re
from dataclasses import replace
from urllib.parse import urljoin

from manara.model import Failure, OfficialPage, PageKind, Unreadable
from manara.official.answer import Answer
from manara.official.asking import Ask, Heard, answer_of, retry_after_s, unreadable, wants_peace
from manara.official.reading import Reading, Validators
from manara.official.table import DIALECTS, endpoints_of
from manara.probes import Fetched

_PLACES: tuple[tuple[str, tuple[PageKind, ...]], ...] = (
    # Some hosts answer the first with what belongs to the second.
    ("/api/v2/summary.json", (PageKind.STATUSPAGE, PageKind.INSTATUS)),
    ("/summary.json", (PageKind.INSTATUS,)),
    ("/index.json", (PageKind.BETTER_STACK, PageKind.CSTATE)),
    ("/api/v1/components?per_page=1000", (PageKind.CACHET,)),
)
_MAKERS = (
    # Not those of single operators: with some of them an empty list is all that there is when all is well.
    PageKind.STATUSPAGE,
    PageKind.INCIDENT_IO,
    PageKind.INSTATUS,
    PageKind.BETTER_STACK,
    PageKind.STATUS_IO,
    PageKind.CACHET,
    PageKind.CSTATE,
    PageKind.SORRY,
    PageKind.FRESHSTATUS,
)
_LIMIT = 4 * 1_048_576
_LINK = re.compile(r"<link\b([^<>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(rel|type|href)\s*=\s*["']?([^"'\s<>]{1,2000})""", re.IGNORECASE)
_STATUS_IO = re.compile(
    r"(?:api\.status\.io|hostedstatus\.com)/1\.0/status/([0-9a-f]{24})\b|/pages/([0-9a-f]{24})/rss\b"
)
_HEAD = 200_000
_MOST_LINKS = 4


async def detect(page: OfficialPage, ask: Ask) -> Reading:
    """Find out how a page speaks and read it; `validators.found` says how to read it the next time."""
    scheme, _, rest = page.url.partition("://")
    root = f"{scheme}://{rest.partition('/')[0]}"
    for path, kinds in _PLACES:
        url = root + path
        found = await ask.fetched(url, _LIMIT)
        problem = unreadable(found)
        if problem is Unreadable.NO_ANSWER or wants_peace(found):
            # Whoever does not answer, or is busy, is not asked again and again.
            return _in_vain(ask, problem, found)
        if problem is None and answer_of(url, found, ask.clock.now()).is_json:
            heard = await _first_that_fits(page, url, found, kinds, ask)
            if heard is not None:
                return heard
    return await _by_the_page_itself(page, ask)


async def _by_the_page_itself(page: OfficialPage, ask: Ask) -> Reading:
    found = await ask.fetched(page.url, _LIMIT)
    problem = unreadable(found)
    if problem is not None:
        return _in_vain(ask, problem, found)
    answer = answer_of(page.url, found, ask.clock.now())
    if not answer.is_html:
        kinds = _MAKERS if answer.is_json else (PageKind.ATOM,)
        heard = await _first_that_fits(page, page.url, found, kinds, ask)
        return heard or _in_vain(ask, Unreadable.NOT_FOR_PROGRAMS, found)
    for url, kind in named_in_html(answer):
        further = await ask.fetched(url, _LIMIT)
        heard = await _first_that_fits(page, url, further, (kind,), ask)
        if heard is not None:
            return heard
    return _in_vain(ask, Unreadable.NOT_FOR_PROGRAMS, found)


def named_in_html(answer: Answer) -> list[tuple[str, PageKind]]:
    """Return where a page for people says that programs can read it."""
    html = answer.content[:_HEAD].decode("utf-8", "replace")
    named: list[tuple[str, PageKind]] = []
    if found := _STATUS_IO.search(html):
        named.append((f"https://api.status.io/1.0/status/{found[1] or found[2]}", PageKind.STATUS_IO))
    for link in _LINK.finditer(html):
        attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(link[1])}
        kind = _FEEDS.get(attributes.get("type", "").lower())
        if kind is not None and attributes.get("rel", "").lower() == "alternate" and "href" in attributes:
            try:
                named.append((urljoin(answer.url, attributes["href"]), kind))
            except ValueError:
                continue
    return named[:_MOST_LINKS]


async def _first_that_fits(
    page: OfficialPage, url: str, found: Fetched | Failure, kinds: tuple[PageKind, ...], ask: Ask
) -> Reading | None:
    for kind in kinds:
        heard = await ask.understood(url, found, DIALECTS[kind])
        if heard.said is not None:
            return _read(page, url, kind, heard, ask)
    return None


def _read(page: OfficialPage, url: str, kind: PageKind, heard: Heard, ask: Ask) -> Reading:
    usual = endpoints_of(page.url, DIALECTS[kind])
    found = replace(page, kind=kind, endpoints=usual if url in usual else (url,))
    by_url = {} if heard.said is None else {url: heard.said}
    told = None if heard.said is None else heard.said.told
    return Reading(ask.clock.now(), told, validators=Validators(by_url, found))


def _in_vain(ask: Ask, problem: Unreadable | None, found: Fetched | Failure) -> Reading:
    now = ask.clock.now()
    return Reading(now, None, problem, retry_after_s(found, now))


_FEEDS = {"application/rss+xml": PageKind.RSS, "application/atom+xml": PageKind.ATOM}
