"""Keeping and forgetting secrets for the window. Settings get references to them, never the secrets themselves.

A secret is never overwritten: a change that is undone finds the old one where its reference says. Once nothing can be
undone any more, what was made here and nothing names any more is forgotten.
"""

import re
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeVar

from manara.files import make_private_folder, write_whole
from manara.secrets.kept import Kept
from manara.secrets.keyring import Keyring, Ring
from manara.secrets.trouble import KeyringTrouble, KeyringUnusable
from manara.threads import in_thread

T = TypeVar("T")

UNLOCKED_WITHIN_S = 120.0
"""So long somebody who is about to keep a secret has time to unlock the keyring."""
_LONGEST_NAME = 80
_ASKED_FOR = "is-it-usable"


@dataclass(frozen=True, slots=True)
class Usable:
    """Whether secrets can be kept in the keyring."""

    trouble: KeyringTrouble | None
    """Why not; None: they can."""
    keyring: str = ""
    """The kind of keyring, as the library names it; empty where there is trouble."""


class SecretStore:
    """Keeps secrets in the keyring, or in files in a folder of our own where somebody chooses that.

    Every method returns at once; the futures are done within two minutes, on a thread of their own. `used_by` names the
    settings that the secrets are for.
    """

    def __init__(
        self, keyring: Keyring, folder: Path, *, used_by: str = "", unlocked_within_s: float = UNLOCKED_WITHIN_S
    ) -> None:
        self._keyring = keyring
        self._folder = folder
        self._kept = Kept(folder, used_by)
        self._unlocked_within_s = unlocked_within_s

    @property
    def folder(self) -> Path:
        """Where `store_in_file` writes."""
        return self._folder

    def usable(self) -> Future[Usable]:
        """Return whether the keyring can be used now. The system may ask the user to unlock it."""
        return in_thread(self._usable, "manara-secrets")

    def store(self, name: str, secret: str) -> Future[str]:
        """Keep a secret in the keyring and return the reference to it, `keyring:NAME`.

        The name gets a number when it is taken by another secret. The future raises `KeyringUnusable`, or `ValueError`
        when it is no secret that a request can carry.
        """
        return in_thread(lambda: self._keep(secret_name(name), one_line(secret)), "manara-secrets")

    def store_in_file(self, name: str, secret: str) -> Future[str]:
        """Keep a secret in a file that only its owner can read and return the reference to it, `file:/path`.

        The file gets a number when it is taken by another secret. The future raises `OSError` when it cannot be
        written, or `ValueError` as `store` does.
        """
        return in_thread(lambda: self._keep_in_file(secret_name(name), one_line(secret)), "manara-secrets")

    def forget(self, reference: str) -> Future[None]:
        """Forget a secret that was kept here; of any other reference (`env:`, files of the user's own) nothing is done.

        The future raises `KeyringUnusable` or `OSError`. That it has been forgotten before is no error.
        """
        return in_thread(lambda: self._forget(reference), "manara-secrets")

    def forget_unused(self, used: Callable[[Collection[str]], Collection[str]]) -> Future[tuple[str, ...]]:
        """Forget every secret that was made here for these settings and is not used any more, and return which.

        `used` is given references and returns those that are used; it may be slow. The future raises what that raises,
        with nothing forgotten, or what `forget` raises; what is left is forgotten another time. Without a secret that
        was made here, neither it nor the keyring is asked.
        """
        return in_thread(lambda: self._forget_unused(used), "manara-secrets")

    def _usable(self) -> Usable:
        try:
            return Usable(None, self._ask(_prove))
        except KeyringUnusable as unusable:
            return Usable(unusable.trouble)

    def _ask(self, question: Callable[[Ring], T]) -> T:
        try:
            return self._keyring.ask(question).result(self._unlocked_within_s)
        except TimeoutError:
            raise KeyringUnusable(KeyringTrouble.SILENT) from None

    def _keep(self, name: str, secret: str) -> str:
        kept_as, made = self._ask(lambda ring: _keep(ring, name, secret))
        return self._noted(f"keyring:{kept_as}", made=made)

    def _keep_in_file(self, name: str, secret: str) -> str:
        make_private_folder(self._folder)
        paths = (self._folder / each for each in _numbered(name))
        path, made = next((path, made) for path in paths if (made := _kept_in(path, secret)) is not None)
        return self._noted(f"file:{path}", made=made)

    def _noted(self, reference: str, *, made: bool) -> str:
        # One that was there already may be the user's own.
        if made:
            self._kept.add(reference)
        return reference

    def _forget_unused(self, used: Callable[[Collection[str]], Collection[str]]) -> tuple[str, ...]:
        references = self._kept.references()
        still_used = set(used(references)) if references else set()
        unused = tuple(reference for reference in references if reference not in still_used)
        for reference in unused:
            self._forget(reference)
        return unused

    def _forget(self, reference: str) -> None:
        kind, _, place = reference.partition(":")
        if kind == "keyring":
            self._ask(lambda ring: _delete(ring, place))
            self._keyring.drop(place)
        elif kind == "file" and Path(place).parent == self._folder:
            Path(place).unlink(missing_ok=True)
        self._kept.discard(reference)


def secret_name(text: str) -> str:
    """Return a text as the name of a secret: what would be awkward in a file name or a command becomes a hyphen."""
    return re.sub(r"[^\w.]+", "-", text)[:_LONGEST_NAME].strip(".-") or "secret"


def one_line(secret: str) -> str:
    """Return a secret without white space around it; raise `ValueError` where no request could carry it."""
    secret = secret.strip()
    if not secret or not secret.isprintable():
        raise ValueError("a secret is one line of text without control characters")
    return secret


def _prove(ring: Ring) -> str:
    # Even to learn that there is nothing, it must be there, open and answer.
    ring.read(_ASKED_FOR)
    return ring.name


def _keep(ring: Ring, name: str, secret: str) -> tuple[str, bool]:
    """Keep a secret under the first name that no other one has; return the name, and whether it was not kept before."""
    return next((each, made) for each in _numbered(name) if (made := _kept_as(ring, each, secret)) is not None)


def _kept_as(ring: Ring, name: str, secret: str) -> bool | None:
    """Keep a secret, and return whether it was not kept before; None where another one has the name."""
    kept = ring.read(name)
    if kept is not None:
        return False if kept == secret else None
    ring.write(name, secret)
    # Not every keyring says so when it keeps nothing, or less than it was given.
    if ring.read(name) != secret:
        raise KeyringUnusable(KeyringTrouble.FAILING)
    return True


def _kept_in(path: Path, secret: str) -> bool | None:
    """Write a secret, and return whether it was not there before; None where something else is there."""
    if path.exists():
        return False if path.is_file() and path.read_bytes().strip() == secret.encode() else None
    write_whole(path, f"{secret}\n".encode())
    return True


def _delete(ring: Ring, name: str) -> None:
    if ring.read(name) is not None:
        ring.delete(name)


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))
