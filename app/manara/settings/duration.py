"""Durations as people write them: `"60s"`, `"1h30m"`, `"500ms"` or plain seconds."""

import re
from datetime import timedelta
from decimal import Decimal

from manara.model import Said


def parse_duration(value: object) -> timedelta:
    """Read a duration; raise `ValueError` with a sentence for anything that is none."""
    match value:
        case bool():
            pass
        case int() | float():
            return _of_seconds(value)
        case str():
            return _of_text(value)
    raise ValueError(Said("A duration is a text like {examples}, or a number of seconds.", examples=_EXAMPLES))


def duration_text(duration: timedelta) -> str:
    """Return the shortest usual form, which `parse_duration` reads back exactly."""
    if duration < timedelta(0):
        return "-" + duration_text(-duration)
    microseconds = duration // timedelta(microseconds=1)
    # One minute is written "60s", as in the examples of the settings file.
    if microseconds not in (0, _MINUTE):
        for unit, size in _WHOLE_UNITS.items():
            if microseconds % size == 0:
                return f"{microseconds // size}{unit}"
    if microseconds % _SECOND == 0:
        return f"{microseconds // _SECOND}s"
    if microseconds < _SECOND and microseconds % 1000 == 0:
        return f"{microseconds // 1000}ms"
    return f"{Decimal(microseconds) / _SECOND:f}s"


_EXAMPLES = '"60s", "5m", "1h30m" or "500ms"'
_LONGEST_TEXT = 64
_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
_WHOLE_UNITS = {"h": 60 * _MINUTE, "m": _MINUTE}
_SIZES = {"d": 86_400 * _SECOND, **_WHOLE_UNITS, "s": _SECOND, "ms": 1000}
_PART = r"(?:([0-9]+(?:\.[0-9]+)?) ?{unit})?"
_PATTERN = re.compile("(-?)" + " ?".join(_PART.replace("{unit}", unit) for unit in _SIZES))
_BARE_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def _of_seconds(seconds: float) -> timedelta:
    try:
        return timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        raise ValueError(Said("This is not a number of seconds that a duration can have.")) from None


def _of_text(text: str) -> timedelta:
    match = _PATTERN.fullmatch(text.strip()) if len(text) <= _LONGEST_TEXT else None
    if match is None or not any(match.groups()[1:]):
        if len(text) <= _LONGEST_TEXT and _BARE_NUMBER.fullmatch(text):
            raise ValueError(Said('A duration in quotation marks needs a unit, like "{example}".', example=f"{text}s"))
        raise ValueError(Said("A duration is written like {examples}.", examples=_EXAMPLES))
    sign, *counts = match.groups()
    parts = zip(counts, _SIZES.values(), strict=True)
    microseconds = sum(Decimal(count) * size for count, size in parts if count is not None)
    try:
        return timedelta(microseconds=int(microseconds)) * (-1 if sign else 1)
    except OverflowError:
        raise ValueError(Said("This duration is too long.")) from None
