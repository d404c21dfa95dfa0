"""JSONPath (RFC 9535), kept to what can be followed in time that grows with the text. Loaded when the first is met."""

import io

import jsonpath
from jsonpath.token import TOKEN_DDOT, TOKEN_FILTER, TOKEN_ROOT


def check_path(path: str) -> None:
    """Raise `ValueError` for what is no JSONPath, or a costly one."""
    try:
        kinds = [token.kind for token in _JSON_PATHS.lexer.tokenize(path)]
        _JSON_PATHS.compile(path)
    except jsonpath.JSONPathError as error:
        raise ValueError(f"it is not a JSONPath: {error}") from error
    if any(kinds.count(kind) > most for kind, most in _MOST_OF_A_KIND.items()):
        raise ValueError("it is too costly: it may have one “..”, one “$” and two filters")


def values_at(path: str, text: str) -> list[object]:
    """Return what a path finds in JSON; raise `json.JSONDecodeError`, `RecursionError` or `ValueError`."""
    # As a file, since the library guesses whether a plain text is JSON.
    return _JSON_PATHS.findall(path, io.StringIO(text))


class _JsonPaths(jsonpath.JSONPathEnvironment):
    """RFC 9535 without its pattern functions: a pattern inside a path would run without a time limit."""

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        del self.function_extensions["match"]
        del self.function_extensions["search"]


_JSON_PATHS = _JsonPaths(strict=True)

# Each further one multiplies the time by the size of the text.
_MOST_OF_A_KIND = {TOKEN_DDOT: 1, TOKEN_ROOT: 1, TOKEN_FILTER: 2}
