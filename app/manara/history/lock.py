"""Only one process writes the history. The lock ends with the process, however it ends."""

import fcntl
import os
from pathlib import Path


class WriterLock:
    """A lock beside the file; locking the file itself would disturb SQLite's own locks."""

    def __init__(self, file: Path) -> None:
        self._path = file.with_name(file.name + ".lock")
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Return whether this process is the one that writes; raise `OSError` where no lock can be made."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._descriptor = descriptor
        except BlockingIOError:
            return False
        finally:
            if self._descriptor is None:
                os.close(descriptor)
        return True

    def release(self) -> None:
        """Let another process write."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
