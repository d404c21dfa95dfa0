"""What in an address, a header or a body is a secret, as far as its name tells. No secret is ever kept here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

# Headers that tell how to answer, and never who asks. Every other one may be somebody's key.
_PLAIN_HEADERS = frozenset(
    {
        *("accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "content-language"),
        *("content-type", "dnt", "from", "host", "if-modified-since", "if-none-match", "origin", "pragma", "range"),
        *("referer", "upgrade-insecure-requests", "user-agent", "via", "x-forwarded-for", "x-forwarded-proto"),
        *("x-requested-with",),
    }
)
_SECRET_WORD = re.compile(
    r"(?<![a-z])(pass(wor[dt]|wd|phrase|code)?|pwd|secret|token|api[-_]?key|apikey|access[-_]?key|auth|key|sig|"
    r"signature|credentials?|client[-_]secret|access[-_]token|refresh[-_]token|session(id)?|jwt|bearer)(?![a-z])",
    re.IGNORECASE,
)

_USUAL = re.compile(r"https?://[A-Za-z0-9._~:/-]+")
"""Such a URL has no user and no parameters in it."""


@dataclass(frozen=True, slots=True)
class CleanUrl:
    """A URL without what is secret in it."""

    url: str
    username: str = ""
    has_password: bool = False
    secrets: tuple[str, ...] = ()
    """The names of the parameters that were taken out."""


def is_plain_header(name: str) -> bool:
    """Tell whether the value of a header is never a secret."""
    return name.lower() in _PLAIN_HEADERS


def has_secret_word(text: str) -> bool:
    """Tell whether a text, like a body, names something that is a secret."""
    return _SECRET_WORD.search(text) is not None


def clean_url(url: str) -> CleanUrl:
    """Return a URL without user name, password and secret parameters; raise `ValueError` when it is none."""
    if _USUAL.fullmatch(url):
        return CleanUrl(url)
    split = urlsplit(url)
    user, _, place = split.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    parameters = split.query.split("&") if split.query else []
    secret = [parameter for parameter in parameters if has_secret_word(unquote(parameter.partition("=")[0]))]
    if not user and not secret:
        return CleanUrl(url)
    query = "&".join(parameter for parameter in parameters if parameter not in secret)
    kept = SplitResult(split.scheme, place, split.path, query, split.fragment).geturl()
    names = tuple(unquote(parameter.partition("=")[0])[:60] for parameter in secret)
    return CleanUrl(kept, unquote(name), bool(colon), names)


def variable_name(service_id: str, word: str, used: Mapping[str, object] | set[str]) -> str:
    """Return the name of an environment variable for a secret of a service, one that is not used yet."""
    stem = "_".join(re.findall(r"[A-Z0-9]+", f"MANARA {service_id} {word}".upper()))
    name, number = stem, 2
    while name in used:
        name, number = f"{stem}_{number}", number + 1
    return name
