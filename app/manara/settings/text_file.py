"""Reading a TOML file that may be anything: missing, huge, a folder, not text. Nothing is ever changed here."""

import re
import stat
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from manara.model import Problem, Said, SettingsInvalid

MAX_BYTES = 4 * 1024 * 1024
"""A settings file of thousands of services is far smaller."""

Fingerprint: TypeAlias = tuple[int, int, int] | None
"""What tells one version of a file from another: time of change in ns, size, inode; None for no file."""


@dataclass(frozen=True, slots=True)
class TomlText:
    """One version of a file."""

    content: bytes = b""
    text: str = ""
    table: dict[str, Any] = field(default_factory=dict)


def read_toml(path: Path, parse: Callable[[str], dict[str, Any]] = tomllib.loads) -> TomlText | None:
    """Read a file, None when it is missing; raise `SettingsInvalid` with one clear sentence when it cannot be used."""
    try:
        content = _read_bytes(path)
        if content is None:
            return None
        text = _decode(content)
        return TomlText(content, text, _parsed(text, parse))
    except _UnusableError as unusable:
        raise SettingsInvalid(path, [unusable.problem]) from unusable


def fingerprint_of(path: Path) -> Fingerprint:
    """Return what tells this version of a file from another, cheaply."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class _UnusableError(Exception):
    def __init__(self, sentence: Said, line: int | None = None, column: int | None = None) -> None:
        super().__init__(sentence)
        self.problem = Problem((), sentence, line=line, column=column)


def _read_bytes(path: Path) -> bytes | None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            # To open a named pipe would mean to wait for ever.
            raise _UnusableError(Said("This is a folder." if stat.S_ISDIR(status.st_mode) else "This is not a file."))
        with path.open("rb") as file:
            content = b"" if status.st_size > MAX_BYTES else file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _UnusableError(Said("The file cannot be read: {why}.", why=error.strerror)) from error
    except ValueError as error:
        raise _UnusableError(Said("No file can have this name.")) from error
    if max(status.st_size, len(content)) > MAX_BYTES:
        raise _UnusableError(Said("The file is larger than {most} MiB, so it is not read.", most=MAX_BYTES // 1024**2))
    return content


def _decode(content: bytes) -> str:
    try:
        # Editors on other systems put a byte order mark before UTF-8.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _UnusableError(Said("The file is not text in UTF-8; save it in this encoding."), line) from error


def _parsed(text: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    try:
        return parse(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(error, text) from error
    except RecursionError as error:
        raise _UnusableError(Said("The file is nested too deeply.")) from error
    except ValueError as error:
        raise _UnusableError(Said("The file has a number with too many digits.")) from error


# Before Python 3.14 the position stands in the message alone.
_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def _syntax_error(error: tomllib.TOMLDecodeError, text: str) -> _UnusableError:
    message = str(error)
    match = _POSITION.search(message)
    what = Said("The file is not TOML: {why}.", why=message[: match.start()] if match else message)
    if match and match[1]:
        return _UnusableError(what, int(match[1]), int(match[2]))
    return _UnusableError(what, text.count("\n") + 1)
