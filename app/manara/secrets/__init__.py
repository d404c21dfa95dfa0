"""Where secrets are kept: in the system's keyring or, where there is none, in files that only their owner can read.

Knows neither settings nor checks; those hold nothing but references (`keyring:NAME`, `file:/path`, `env:NAME`).
"""

from manara.secrets.keyring import Keyring
from manara.secrets.mentions import mentioned
from manara.secrets.store import SecretStore, Usable
from manara.secrets.trouble import KeyringTrouble, KeyringUnusable

__all__ = ["Keyring", "KeyringTrouble", "KeyringUnusable", "SecretStore", "Usable", "mentioned"]
