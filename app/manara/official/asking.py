"""Reading an official page once: from its endpoints to what it tells, or why it could not be read.

Whatever goes wrong ends as `Unreadable`: never as an exception, and never as "operational".
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime

from manara.model import Clock, Failure, OfficialPage, Reason, Unreadable
from manara.official.answer import Answer
from manara.official.parts import missing_parts
from manara.official.reading import Reading, Validator, Validators
from manara.official.table import DIALECTS, Dialect, Endpoints, endpoints_of, parts_beside
from manara.official.told import NotItsFormat, Told, whole, worst
from manara.probes import Fetched, Network, fetch

PATIENCE_S = 10.0
"""How long one endpoint may take."""
LONGEST_RETRY_S = 6 * 3600.0
"""A page that asks to be left alone for longer is asked again after this time."""

_TURNED_AWAY = frozenset({401, 402, 403, 407, 418, 429, 451, 999})
_BUSY = frozenset({429, 503})
_UNCHANGED = 304
_ROBOT_WALLS = ("cf-mitigated", "x-amzn-waf-action")
_LONGEST_VALIDATOR = 200


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks endpoints over one network, and remembers what they said before."""

    network: Network
    clock: Clock
    within_s: float = PATIENCE_S
    known: Mapping[str, Validator] = field(default_factory=dict)

    async def fetched(self, url: str, limit: int) -> Fetched | Failure:
        """Ask an endpoint for what is new."""
        known = self.known.get(url)
        headers = {} if known is None else known.headers
        return await fetch(url, self.network, self.clock, limit=limit, within_s=self.within_s, headers=headers)

    async def told(self, url: str, dialect: Dialect) -> "Heard":
        """Ask an endpoint and understand what it says."""
        return await self.understood(url, await self.fetched(url, dialect.limit), dialect)

    async def understood(self, url: str, found: Fetched | Failure, dialect: Dialect) -> "Heard":
        """Understand an answer."""
        known = self.known.get(url)
        if isinstance(found, Fetched) and found.status == _UNCHANGED and known is not None:
            return Heard(url, known)
        problem = unreadable(found)
        if problem is not None:
            return Heard(url, None, problem, retry_after_s(found, self.clock.now()))
        answer = answer_of(url, found, self.clock.now())
        try:
            # A document of some megabytes takes longer than a look may be delayed.
            told = await asyncio.to_thread(dialect.read, answer)
        except NotItsFormat:
            return Heard(url, None, Unreadable.NOT_ITS_FORMAT)
        return Heard(url, Validator(told, _validator(found, "etag"), _validator(found, "last-modified")))


@dataclass(frozen=True, slots=True)
class Heard:
    """What one endpoint said."""

    url: str
    said: Validator | None
    problem: Unreadable | None = None
    retry_after_s: float = 0.0


async def read_known(page: OfficialPage, ask: Ask) -> Reading:
    """Read a page whose kind is known to be one for programs; its components are those that somebody waits for."""
    dialect = DIALECTS[page.kind]
    urls = page.endpoints or endpoints_of(page.url, dialect)
    heard: list[Heard] = []
    for url in urls:
        heard.append(await ask.told(url, dialect))
        good = heard[-1].said is not None
        if good if dialect.endpoints is Endpoints.ALTERNATIVES else not good:
            break
    reading = _put_together(heard, dialect, ask)
    if reading.told is None or dialect.parts is None:
        return reading
    place = parts_beside(heard[-1].url)
    if not place or not missing_parts(reading.told.components, page.components):
        return reading
    return _with_parts(reading, await ask.told(place, replace(dialect, read=dialect.parts)))


def unreadable(found: Fetched | Failure) -> Unreadable | None:
    """Return why an answer cannot be read whatever its dialect; None for one that has to be looked into."""
    if isinstance(found, Failure):
        return _OF_FAILURES.get(found.reason, Unreadable.NO_ANSWER)
    if found.status in _TURNED_AWAY or any(name in found.headers for name in _ROBOT_WALLS):
        return Unreadable.TURNED_AWAY
    if found.status != 200:
        return Unreadable.ERROR
    return Unreadable.TOO_LARGE if found.cut else None


def wants_peace(found: Fetched | Failure) -> bool:
    """Return whether a host is too busy to be asked for anything else."""
    return isinstance(found, Fetched) and found.status in _BUSY


def answer_of(url: str, found: Fetched | Failure, at: datetime) -> Answer:
    """Return a good answer as dialects read it."""
    content_type = "" if isinstance(found, Failure) else found.headers.get("content-type", "")
    content = b"" if isinstance(found, Failure) else found.content
    return Answer(content, content_type.partition(";")[0].strip().lower(), at, url)


def retry_after_s(found: Fetched | Failure, now: datetime) -> float:
    """Return for how many seconds a busy page wants to be left alone (RFC 9110, 10.2.3)."""
    if isinstance(found, Failure) or found.status not in _BUSY:
        return 0.0
    value = found.headers.get("retry-after", "").strip()[:64]
    if value.isascii() and value.isdigit():
        seconds = float(value)
    else:
        try:
            seconds = (parsedate_to_datetime(value) - now).total_seconds()
        except (ValueError, TypeError, IndexError, OverflowError):
            return 0.0
    return min(max(seconds, 0.0), LONGEST_RETRY_S)


_OF_FAILURES = {
    Reason.UNREADABLE_BODY: Unreadable.NOT_ITS_FORMAT,
    Reason.TOO_MANY_REDIRECTS: Unreadable.ERROR,
    Reason.REDIRECT_LOOP: Unreadable.ERROR,
    Reason.UNUSABLE_REDIRECT: Unreadable.ERROR,
    Reason.HTTP_PROTOCOL: Unreadable.ERROR,
}


def _put_together(heard: list[Heard], dialect: Dialect, ask: Ask) -> Reading:
    at = ask.clock.now()
    good = [each.said for each in heard if each.said is not None]
    by_url = {**ask.known, **{each.url: each.said for each in heard if each.said is not None}}
    validators = Validators(by_url)
    missing = len(good) < len(heard) if dialect.endpoints is Endpoints.PARTS else not good
    if missing or not heard:
        problems = [each.problem for each in heard if each.problem is not None]
        wait_s = max((each.retry_after_s for each in heard), default=0.0)
        return Reading(at, None, next(iter(problems), Unreadable.NOT_FOR_PROGRAMS), wait_s, validators)
    told = _together([each.told for each in good], dialect.endpoints)
    return Reading(at, told, validators=validators)


def _together(told: list[Told], endpoints: Endpoints) -> Told:
    first, *others = told
    if not others:
        return first
    incidents = tuple(incident for each in told for incident in each.incidents)
    components = tuple(component for each in told for component in each.components)
    if endpoints is Endpoints.PARTS:
        return Told(worst(each.state for each in told), "", incidents, components)
    return replace(first, state=whole(first.state, components), incidents=incidents, components=components)


def _with_parts(reading: Reading, heard: Heard) -> Reading:
    """Return a reading with all components, where they could be read."""
    if reading.told is None or heard.said is None:
        return reading
    known = {each.id for each in reading.told.components}
    components = (*reading.told.components, *(each for each in heard.said.told.components if each.id not in known))
    told = replace(reading.told, state=whole(reading.told.state, components), components=components)
    by_url = {**reading.validators.by_url, heard.url: heard.said}
    return replace(reading, told=told, validators=replace(reading.validators, by_url=by_url))


def _validator(found: Fetched | Failure, name: str) -> str:
    """Return a validator that can be sent back as it is; empty where there is none."""
    value = "" if isinstance(found, Failure) else found.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""
