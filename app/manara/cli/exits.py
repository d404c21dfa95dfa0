"""How a command ends otherwise than with a verdict. 64 and above are those of sysexits(3) and of the shells.

A history that is missing is none of these: nobody has watched yet, which is an answer. One that is there but cannot be
read is 66, as sysexits(3) calls an input that "did not exist or was not readable".
"""

WRONG_USAGE = 64
BAD_INPUT = 65
"""A file to import cannot be used."""
HISTORY_UNREADABLE = 66
UNAVAILABLE = 69
"""There is no screen, or no window for it."""
INTERNAL_ERROR = 70
CANNOT_CREATE = 73
BAD_SETTINGS = 78
INTERRUPTED = 130
BROKEN_PIPE = 141


class Refused(Exception):  # noqa: N818 - not an error of the program: it is its answer
    """The command cannot do what was asked; `lines` tell people why and what to do."""

    def __init__(self, exit_code: int, *lines: str) -> None:
        super().__init__(exit_code, *lines)
        self.exit_code = exit_code
        self.lines = lines
