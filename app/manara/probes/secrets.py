"""References to secrets: settings name where a secret is, never what it is. No secret may reach a text for people."""

import asyncio
import os
import stat
from pathlib import Path

from manara.model import Reason
from manara.probes.border import LookFailed
from manara.secrets import Keyring, KeyringTrouble, KeyringUnusable

MAX_SECRET_BYTES = 64 * 1024

KINDS = "keyring:NAME, env:NAME or file:/path"
"""How a secret is named, for sentences."""


def is_reference(text: str) -> bool:
    """Tell whether a text names a secret: `keyring:NAME`, `env:NAME` or `file:/path`."""
    return text.startswith(("keyring:", "env:", "file:"))


def usable_reference(text: str) -> None:
    """Accept `keyring:NAME`, `env:NAME`, `file:/path`, or nothing."""
    kind, _, place = text.partition(":")
    if not text:
        return
    if not is_reference(text) or not place:
        # The text may be the secret itself: it is not repeated.
        raise ValueError(f"it must name a secret as {KINDS}; secrets do not stand in the settings")
    if kind == "file" and not Path(place).is_absolute():
        raise ValueError("it must give the whole path of the file, like file:/home/you/secret")
    if not place.isprintable():
        raise ValueError("the name of a secret must not hold a line break or another control character")


async def reveal(reference: str, keyring: Keyring, within_s: float) -> str:
    """Return the secret without surrounding white space; raise `LookFailed` when it cannot be had in so many seconds.

    Only the keyring may take long: a file that is none is not waited for.
    """
    kind, _, place = reference.partition(":")
    match kind:
        case "keyring":
            secret = await _from_keyring(reference, place, keyring, within_s)
        case "env":
            secret = os.environ.get(place, "")
        case _:
            secret = await asyncio.to_thread(_read, reference, Path(place))
    secret = secret.strip()
    if not secret:
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} is not set or empty")
    if not secret.isprintable():
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} holds more than one line or a control character")
    return secret


async def _from_keyring(reference: str, name: str, keyring: Keyring, within_s: float) -> str:
    try:
        return await keyring.read(name, within_s) or ""
    except KeyringUnusable as unusable:
        raise LookFailed(Reason.SECRET_MISSING, f"{reference} cannot be read: {TROUBLES[unusable.trouble]}") from None


TROUBLES = {
    KeyringTrouble.MISSING: "there is no keyring here; env:NAME and file:/path work without one",
    KeyringTrouble.LOCKED: "the keyring is locked, and was not unlocked when asked",
    KeyringTrouble.SILENT: "the keyring does not answer; it may wait to be unlocked",
    KeyringTrouble.FAILING: "the keyring answered with an error",
}


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
