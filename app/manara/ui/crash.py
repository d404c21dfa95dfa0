"""Crash reports: what went wrong is written down when it happens and offered at the next start."""

import faulthandler
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from manara import __version__

_LONGEST = 100_000


class CrashReports:
    """One file with reports that have not been offered yet, and one with those that were offered last."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "crash.txt"
        self._kept = folder / "last-crash.txt"
        self._file: IO[str] | None = None
        self._hooks = sys.excepthook, threading.excepthook

    def left_behind(self) -> str:
        """Return what an earlier run has left, nothing if it ended well."""
        try:
            return self._path.read_text(errors="replace")[-_LONGEST:].strip()
        except OSError:
            return ""

    def begin(self) -> None:
        """Write down what happens from now on; without a place for it, go on without."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = self._path.open("a")
        except OSError:
            return
        # For faults beneath Python: it writes by itself when the process dies.
        faulthandler.enable(self._file)
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def offered(self) -> Path:
        """Put aside what an earlier run has left, so that it is not offered again; return the file it is in."""
        report = self.left_behind()
        if self._file is None or not report:
            return self._path
        try:
            self._kept.write_text(report)
        except OSError:
            # It stays where it is, and is offered once more.
            return self._path
        self._file.truncate(0)
        return self._kept

    def end(self) -> None:
        """The process ends well."""
        if self._file is None:
            return
        faulthandler.disable()
        sys.excepthook, threading.excepthook = self._hooks
        empty = self._file.tell() == 0
        self._file.close()
        self._file = None
        if empty:
            self._path.unlink(missing_ok=True)

    def write(self, error: BaseException) -> None:
        """Write down an error that did not end the process."""
        self._take(type(error), error, error.__traceback__)

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._hooks[0](kind, error, trace)
        if self._file is not None:
            head = (
                f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, Manara {__version__}, Python {platform.python_version()}, "
            )
            head += f"{platform.platform()}\n"
            self._file.write(head + "".join(traceback.format_exception(kind, error, trace)) + "\n")
            self._file.flush()

    def _take_from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._take(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
