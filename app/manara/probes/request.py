"""From the options of an HTTP check to the request that is sent, secrets revealed at the last moment."""

import base64
import re
from dataclasses import dataclass

import httpx

from manara import __version__
from manara.probes.secrets import KINDS, is_reference, reveal
from manara.secrets import Keyring

USER_AGENT = f"Manara/{__version__} (+status monitor)"

# RFC 9110, 5.6.2.
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")

# They say where a message ends and what becomes of the connection, which is not for the user to say.
_FRAMING = frozenset({"connection", "content-length", "expect", "keep-alive", "te", "transfer-encoding", "upgrade"})
_CREDENTIALS = frozenset({"authorization", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who asks: a user name with a reference to its password, or a reference to a token, which goes before it."""

    username: str = ""
    password: str = ""
    bearer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A request, and the names of those of its headers that are for the first server only."""

    request: httpx.Request
    secret_headers: frozenset[str]


def usable_method(method: str) -> str:
    """Accept a method that asks an HTTP server for something and return it."""
    if not _TOKEN.fullmatch(method) or method != method.upper():
        raise ValueError("it must be a method in capitals, like GET or POST")
    if method == "CONNECT":
        raise ValueError("CONNECT is for proxies only")
    return method


def usable_headers(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Accept headers whose values are plain text or references to secrets and return them."""
    for name, value in headers:
        if not _TOKEN.fullmatch(name):
            raise ValueError(f"“{name}” cannot be the name of a header")
        if name.lower() in _FRAMING:
            raise ValueError(f"{name} is set by Manara itself")
        if value and not value.isprintable():
            raise ValueError(f"the value of {name} holds a line break or another control character")
        if name.lower() in _CREDENTIALS and not is_reference(value):
            raise ValueError(f"the value of {name} must name a secret as {KINDS}")
    return headers


def usable_user_name(name: str) -> str:
    """Accept a user name that can be sent (RFC 7617) and return it."""
    if ":" in name or not name.isprintable():
        raise ValueError("it must not hold a colon or a control character")
    return name


@dataclass(frozen=True, slots=True)
class Safe:
    """Where secrets come from, and in how many seconds each must have come."""

    keyring: Keyring
    within_s: float

    async def reveal(self, reference: str) -> str:
        """Return a secret; raise `LookFailed` when it cannot be had."""
        return await reveal(reference, self.keyring, self.within_s)


async def request_of(
    method: str,
    url: str,
    headers: tuple[tuple[str, str], ...] = (),
    body: str = "",
    sign_in: SignIn = SignIn(),
    *,
    safe: Safe,
) -> Question:
    """Build the request; raise `LookFailed` when a secret is missing. Headers go before what would be sent else."""
    own = [(name, await safe.reveal(value) if is_reference(value) else value) for name, value in headers]
    given = {name.lower() for name, _ in own}
    others = (*await _authorization(sign_in, safe), *DEFAULT_HEADERS)
    sent = own + [(name, value) for name, value in others if name.lower() not in given]
    request = httpx.Request(method, url, headers=[(n.encode(), v.encode()) for n, v in sent], content=body or None)
    return Question(request, frozenset(name for name, value in headers if is_reference(value)))


DEFAULT_HEADERS = (
    ("User-Agent", USER_AGENT),
    ("Accept", "*/*"),
    ("Accept-Encoding", "gzip, deflate"),
    ("Connection", "close"),
)
"""What every request carries that does not say otherwise: who asks, and in which forms the answer may come."""


async def _authorization(sign_in: SignIn, safe: Safe) -> list[tuple[str, str]]:
    if sign_in.bearer:
        return [("Authorization", f"Bearer {await safe.reveal(sign_in.bearer)}")]
    if not sign_in.username:
        return []
    password = await safe.reveal(sign_in.password) if sign_in.password else ""
    credentials = f"{sign_in.username}:{password}".encode()
    return [("Authorization", f"Basic {base64.b64encode(credentials).decode()}")]
