"""What the user does not want to be told, kept over a restart. A file that cannot be read is no reason not to start."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from manara.files import make_private_folder, write_whole
from manara.model import Silence

NAME = "alerts.json"
_SCHEMA = 1
_LARGEST = 4_000_000


class SilenceFile:
    """The file in a data folder."""

    def __init__(self, folder: Path, may_write: Callable[[], bool]) -> None:
        self._path = folder / NAME
        self._may_write = may_write
        self._lock = threading.Lock()

    def load(self) -> Silence:
        """Return what was kept; nothing if that cannot be read."""
        try:
            with self._path.open("rb") as file:
                return _silence(json.loads(file.read(_LARGEST)))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return Silence()

    def save(self, silence: Silence) -> bool:
        """Keep it; return whether that was possible. Of two at once, the one that began later stays."""
        if not self._may_write():
            return False
        content = json.dumps(_document(silence), indent=1).encode()
        with self._lock:
            try:
                make_private_folder(self._path.parent)
                write_whole(self._path, content)
            except OSError:
                return False
        return True


def _document(silence: Silence) -> dict[str, Any]:
    until = silence.paused_until
    return {
        "schema": _SCHEMA,
        "acknowledged": sorted(silence.acknowledged),
        "paused": silence.paused,
        "paused_until": None if until is None else until.astimezone(UTC).isoformat(),
    }


def _silence(document: Any) -> Silence:
    acknowledged, paused, until = (document[key] for key in ("acknowledged", "paused", "paused_until"))
    if not isinstance(paused, bool) or not all(isinstance(each, str) for each in acknowledged):
        raise ValueError
    return Silence(frozenset(acknowledged), paused, _moment(until) if paused else None)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)
