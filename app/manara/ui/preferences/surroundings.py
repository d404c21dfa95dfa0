"""What the preferences ask of the rest of the program. None of it may wait."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QMenu

from manara.model import AppearanceOptions, Service
from manara.ui.editor.commands import Commands
from manara.wording import Translator

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
class ServiceDoors:
    """What opens other windows about services."""

    add: Callable[[], object]
    edit: Callable[[list[str]], object]
    """Given the ids of one or more services."""
    import_file: Callable[[], object]
    export_file: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Desktop:
    """What is known of the desktop around."""

    has_tray: Callable[[], bool]
    show_notification: Callable[[], object]
    """Shows one notification as an example."""
    notification_server: Callable[[], "Future[str]"]
    """Who shows notifications; the future raises `OSError` where nobody does."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Whom to ask."""

    tr: Translator
    now: Callable[[], datetime]
    commands: Commands
    services: Callable[[], tuple[Service, ...]]
    """What is watched, with everything filled in."""
    doors: ServiceDoors
    desktop: Desktop
    autostart: Autostart
    silence: QMenu
    """The menu in which notifications are paused."""
    data_folder: Path
    languages: Mapping[str, str]
    """By its code, the name of each language that there are words for."""
    use_appearance: Callable[[AppearanceOptions], object]
    """Shows everything like this from now on, as far as that goes without a new start."""
