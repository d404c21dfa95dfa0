"""Start at login on a Linux desktop: a file in the autostart folder (Desktop Application Autostart Specification)."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from manara.files import make_private_folder, write_whole
from manara.login.desktop_entry import entry_text, entry_values, exec_arguments, exec_value, hidden_text
from manara.login.program import Program
from manara.login.state import DISABLED, ENABLED, SWITCHED_OFF, UNREADABLE, AtLogin, starts_other

FILE = "manara.desktop"
_MAX_BYTES = 64 * 1024


class XdgAutostart:
    """The entry of this user, over those that the system has for everybody."""

    def __init__(self, program: Program, environment: Mapping[str, str]) -> None:
        self._program = program
        home = Path(environment.get("HOME", "/nonexistent"))
        self._file = _folder(environment.get("XDG_CONFIG_HOME", ""), home / ".config") / "autostart" / FILE
        everybodys = (environment.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
        self._everybodys = [Path(folder) / "autostart" / FILE for folder in everybodys if folder.startswith("/")]

    def state(self) -> AtLogin:
        """Return what the first entry says that is there; raise `OSError` when it cannot be read."""
        own = _read(self._file)
        everybodys = self._of_everybody()
        text = everybodys if own is None else own
        if text is None:
            return DISABLED
        values = entry_values(text)
        if _is_switched_off(values):
            # Over an entry for everybody there is no other way to switch it off.
            return SWITCHED_OFF if everybodys is None or own is None else DISABLED
        command = exec_arguments(values.get("Exec", ""))
        if not command:
            return UNREADABLE
        return ENABLED if self._program.is_started_by(command) else starts_other(shlex.join(command))

    def set(self, enabled: bool) -> None:  # noqa: FBT001 - it is what is set
        """Write the entry, or delete it; one of another program is switched off, and stays otherwise as it is."""
        if enabled:
            self._write(entry_text(_entry(self._program)))
            return
        own = _read(self._file)
        if own is not None and not self._program.is_started_by(exec_arguments(entry_values(own).get("Exec", ""))):
            self._write(hidden_text(own))
        elif self._of_everybody() is not None:
            self._write(hidden_text(""))
        else:
            self._file.unlink(missing_ok=True)

    def _of_everybody(self) -> str | None:
        return next((text for text in map(_read, self._everybodys) if text is not None), None)

    def _write(self, text: str) -> None:
        make_private_folder(self._file.parent)
        write_whole(self._file, text.encode())


def _entry(program: Program) -> dict[str, str]:
    return {
        "Type": "Application",
        "Version": "1.0",
        "Name": "Manara",
        "Name[ar]": "منارة",
        "Comment": "Watch the services you depend on",
        "Exec": exec_value(program.command),
        # A checkout that was deleted is no error at every login.
        "TryExec": program.arguments[0],
        "Icon": "manara",
        "Terminal": "false",
        "StartupNotify": "false",
        "X-GNOME-Autostart-enabled": "true",
        # Panels that show the tray start at the same time.
        "X-GNOME-Autostart-Delay": "5",
        "X-KDE-autostart-phase": "2",
        "X-LXQt-Need-Tray": "true",
    }


def _is_switched_off(values: Mapping[str, str]) -> bool:
    return values.get("Hidden") == "true" or values.get("X-GNOME-Autostart-enabled") == "false"


def _folder(told: str, usual: Path) -> Path:
    # A path that is not absolute is to be ignored (XDG Base Directory Specification).
    return Path(told) if told.startswith("/") else usual


def _read(path: Path) -> str | None:
    # To open a named pipe would mean to wait for ever.
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return file.read(_MAX_BYTES).decode(errors="replace")
