import io

import pytest

from fakes.terminal import pipe, screen
from manara.cli.terminal import STYLES, Terminal
from manara.wording import Tone


class LeftPipe(io.StringIO):
    """A pipe whose reader has left."""

    def write(self, text):
        raise BrokenPipeError


def test_every_tone_has_a_style():
    assert set(STYLES) == set(Tone)


def test_a_broken_pipe_is_left_to_the_program():
    terminal = Terminal(LeftPipe())

    with pytest.raises(BrokenPipeError):
        terminal.print("line")


def test_text_is_shown_as_it_is():
    terminal = pipe()

    terminal.print("[bold]:smile: 42[/bold]", soft_wrap=True)

    assert terminal.file.getvalue() == "[bold]:smile: 42[/bold]\n"


def test_only_a_terminal_that_knows_how_is_redrawn():
    assert screen().can_redraw
    assert not screen(TERM="dumb").can_redraw
    assert not pipe().can_redraw
