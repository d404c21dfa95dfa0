"""References to secrets: settings name where a secret is, never what it is. No secret may reach a text for people."""

import asyncio
import os
import stat
from pathlib import Path

from manara.model import Reason
from manara.probes.border import LookFailed

MAX_SECRET_BYTES = 64 * 1024


def is_reference(text: str) -> bool:
    """Tell whether a text names a secret: `env:NAME` or `file:/path`."""
    return text.startswith(("env:", "file:"))


def usable_reference(text: str) -> None:
    """Accept `env:NAME`, `file:/path`, or nothing."""
    kind, _, place = text.partition(":")
    if not text:
        return
    if not is_reference(text) or not place:
        # The text may be the secret itself: it is not repeated.
        raise ValueError("it must name a secret as env:NAME or file:/path; secrets do not stand in the settings")
    if kind == "file" and not Path(place).is_absolute():
        raise ValueError("it must give the whole path of the file, like file:/home/you/secret")


async def reveal(reference: str) -> str:
    """Return the secret without surrounding white space; raise `LookFailed` when it cannot be had."""
    kind, _, place = reference.partition(":")
    secret = os.environ.get(place, "") if kind == "env" else await asyncio.to_thread(_read, reference, Path(place))
    secret = secret.strip()
    if not secret:
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} is not set or empty")
    if not secret.isprintable():
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} holds more than one line or a control character")
    return secret


def _read(reference: str, path: Path) -> str:
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            status = os.fstat(file.fileno())
            content = file.read(MAX_SECRET_BYTES + 1)
    except OSError as error:
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(status.st_mode):
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} is not a file")
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} is open to other users; make it yours with chmod 600")
    if len(content) > MAX_SECRET_BYTES:
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} is too large for a secret")
    try:
        return content.decode()
    except UnicodeDecodeError:
        # Its message would quote the secret.
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} is not text") from None


def _open_at_once(path: str, flags: int) -> int:
    # A named pipe would make a plain open wait for ever.
    return os.open(path, flags | os.O_NONBLOCK)
