"""Regular expressions of the user on hostile text. The library is loaded when the first one is met: most have none."""

from manara.loading import load

LIMIT_S = 0.5


def usable_pattern(pattern: str) -> None:
    """Accept a regular expression, or nothing."""
    if not pattern:
        return
    try:
        load("regex:compile")(pattern)
    except load("regex:error") as error:
        raise ValueError(f"it is not a regular expression: {error}") from error


def is_found(pattern: str, text: str) -> bool:
    """Tell whether the pattern matches somewhere; raise `TimeoutError` after `LIMIT_S`. Too slow for the loop."""
    # `concurrent` lets the loop run meanwhile: the library gives up the interpreter lock.
    return load("regex:compile")(pattern).search(text, timeout=LIMIT_S, concurrent=True) is not None
