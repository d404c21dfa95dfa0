"""Which way this system has to start a program at login, off the thread of the window."""

import os
import sys
from collections.abc import Mapping
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path

from manara.loading import load
from manara.login.program import BACKGROUND, Program, this_program
from manara.login.state import UNREADABLE, AtLogin, LoginItem, LoginNotChanged, LoginTrouble
from manara.paths import state_folder
from manara.threads import in_thread

FLATPAK = Path("/.flatpak-info")
"""Is there inside Flatpak, and only there."""


class StartAtLogin:
    """Starts this Manara at login, or does not. Every method returns at once."""

    def __init__(self, item: LoginItem) -> None:
        self._item = item

    def state(self) -> Future[AtLogin]:
        """Return whether it starts at login."""
        return in_thread(self._state, "manara-login")

    def set(self, enabled: bool) -> Future[AtLogin]:  # noqa: FBT001 - it is what is set
        """Change it and return how it is now; the future raises `LoginNotChanged`.

        Inside Flatpak the desktop may ask the user: that takes up to two minutes.
        """
        return in_thread(lambda: self._set(enabled=enabled), "manara-login")

    def _state(self) -> AtLogin:
        try:
            return self._item.state()
        except OSError:
            return UNREADABLE

    def _set(self, *, enabled: bool) -> AtLogin:
        try:
            self._item.set(enabled)
        except OSError as error:
            raise LoginNotChanged(LoginTrouble.NOT_WRITTEN, f"{error.strerror}: {error.filename}") from error
        return self._state()


def start_at_login(options: tuple[str, ...] = BACKGROUND) -> StartAtLogin:
    """Return the start at login of this program on this system, with the options that it is to have then."""
    return StartAtLogin(login_item(this_program(options), sys.platform, os.environ, in_flatpak=FLATPAK.exists()))


def login_item(program: Program, platform: str, environment: Mapping[str, str], *, in_flatpak: bool) -> LoginItem:
    """Return the way of a system; only that one is loaded."""
    item: LoginItem
    if platform == "win32":
        item = load("manara.login.windows:WindowsRun")(program, import_module("winreg"))
    elif platform == "darwin":
        item = load("manara.login.macos:LaunchAgent")(program, Path(environment["HOME"]))
    elif in_flatpak:
        bus, answer = environment.get("DBUS_SESSION_BUS_ADDRESS", ""), state_folder() / "start-at-login"
        item = load("manara.login.portal:BackgroundPortal")(program, bus, answer)
    else:
        item = load("manara.login.xdg:XdgAutostart")(program, environment)
    return item
