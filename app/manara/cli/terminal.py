"""The text screen: consoles that show text as it is, and the colours of tones."""

from typing import IO, Any

from rich.console import Console

from manara.wording import Tone

STYLES = {
    Tone.GOOD: "green",
    Tone.WARNING: "yellow",
    Tone.BAD: "bold red",
    Tone.PLANNED: "blue",
    Tone.UNSURE: "magenta",
    Tone.MUTED: "dim",
}
"""The sixteen colours of the terminal's own theme, so that they fit light and dark ones."""


class Terminal(Console):
    """A console for names and remote text: brackets, colons and numbers mean nothing in it."""

    def __init__(self, file: IO[str] | None = None, **options: Any) -> None:
        super().__init__(file=file, markup=False, emoji=False, highlight=False, **options)

    @property
    def can_redraw(self) -> bool:
        """Whether lines that were written can be written over."""
        return self.is_terminal and not self.is_dumb_terminal

    def on_broken_pipe(self) -> None:
        """Let the program end in its own way; rich would leave with 1, which here means degraded."""
        raise BrokenPipeError
