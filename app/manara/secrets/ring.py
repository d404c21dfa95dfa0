"""The system's keyring through the `keyring` library: Secret Service, KWallet, macOS, Windows, or a plugin of others.

It takes long to import and may block for ever: it is loaded by name when it is first needed, on the keyring's thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend, get_all_keyring
from keyring.backends import fail, null
from keyring.core import init_backend
from keyring.errors import InitError, KeyringLocked, NoKeyringError

from manara.secrets.trouble import KeyringTrouble, KeyringUnusable

SERVICE = "manara"
"""The name under which other programs find the secrets: `keyring get manara NAME`."""


class SystemRing:
    """The keyring that the system, or the user's configuration of the library, prefers.

    Every method raises `KeyringUnusable`, or whatever a plugin raises, and may wait for the user to unlock.
    """

    def __init__(self) -> None:
        self._ring = _preferred()

    @property
    def name(self) -> str:
        """What kind of keyring it is, as the library names it."""
        return str(self._ring.name)

    def read(self, name: str) -> str | None:
        """Return a secret; None where none has that name."""
        with _trouble_named():
            return self._ring.get_password(SERVICE, name)

    def write(self, name: str, secret: str) -> None:
        """Keep a secret in the place of one with the same name."""
        with _trouble_named():
            self._ring.set_password(SERVICE, name, secret)

    def delete(self, name: str) -> None:
        """Forget a secret."""
        with _trouble_named():
            self._ring.delete_password(SERVICE, name)


def _preferred() -> KeyringBackend:
    found = keyring.get_keyring()
    if isinstance(found, fail.Keyring):
        # The library looks once and keeps that; at login the keyring may start later than Manara.
        get_all_keyring.reset()
        init_backend()
        found = keyring.get_keyring()
    # The second is there where the user has switched keyrings off: it takes everything and keeps nothing.
    if isinstance(found, fail.Keyring | null.Keyring):
        raise KeyringUnusable(KeyringTrouble.MISSING)
    return found


@contextmanager
def _trouble_named() -> Iterator[None]:
    try:
        yield
    except KeyringLocked:
        raise KeyringUnusable(KeyringTrouble.LOCKED) from None
    except NoKeyringError:
        raise KeyringUnusable(KeyringTrouble.MISSING) from None
    except InitError as error:
        # Where Secret Service has no keyring yet, it asks for the password of a new one; that this was declined is told
        # by the cause alone, whose class is there on Linux only.
        declined = type(error.__cause__).__name__ == "PromptDismissedException"
        raise KeyringUnusable(KeyringTrouble.LOCKED if declined else KeyringTrouble.FAILING) from None
