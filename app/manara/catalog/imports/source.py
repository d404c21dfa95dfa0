"""Reading a file that may be anything, bounded: its size is known before a byte of it is read."""

import codecs
import stat
from pathlib import Path

from manara.catalog.imports.refusal import ImportRefused
from manara.wording.translation import mark

MAX_BYTES = 32 * 1024 * 1024
"""A hundred thousand services are far smaller."""

SQLITE = b"SQLite format 3\0"

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def first_bytes(path: Path) -> bytes:
    """Return the beginning of a regular file; raise `ImportRefused` when there is none that can be read."""
    size_of(path)
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE))
    except OSError as error:
        raise _unreadable(path, error) from error


def size_of(path: Path) -> int:
    """Return the size of a regular file in bytes; raise `ImportRefused` when it is none."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(status.st_mode):
        # To open a named pipe would mean to wait for ever.
        raise ImportRefused(mark("{file} is not a file."), file=path.name)
    return status.st_size


def text_of(path: Path) -> str:
    """Return the text of a file; raise `ImportRefused` when it is too large, unreadable or no text."""
    if size_of(path) > MAX_BYTES:
        raise too_large(path.name)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(content) > MAX_BYTES:
        raise too_large(path.name)
    return decoded(content, path.name)


def decoded(content: bytes, name: str) -> str:
    """Return bytes as text, by their byte order mark or as UTF-8."""
    encoding = next((encoding for begin, encoding in _MARKS.items() if content.startswith(begin)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused(mark("{file} is not text in UTF-8; save it in this encoding."), file=name) from error
    if "\0" in text:
        raise ImportRefused(mark("{file} is not text."), file=name)
    return text.replace("\r\n", "\n")


def too_large(name: str) -> ImportRefused:
    """Return the refusal of what is larger than anybody's list of services."""
    sentence = mark("{file} is larger than {limit} MiB, so it is not read.")
    return ImportRefused(sentence, file=name, limit=MAX_BYTES // 1024**2)


def _unreadable(path: Path, error: OSError | ValueError) -> ImportRefused:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "no file can have this name"
    return ImportRefused(mark("{file} cannot be read: {reason}."), file=path.name, reason=reason)
