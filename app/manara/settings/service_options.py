"""The `[[services]]` section: what a person may say of a service, besides its checks."""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from manara.model import MAX_ID, PageKind, Said, option

MAX_NAME = 300
MAX_NOTE = 2_000


def accept_id(text: str) -> None:
    """Raise `ValueError` unless the text can be the id of a service."""
    if not _ID.fullmatch(text):
        raise ValueError(Said("An id begins with a letter or a digit and has only letters, digits, - _ and . in it."))


def accept_label(text: str) -> None:
    """Raise `ValueError` when a name, group or tag has characters that no line of text can show."""
    # What can be printed can be shown, and most texts can; others need a look at each character.
    if not text.isprintable() and any(unicodedata.category(character) in _UNSHOWABLE for character in text):
        raise ValueError(Said("This must not have control characters or line breaks."))
    if text.strip() != text:
        raise ValueError(Said("This must not begin or end with a space."))


def accept_name(text: str) -> None:
    """Raise `ValueError` unless the text can be the name of a service."""
    accept_label(text)


def accept_tags(tags: tuple[str, ...]) -> None:
    """Raise `ValueError` unless each text can be a tag."""
    for tag in tags:
        accept_label(tag)
        if not 1 <= len(tag) <= MAX_ID:
            raise ValueError(Said("A tag has from 1 to {most} characters.", most=MAX_ID))


def accept_page(url: str) -> None:
    """Raise `ValueError` unless the text is the address of a page whose word can be trusted."""
    parts = urlsplit(url)
    if not parts.hostname or any(character.isspace() for character in url):
        raise ValueError(Said("This must be the address of a page, like https://status.example.com/."))
    if parts.scheme != "https" and not _is_this_computer(parts.hostname):
        raise ValueError(Said("The official word is read by https:// alone."))


def accept_parts(parts: tuple[str, ...]) -> None:
    """Raise `ValueError` unless each text can be the name of a part."""
    for part in parts:
        accept_label(part)
        if not 1 <= len(part) <= MAX_NAME:
            raise ValueError(Said("The name of a part has from 1 to {most} characters.", most=MAX_NAME))


def _is_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOptions:
    """One table of `[[services]]`, besides `checks`."""

    id: str = option(
        "",
        help="The word for it on the command line and in exports; made from the name when it is not set",
        minimum=1,
        maximum=MAX_ID,
        accepts=accept_id,
    )
    name: str = option(
        "",
        help="What to call it; must be set unless it is from the catalogue",
        minimum=1,
        maximum=MAX_NAME,
        accepts=accept_name,
    )
    catalogue: str = option(
        "", help="Id of a catalogue entry, which gives the name, the group and the checks that are not set here"
    )
    group: str = option("", help="Services of one group are shown together", maximum=MAX_NAME, accepts=accept_label)
    tags: tuple[str, ...] = option((), help="Words to find it by", accepts=accept_tags)
    paused: bool = option(False, help="Whether it is left alone for now")
    note: str = option(
        "",
        help="What you want to remember of it; an import writes here what did not come over",
        maximum=MAX_NOTE,
        accepts=accept_label,
    )
    operator: str = option(
        "", help="Who runs it: services of one operator often fail together", maximum=MAX_NAME, accepts=accept_label
    )
    official_url: str = option(
        "", help="Its operator's status page, like `https://status.example.com/`", maximum=2_000, accepts=accept_page
    )
    official: PageKind = option(PageKind.AUTO, help="How that page speaks; `auto` finds out by reading it")
    official_components: tuple[str, ...] = option(
        (), help="The parts of that page that count, by name or id; empty means all", maximum=100, accepts=accept_parts
    )


_ID = re.compile(rf"[^\W_][\w.-]{{0,{MAX_ID - 1}}}")
_UNSHOWABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
