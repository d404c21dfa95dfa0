"""What the first run asks of the system around it. Nothing of it waits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QLocale

from manara.ui.preferences.surroundings import Desktop

if TYPE_CHECKING:
    from concurrent.futures import Future

    from manara.login import AtLogin


class Autostart(Protocol):
    """Starts Manara when the user logs in: `manara.login.StartAtLogin`."""

    def state(self) -> "Future[AtLogin]":
        """Return how it is now."""

    def set(self, enabled: bool) -> "Future[AtLogin]":  # noqa: FBT001 - the one thing that it sets
        """Change it and return how it is then; the future raises `LoginNotChanged`."""


@dataclass(frozen=True, slots=True)
class System:
    """The desktop and the user's language."""

    desktop: Desktop
    autostart: Autostart
    locale: QLocale
