"""How a command ends otherwise than with a verdict. 64 and above are those of sysexits(3) and of the shells."""

WRONG_USAGE = 64
INTERNAL_ERROR = 70
BAD_SETTINGS = 78
INTERRUPTED = 130
BROKEN_PIPE = 141


class Refused(Exception):  # noqa: N818 - not an error of the program: it is its answer
    """The command cannot do what was asked; `lines` tell people why and what to do."""

    def __init__(self, exit_code: int, *lines: str) -> None:
        super().__init__(exit_code, *lines)
        self.exit_code = exit_code
        self.lines = lines
