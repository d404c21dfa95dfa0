import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.recorded import HOSTILE
from manara.wording import one_line, spreadsheet_cell
from manara.wording.plain import unjoined


def test_terminal_escapes_and_direction_overrides_lose_their_power():
    assert one_line(HOSTILE) == "\ufffd[31mred\ufffd]0;title\ufffd gnp.exe next\ufffd2J"


def test_letters_of_every_script_and_joined_emoji_survive():
    text = "منارة 灯台 👩\u200d🚒 می\u200cشود"

    assert one_line(text) == text


def test_long_text_is_cut_and_says_so():
    assert one_line("a" * 400) == "a" * 299 + "…"
    assert one_line("abcdef", 4) == "abc…"


def test_what_lies_beyond_the_limit_is_never_looked_at():
    assert one_line(" " * 10_000 + "late", 10) == "…"


@given(st.text())
def test_one_line_is_short_harmless_and_needs_no_second_cleaning(text):
    line = one_line(text, 40)

    assert len(line) <= 40
    assert "\n" not in line
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in line)
    assert line.encode().decode() == line
    assert one_line(line, 40) == line


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\uff1d1", " =1"])
def test_no_program_takes_a_cell_for_a_formula(text):
    assert spreadsheet_cell(text).startswith("'")


def test_other_cells_are_the_text_on_one_line():
    assert spreadsheet_cell("https://shop.example/?a=1") == "https://shop.example/?a=1"
    assert spreadsheet_cell("a\x1b[31m\nb") == "a\ufffd[31m b"
    assert len(spreadsheet_cell("x" * 10_000)) == 8000


def test_programs_get_names_without_what_keeps_a_line_from_ending():
    assert unjoined("a–\N{WORD JOINER}d.ns.example.org") == "a–d.ns.example.org"
