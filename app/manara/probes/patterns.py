"""Regular expressions of the user on hostile text. Loaded when the first one is met: most people have none."""

import regex


def check_pattern(pattern: str) -> None:
    """Raise `ValueError` for what is no regular expression."""
    try:
        regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"it is not a regular expression: {error}") from error


def is_found(pattern: str, text: str, limit_s: float) -> bool:
    """Tell whether the pattern matches somewhere; raise `TimeoutError` after so many seconds. Too slow for the loop."""
    # `concurrent` lets the loop run meanwhile: the library gives up the interpreter lock.
    return regex.compile(pattern).search(text, timeout=limit_s, concurrent=True) is not None
