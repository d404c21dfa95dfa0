"""What the editor asks of the monitor. Nothing of it waits: the answers are futures."""

from typing import TYPE_CHECKING, Protocol

from manara.model import Check, CheckResult
from manara.settings import Change, Stored, Undo

if TYPE_CHECKING:
    from concurrent.futures import Future


class Commands(Protocol):
    """Reads and changes the settings.

    The futures raise `SettingsInvalid`, `SettingsNotWritten`, `UnknownService` or `ChangedMeanwhile`, and are cancelled
    where nothing is watched any more.
    """

    def stored(self) -> "Future[Stored]":
        """Return what stands in the file now."""

    def change(self, change: Change) -> "Future[Undo]":
        """Change the file; the answer is what `undo` takes."""

    def undo(self, undo: Undo) -> "Future[None]":
        """Take a change back."""

    def try_check(self, check: Check) -> "Future[CheckResult]":
        """Look once, with the real network; nothing of it is recorded."""


class SecretStore(Protocol):
    """Keeps secrets outside of the settings."""

    def store(self, name: str, secret: str) -> "Future[str]":
        """Keep a secret in the keyring under a name; the answer is the reference that the settings may hold.

        The future raises `KeyringUnusable`, or `ValueError` with a sentence.
        """

    def store_in_file(self, name: str, secret: str) -> "Future[str]":
        """Keep a secret in a file that only its owner can read; the answer is the reference to it.

        The future raises `OSError`, or `ValueError` with a sentence.
        """
