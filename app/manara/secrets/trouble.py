"""Why a keyring cannot be used, as a closed set; what it is called in words is in `wording`."""

from enum import StrEnum


class KeyringTrouble(StrEnum):
    """Why a keyring does not give or take a secret."""

    MISSING = "missing"
    """This computer has none, or none that runs."""
    LOCKED = "locked"
    """It is locked, and was not unlocked when the system asked for that."""
    SILENT = "silent"
    """It does not answer; most often it waits for somebody to unlock it."""
    FAILING = "failing"
    """It answered with an error, or keeps nothing of what it is given."""


class KeyringUnusable(Exception):  # noqa: N818 - not an error of the program: it is how the system is
    """The keyring does not give or take a secret. Holds no message of the keyring's: that could quote the secret."""

    def __init__(self, trouble: KeyringTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
