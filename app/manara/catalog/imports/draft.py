"""One service on its way from a foreign file to the settings: what came over, what did not and why."""

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from manara.catalog.imports.preview import Note, Rewritten, Why
from manara.catalog.imports.values import raw_text_in, table_in, text_in
from manara.catalog.secret_words import clean_url, has_secret_word, is_plain_header
from manara.probes.request import usable_headers
from manara.probes.secrets import is_reference
from manara.probes.statuses import parse_statuses

NOWHERE = "not-imported.invalid"
"""A host that can never be (RFC 2606), for services that have nothing to look at here."""

OF_OPERATOR = ("operator", "official_url", "official", "official_components")
"""The options of a service about its operator."""

_MAX_CONFIRM = 20
_LONGEST_S = 86_400
_VARIABLE = re.compile(r"\$(?:\$|(\w+)|\{(\w+)\})")


@dataclass(frozen=True, slots=True)
class Secret:
    """Stands in a check for a secret, of which nothing but its name is kept."""

    word: str


@dataclass(slots=True)
class Draft:
    """A service as far as it has been read."""

    name: str
    source: str
    id: str = ""
    group: str = ""
    tags: list[str] = field(default_factory=list)
    paused: bool = False
    catalogue: str = ""
    about: str = ""
    """What people wrote of it."""
    of_operator: dict[str, Any] = field(default_factory=dict)
    """Who runs it and where that one tells how it is, as settings say it (`OF_OPERATOR`); not yet proven."""
    checks: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    translated: list[str] = field(default_factory=list)
    rewritten: list[Rewritten] = field(default_factory=list)

    def came(self, *words: str) -> None:
        """Remember options of the file that came over."""
        self.translated += [word for word in words if word not in self.translated]

    def rewrote(self, expression: str, options: str, *, milder: bool) -> None:
        """Remember what became of an expression."""
        self.rewritten.append(Rewritten(expression, options, milder))

    def lost(self, why: Why, subject: str = "", detail: object = "") -> None:
        """Remember what did not come over."""
        note = Note(why, subject, str(detail))
        if note not in self.notes:
            self.notes.append(note)

    def nowhere(self) -> dict[str, Any]:
        """Return the check of a service that cannot be looked at here; the reason is noted by the caller."""
        return {"type": "ping", "host": NOWHERE}


def set_interval(draft: Draft, check: dict[str, Any], seconds: float | None, word: str = "interval") -> None:
    """Write the time between two looks, within the limits of the settings."""
    if seconds is None or seconds <= 0:
        return
    kept = min(max(seconds, 1), _LONGEST_S)
    check["interval"] = kept
    draft.came(word)
    if kept != seconds:
        draft.lost(Why.LIMITED, word, f"{kept:g} s")


def set_timeout(draft: Draft, check: dict[str, Any], seconds: float | None, word: str = "timeout") -> None:
    """Write the longest time of a look, within the limits of the settings and the interval."""
    if seconds is None or seconds <= 0:
        return
    kept = min(max(seconds, 0.1), 300, check.get("interval", _LONGEST_S))
    check["timeout"] = kept
    draft.came(word)
    if kept != seconds:
        draft.lost(Why.LIMITED, word, f"{kept:g} s")


def set_confirm(draft: Draft, check: dict[str, Any], count: int | None, word: str) -> None:
    """Write how many second looks must fail; without one, Manara's own stay: they take seconds and prevent mistakes."""
    if count is None or count < 1:
        return
    check["confirm"] = min(count, _MAX_CONFIRM)
    draft.came(word)
    if count > _MAX_CONFIRM:
        draft.lost(Why.LIMITED, word, _MAX_CONFIRM)


def set_accept(draft: Draft, check: dict[str, Any], statuses: Iterable[str], word: str) -> None:
    """Write the accepted statuses, without those that are none."""
    for status in statuses:
        try:
            parse_statuses([status])
        except ValueError as error:
            draft.lost(Why.BAD_VALUE, word, error)
            continue
        check.setdefault("accept", []).append(status)
        draft.came(word)


