"""Host names as people write them: turned into the form that DNS knows, or refused with a reason."""

import re

import idna

from manara.model import Reason
from manara.probes.border import LookFailed

_LONGEST_NAME = 253
_LONGEST_LABEL = 63
# Underscores are not in host names by RFC 952, but they are in the names of hosts.
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
# Some programs read 127.1 or 0x7f.1 as an address, others as a name (WHATWG URL, "ends in a number").
_LIKE_A_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def ascii_host_name(host: str) -> str:
    """Return the name in lower-case ASCII without a final dot; raise `LookFailed` when no host can be called so."""
    name = _to_ascii(host).removesuffix(".")
    labels = name.split(".")
    if not name:
        raise _unusable(host, "it is empty")
    if len(name) > _LONGEST_NAME:
        raise _unusable(host, f"it has more than {_LONGEST_NAME} characters")
    for label in labels:
        if not label:
            raise _unusable(host, "there is nothing between two of its dots")
        if len(label) > _LONGEST_LABEL:
            raise _unusable(host, f"a part of it has more than {_LONGEST_LABEL} characters")
        if not _LABEL.fullmatch(label):
            raise _unusable(host, f"{label[:_LONGEST_LABEL]!r} cannot be part of a host name")
    if _LIKE_A_NUMBER.fullmatch(labels[-1]):
        raise _unusable(host, "it looks like a number, not like a name")
    return name


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError as error:
        raise _unusable(host, str(error)) from error


def _unusable(host: str, why: str) -> LookFailed:
    return LookFailed(Reason.UNUSABLE_NAME, f"{host[:_LONGEST_NAME]!r} cannot be a host name: {why}")
