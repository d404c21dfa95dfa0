"""A settings file in its pieces: what stands above the first header, then one piece for each section or service.

Reading TOML costs 60 µs a service, and of thousands an edit changes one: a piece that was read before is not read
again.
"""

import re
import tomllib
from itertools import pairwise
from typing import Any


def pieces_of(text: str) -> list[str]:
    """Return the pieces, which make up the text; a line within a text of several lines may look like a header."""
    begins = [0, *(match.start() for match in _HEADER.finditer(text)), len(text)]
    return [text[begin:end] for begin, end in pairwise(begins) if end > begin or not begin]


class PieceReader:
    """Reads one version of a file after the other. The tables that it returns must not be changed."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Any]] = {}
        self._last: tuple[str, dict[str, Any]] = "", {}

    def __call__(self, text: str) -> dict[str, Any]:
        """Return what `tomllib.loads` returns, or raise what it raises; for the same text again, the same object."""
        if text != self._last[0]:
            self._last = text, self._read(text)
        return self._last[1]

    def _read(self, text: str) -> dict[str, Any]:
        pieces = pieces_of(text)
        try:
            tables = {piece: self._known.get(piece) or tomllib.loads(piece) for piece in pieces}
            whole = _put_together([tables[piece] for piece in pieces])
        except (_Entangled, ValueError, RecursionError):
            self._known = {}
            return tomllib.loads(text)
        self._known = tables
        return whole


def is_service(piece: str) -> bool:
    """Tell whether a piece begins with the header of a service."""
    return _SERVICE.match(piece) is not None


class _Entangled(Exception):  # noqa: N818 - it names what was found
    """The pieces say something only together."""


def _put_together(tables: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the table of the whole.

    A piece that can be read by itself ends outside of all brackets and quotation marks, so that the next header is one,
    and a header names its table from the root on. What is left is that two pieces name the same table.
    """
    whole: dict[str, Any] = {}
    services: list[Any] = []
    for table in tables:
        for name, value in table.items():
            if name == "services" and table is not tables[0]:
                if not isinstance(value, list):
                    raise _Entangled
                if "services" in whole and whole["services"] is not services:
                    raise _Entangled
                whole["services"] = services
                services += value
            elif name in whole:
                raise _Entangled
            else:
                whole[name] = value
    return whole


_HEADER = re.compile(r"^[ \t]*\[(?!\[?[ \t]*services[ \t]*\.)", re.MULTILINE)
_SERVICE = re.compile(r"[ \t]*\[\[[ \t]*services[ \t]*\]\]")
