"""Start at login on macOS: a launch agent of the user's, which counts from the next login on. Not tested on macOS."""

import plistlib
import shlex
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from manara.files import make_private_folder, write_whole
from manara.login.program import Program
from manara.login.state import DISABLED, ENABLED, SWITCHED_OFF, UNREADABLE, AtLogin, starts_other

FILE = "manara.plist"


class LaunchAgent:
    """The file of this user's in `~/Library/LaunchAgents` (launchd.plist(5))."""

    def __init__(self, program: Program, home: Path) -> None:
        self._program = program
        self._file = home / "Library" / "LaunchAgents" / FILE

    def state(self) -> AtLogin:
        """Return what the file says; raise `OSError` when it cannot be read."""
        if not self._file.exists():
            return DISABLED
        try:
            agent = plistlib.loads(self._file.read_bytes())
            command = [str(argument) for argument in agent.get("ProgramArguments", ())]
        except (plistlib.InvalidFileException, ExpatError, ValueError, AttributeError, TypeError):
            return UNREADABLE
        if not self._program.is_started_by(command):
            return starts_other(shlex.join(command))
        return SWITCHED_OFF if agent.get("Disabled") or not agent.get("RunAtLoad") else ENABLED

    def set(self, enabled: bool) -> None:  # noqa: FBT001 - it is what is set
        """Write the file, or delete it; raise `OSError`."""
        if enabled:
            make_private_folder(self._file.parent)
            write_whole(self._file, plistlib.dumps(_agent(self._program)))
        else:
            self._file.unlink(missing_ok=True)


def _agent(program: Program) -> dict[str, Any]:
    return {
        "Label": "manara",
        "ProgramArguments": list(program.command),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
    }
