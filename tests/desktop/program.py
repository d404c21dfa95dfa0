"""The installed program with a home, settings and a history of its own."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop.desktop import Desktop
from desktop.processes import end


class Program:
    """The installed Manara of one user: an own home, own settings and an own history."""

    def __init__(self, desktop: Desktop, command: Path, folder: Path) -> None:
        self._desktop = desktop
        self._command = command
        self.settings = folder / "settings.toml"
        self.data = folder / "data"
        self.complaints = folder / "stderr.txt"
        """What the program writes when something is wrong."""
        self.environment = desktop.environment | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        (folder / "run").mkdir(mode=0o700)
        self._running: list[subprocess.Popen[bytes]] = []

    def watch(self, sites: Mapping[str, str], interval: str = "1s") -> None:
        """Write settings with which these names are watched at these addresses."""
        services = [
            f'[[services]]\nname = "{name}"\nchecks = [{{ type = "http", url = "{url}" }}]\n'
            for name, url in sites.items()
        ]
        checks = f'[checks]\ninterval = "{interval}"\nconfirm = 1\nrecover = 1\n'
        self.settings.write_text("\n".join(["[network]\nwitness_resolvers = []\nanchors = []\n", checks, *services]))

    def start(self, *arguments: str, without: tuple[str, ...] = (), **variables: str) -> subprocess.Popen[bytes]:
        """Start the program in other surroundings if need be."""
        environment = {**self.environment, **variables}
        for name in without:
            environment.pop(name)
        command = [self._command, *arguments, "--config", self.settings, "--data", self.data]
        with self.complaints.open("ab") as stderr:
            process = self._desktop.processes.start(command, environment, stderr=stderr)
        self._running.append(process)
        return process

    def ask(self, *arguments: str) -> dict[str, Any]:
        """Run a command in another process and return its answer."""
        command = [self._command, *arguments, "--json", "--config", self.settings, "--data", self.data]
        ran = subprocess.run(
            [str(word) for word in command], env=self.environment, capture_output=True, timeout=60, check=False
        )
        answer: dict[str, Any] = json.loads(ran.stdout)
        return answer

    def end(self) -> None:
        """End what is still running."""
        for process in self._running:
            end(process)
