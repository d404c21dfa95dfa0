"""Text screens of a known size and kind, whatever the tests run in."""

import io

from manara.cli.terminal import Terminal


def screen(width: int = 100, height: int = 24, **variables: str) -> Terminal:
    """A terminal that can redraw; what is written to it is in `file`."""
    environment = {"TERM": "xterm-256color", **variables}
    return Terminal(io.StringIO(), force_terminal=True, width=width, height=height, _environ=environment)


def pipe() -> Terminal:
    """Standard output that a program reads."""
    return Terminal(io.StringIO(), _environ={})
