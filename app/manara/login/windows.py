"""Start at login on Windows: a value below `Run` in the user's registry. Not tested on Windows."""

import subprocess
from typing import Any

from manara.login.program import Program
from manara.login.state import DISABLED, ENABLED, SWITCHED_OFF, AtLogin, starts_other

NAME = "Manara"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""Where the task manager keeps what the user has switched off."""


class WindowsRun:
    """The entry of this user. `winreg` is Python's module of that name, which only Windows has."""

    def __init__(self, program: Program, winreg: Any) -> None:
        self._winreg = winreg
        # The registry holds no environment: a checkout must be installed to start at login.
        self._command = subprocess.list2cmdline([*program.arguments, *program.options])
        self._start = subprocess.list2cmdline(program.arguments)

    def state(self) -> AtLogin:
        """Return what the registry says; raise `OSError` when it cannot be read."""
        command = self._read(RUN)
        if command is None:
            return DISABLED
        if not str(command).startswith(self._start):
            return starts_other(str(command))
        approved = self._read(APPROVED)
        # The first byte is even where it may start, odd where it was switched off; the rest is since when.
        return SWITCHED_OFF if isinstance(approved, bytes) and approved[:1] and approved[0] % 2 else ENABLED

    def set(self, enabled: bool) -> None:  # noqa: FBT001 - it is what is set
        """Write the value, or delete it; raise `OSError`."""
        self._delete(APPROVED)
        if not enabled:
            self._delete(RUN)
            return
        with self._winreg.CreateKey(self._winreg.HKEY_CURRENT_USER, RUN) as key:
            self._winreg.SetValueEx(key, NAME, 0, self._winreg.REG_SZ, self._command)

    def _read(self, path: str) -> object:
        try:
            with self._winreg.OpenKey(self._winreg.HKEY_CURRENT_USER, path) as key:
                value, _kind = self._winreg.QueryValueEx(key, NAME)
        except FileNotFoundError:
            return None
        return value

    def _delete(self, path: str) -> None:
        try:
            access = self._winreg.KEY_SET_VALUE
            with self._winreg.OpenKey(self._winreg.HKEY_CURRENT_USER, path, access=access) as key:
                self._winreg.DeleteValue(key, NAME)
        except FileNotFoundError:
            pass
