"""Looks at the system that may be slow, each as a sentence with a mark. Called off the GUI thread."""

import ctypes
import os
import platform
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from PySide6.QtCore import qVersion

import manara
from manara.model import Verdict
from manara.wording import Translator, moment, size

LEAST_FREE = 200_000_000
"""Bytes; the history of a hundred services grows by a few megabytes a day."""
LIBRARIES = ("PySide6-Essentials", "httpx", "dnspython", "cryptography", "icmplib", "msgspec", "tomlkit", "keyring")
_TIME_ERROR = 5
"""What adjtimex(2) returns while nothing keeps the clock right."""
_LARGEST_TIMEX = 512
"""Bytes, more than struct timex has on any system."""


def adjtimex(library: Callable[[None], Any] = ctypes.CDLL) -> int:
    """Return the state of the system's clock as adjtimex(2) tells it, -1 where it does not."""
    # With only zeros nothing is adjusted; it is but asked.
    try:
        return int(library(None).adjtimex(ctypes.create_string_buffer(_LARGEST_TIMEX)))
    except (OSError, AttributeError, TypeError):
        return -1


def clock_finding(
    tr: Translator, now: Callable[[], datetime], state: Callable[[], int] = adjtimex
) -> tuple[str, Verdict]:
    """Return what time it is here, and whether the system keeps its clock right."""
    at = now()
    shown = tr("{moment}, time zone {zone}.").format(moment=moment(tr, at, at), zone=at.tzname())
    told = state()
    if told < 0:
        return f"{shown} {tr('Whether the system keeps it right cannot be told.')}", Verdict.UNKNOWN
    if told == _TIME_ERROR:
        return f"{shown} {tr('The system does not keep it right (no NTP).')}", Verdict.DEGRADED
    return f"{shown} {tr('The system keeps it right.')}", Verdict.UP


def folder_finding(
    tr: Translator,
    folder: Path,
    least_free: int = LEAST_FREE,
    may: Callable[[Path, int], bool] = os.access,
) -> tuple[str, Verdict]:
    """Return whether the folder of the history can be written, and how much room there is."""
    if not folder.is_dir():
        return tr("{folder} does not exist.").format(folder=folder), Verdict.DOWN
    if not may(folder, os.W_OK | os.X_OK):
        return tr("{folder} cannot be written.").format(folder=folder), Verdict.DOWN
    used = sum(file.stat().st_size for file in folder.glob("history.sqlite3*"))
    free = shutil.disk_usage(folder).free
    text = tr("{folder}: {used} are used, {free} are free.")
    sentence = text.format(folder=folder, used=size(tr, used), free=size(tr, free))
    return sentence, Verdict.UP if free >= least_free else Verdict.DEGRADED


def versions(libraries: Sequence[str] = LIBRARIES) -> str:
    """Return the versions of everything that matters, on one line."""
    surroundings = [os.environ.get(name, "") for name in ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")]
    parts = [
        f"Manara {manara.__version__}",
        f"Python {platform.python_version()}",
        f"Qt {qVersion()}",
        *(f"{name} {_version(name)}" for name in libraries),
        f"SQLite {sqlite3.sqlite_version}",
        platform.platform(terse=True),
        *filter(None, surroundings),
    ]
    return " · ".join(parts)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
