"""Regular expressions of Go that match one text and nothing else: written by exports, and understood again here."""

import re

_SPECIAL = r"\.+*?()|[]{}^$"
_PLAIN = re.compile(rf"(?:[^{re.escape(_SPECIAL)}]|\\[{re.escape(_SPECIAL)}])*", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def quoted(text: str) -> str:
    """Return the expression for a text, as Go's `regexp.QuoteMeta` writes it."""
    return "".join(f"\\{character}" if character in _SPECIAL else character for character in text)


def unquoted(expression: str) -> str | None:
    """Return the text that an expression stands for; None when it is more than a text."""
    return _ESCAPE.sub(r"\1", expression) if _PLAIN.fullmatch(expression) else None
