"""Which secrets Manara has made itself, by their references alone: none but those may be forgotten unasked."""

import json
import threading
from contextlib import suppress
from pathlib import Path

from manara.files import make_private_folder, write_whole

FILE = ".kept.json"
"""In the folder of secrets in files, none of which has a name that begins with a dot."""


class Kept:
    """The list in a file of that folder. `used_by` tells for which settings a secret is: each forgets its own alone.

    A list that cannot be read or written hinders nothing; what is not in it is never forgotten.
    """

    def __init__(self, folder: Path, used_by: str) -> None:
        self._path = folder / FILE
        self._used_by = used_by
        self._lock = threading.Lock()

    def references(self) -> tuple[str, ...]:
        """Return the references of the secrets that were made for these settings."""
        with self._lock:
            return tuple(reference for reference, used_by in self._read().items() if used_by == self._used_by)

    def add(self, reference: str) -> None:
        """Take note of a secret that was just made."""
        with self._lock, suppress(OSError):
            make_private_folder(self._path.parent)
            self._write({**self._read(), reference: self._used_by})

    def discard(self, reference: str) -> None:
        """Take note that a secret is gone."""
        with self._lock, suppress(OSError):
            known = self._read()
            if known.pop(reference, None) is not None:
                self._write(known)

    def _read(self) -> dict[str, str]:
        try:
            known = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return known if isinstance(known, dict) else {}

    def _write(self, known: dict[str, str]) -> None:
        if known:
            write_whole(self._path, json.dumps(known, indent=1).encode())
        else:
            self._path.unlink(missing_ok=True)
