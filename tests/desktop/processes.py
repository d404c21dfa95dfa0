"""Processes of a test: whatever they start themselves, none of them is left when the test has ended."""

import os
import signal
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from fakes.waiting import eventually


class Processes:
    """Starts processes, keeps what they say, and ends them and all their descendants."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[subprocess.Popen[bytes]] = []
        # Every descendant inherits it, however it detached itself: that is how it is found again.
        self._mark = f"MANARA_TEST={uuid.uuid4().hex}"

    def start(
        self, command: Sequence[str | Path], environment: Mapping[str, str], **options
    ) -> subprocess.Popen[bytes]:
        """Start a process; what it writes goes to files unless `options` say otherwise."""
        name, _, value = self._mark.partition("=")
        said = self._folder / f"{len(self._started):02}-{Path(command[0]).name}.txt"
        with said.open("wb") as file:
            options = {"stdout": file, "stderr": file, "stdin": subprocess.DEVNULL} | options
            process = subprocess.Popen(list(map(str, command)), env={**environment, name: value}, **options)
        self._started.append(process)
        return process

    def end(self) -> None:
        """End everything that was started, the last first."""
        for process in reversed(self._started):
            end(process)
            for pipe in filter(None, (process.stdin, process.stdout)):
                pipe.close()
        for pid in self._left():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        eventually(lambda: not self._left())

    def _left(self) -> list[int]:
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if self._is_ours(folder)]

    def _is_ours(self, folder: Path) -> bool:
        try:
            return self._mark.encode() in (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            # It has ended meanwhile, or belongs to somebody else.
            return False


def end(process: subprocess.Popen[bytes], within_s: float = 5.0) -> int:
    """Ask a process to end, insist after a while, and return its exit code."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode
