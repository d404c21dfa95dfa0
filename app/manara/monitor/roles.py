"""What a session needs of others: where settings come from, who keeps what happens."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from manara.model import Silence
from manara.settings import Change, Settings, Stored, Undo


class SettingsSource(Protocol):
    """Where settings come from."""

    def load(self) -> Settings:
        """Read the settings; raise `SettingsInvalid` with every problem."""

    def changed(self) -> bool:
        """Return whether they changed since they were last loaded."""

    def stored(self) -> Stored:
        """Return what they say, with nothing filled in; raise `SettingsInvalid`."""

    def apply(self, change: Change) -> Undo:
        """Write them with a change."""

    def undo(self, undo: Undo) -> None:
        """Take a change back."""


class Keeper(Protocol):
    """Keeps what happens; none of it may wait."""

    def hear(self, at: datetime) -> None:
        """Take note that the engine was watching at this moment."""

    def keep_looks(self, days: int) -> None:
        """Keep single looks for so many days."""

    def forget_later(self, service_ids: Collection[str], at: datetime) -> None:
        """Take note that the user has removed these services at that moment."""


class Remembered(Protocol):
    """Keeps what the user does not want to be told; may be slow."""

    def load(self) -> Silence:
        """Return what was kept."""

    def save(self, silence: Silence) -> bool:
        """Keep it; return whether that was possible."""