def set_url(draft: Draft, check: dict[str, Any], url: str, word: str = "url") -> None:
    """Write a URL without what is secret in it."""
    try:
        clean = clean_url(url)
    except ValueError:
        draft.lost(Why.UNUSABLE_ADDRESS, detail="it is not a URL")
        check |= {"url": f"https://{NOWHERE}/"}
        return
    check["url"] = clean.url
    draft.came(word)
    if clean.username:
        check["username"] = clean.username
    if clean.has_password:
        check["password"] = Secret("password")
    if clean.secrets:
        draft.lost(Why.SECRET_IN_ADDRESS, word, ", ".join(clean.secrets))


def set_body(draft: Draft, check: dict[str, Any], body: str, option: str = "body", word: str = "body") -> None:
    """Write what is sent, unless it names a secret."""
    if not body:
        return
    if has_secret_word(body):
        draft.lost(Why.SECRET_IN_BODY, word)
    else:
        check[option] = body
        draft.came(word)


def set_own(draft: Draft, check: dict[str, Any], options: Mapping[str, Any]) -> None:
    """Write the options of a check of Manara itself, which may hold what is secret all the same."""
    check |= {name: value for name, value in options.items() if name not in ("url", "headers", "body", "send")}
    if "url" in options:
        set_url(draft, check, text_in(options["url"]))
    for name in ("body", "send"):
        set_body(draft, check, raw_text_in(options.get(name)), name, name)
    headers = table_in(options.get("headers"))
    set_headers(draft, check, ((name, text_in(value)) for name, value in headers.items()))


def set_headers(draft: Draft, check: dict[str, Any], headers: Iterable[tuple[str, str]]) -> None:
    """Write headers; the values of those that may be somebody's key become references."""
    for name, value in headers:
        if name.lower() == "authorization":
            _set_authorization(draft, check, name, value)
            continue
        variable = whole_variable(value)
        kept: Any = value if is_plain_header(name) or is_reference(value) or not value else Secret(name)
        if variable:
            kept = f"env:{variable}"
            draft.lost(Why.SECRET, name, variable)
        try:
            usable_headers(((name, "env:X" if isinstance(kept, Secret) else kept),))
        except ValueError as error:
            draft.lost(Why.BAD_VALUE, "headers", error)
            continue
        check.setdefault("headers", {})[name] = kept
        draft.came("headers")


def escaped(text: str) -> str:
    """Return a text to send as the settings write it, with backslashes for what no line can show."""
    shown = text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")
    return shown.replace("\t", "\\t").replace("\0", "\\0")


def whole_variable(text: str) -> str:
    """Return the variable that a text consists of: `$NAME` or `${NAME}`; nothing otherwise."""
    match = _VARIABLE.fullmatch(text.strip())
    return (match[1] or match[2] or "") if match else ""


def variables_in(text: str) -> list[str]:
    """Return the variables that a text names; `$$` stands for a dollar sign."""
    return [name for match in _VARIABLE.finditer(text) if (name := match[1] or match[2])]


def without_escapes(text: str) -> str:
    """Return a text with `$$` as the dollar sign that it stands for."""
    return text.replace("$$", "$")


def _set_authorization(draft: Draft, check: dict[str, Any], name: str, value: str) -> None:
    scheme, _, credentials = value.strip().partition(" ")
    draft.came("headers")
    variable = whole_variable(credentials)
    if scheme.lower() == "bearer":
        if variable:
            draft.lost(Why.SECRET, "token", variable)
        check["bearer"] = f"env:{variable}" if variable else Secret("token")
        return
    username = _username(credentials) if scheme.lower() == "basic" else None
    if username is not None:
        check |= {"username": username, "password": Secret("password")}
        return
    whole = whole_variable(value)
    if whole:
        draft.lost(Why.SECRET, "authorization", whole)
    kept: Any = value if is_reference(value) else Secret("authorization")
    check.setdefault("headers", {})[name] = f"env:{whole}" if whole else kept


def _username(credentials: str) -> str | None:
    """Return the user name of basic credentials (RFC 7617)."""
    try:
        decoded = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    name, colon, _ = decoded.partition(":")
    return name if colon and name else None
