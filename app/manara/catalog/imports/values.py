"""Values of JSON and YAML from strangers: whatever is not of the kind that is wanted counts as not being there."""

import math
from typing import Any
from urllib.parse import urlsplit


def text_in(value: object) -> str:
    """Return a scalar of JSON or YAML as text; nothing for what is none."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else ""


def raw_text_in(value: object) -> str:
    """Return a text as it stands, white space and all; nothing for what is none."""
    return value if isinstance(value, str) else ""


def number_in(value: object) -> float | None:
    """Return a number, also one inside a text; None for what is none or has no end."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def whole_in(value: object) -> int | None:
    """Return a whole number, also one inside a text."""
    number = number_in(value)
    return int(number) if number is not None and number == int(number) else None


def texts_in(value: object) -> list[str]:
    """Return the scalars of a list as texts, a single one as a list of one."""
    items = value if isinstance(value, list) else [value]
    return [text for text in map(text_in, items) if text]


def table_in(value: object) -> dict[str, Any]:
    """Return a table with text keys; an empty one for what is none."""
    return {key: item for key, item in value.items() if isinstance(key, str)} if isinstance(value, dict) else {}


def tables_in(value: object) -> list[dict[str, Any]]:
    """Return the tables of a list."""
    return [table_in(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def place_in(address: str) -> tuple[str, int | None]:
    """Return host and port of a URL or of `host:port`; an empty host where there is none."""
    try:
        split = urlsplit(address if "://" in address else f"//{address}")
        return split.hostname or "", split.port  # noqa: TRY300 - reading the port is what raises
    except ValueError:
        return "", None
