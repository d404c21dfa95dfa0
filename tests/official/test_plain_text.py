"""From markup to text: what is kept, what is not, and how long that may take."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.official.plain_text import LONGEST_LINE, LONGEST_TEXT, plain_line, plain_text


def test_paragraphs_become_lines_and_markup_is_gone():
    markup = "<p>We <b>look</b> into it.</p>\n<ul><li>Mail</li><li>Maps &amp; more</li></ul>"

    assert plain_text(markup) == "We look into it.\nMail\nMaps & more"


@pytest.mark.parametrize(
    "markup",
    [
        "Fine<script>alert(1)</script>",
        "Fine<SCRIPT type='x'>alert(1)",
        "Fine<style>p{}</style>",
        "Fine<!-- alert(1) -->",
        "Fine<!-- alert(1)",
        "Fine<iframe src='https://evil.example'>alert(1)</iframe>",
        "Fine<img src=x onerror=alert(1)>",
        "<![CDATA[Fine]]>",
        "Fine<img src=x onerror=alert(1)",
    ],
)
def test_nothing_survives_that_a_window_could_obey(markup):
    assert plain_text(markup) == "Fine"


def test_a_text_without_markup_stays_as_it_is():
    assert plain_text("5 < 6 and 7 > 3") == "5 < 6 and 7 > 3"


def test_what_turns_the_direction_or_steers_a_terminal_is_taken_out():
    assert plain_text("a\u202eb\x1b[31mc") == "ab\N{REPLACEMENT CHARACTER}[31mc"


def test_texts_and_lines_are_cut():
    paragraphs = "\n".join(["word " * 100] * 10)

    assert len(plain_text(paragraphs)) == LONGEST_TEXT
    assert all(len(line) <= LONGEST_LINE for line in plain_text(paragraphs).splitlines())
    assert plain_text(paragraphs).endswith("…")
    assert len(plain_line("<p>word</p>" * 1_000)) == LONGEST_LINE


def test_a_line_is_one_line():
    assert plain_line("<p>One</p><p>Two</p>") == "One Two"


@pytest.mark.parametrize("bad", ["<!--", "<a ", "<", "<a href='", "&", "</", "<script ", "<script>", "&#", "<![CDATA["])
def test_markup_without_end_takes_no_time(bad):
    began = time.process_time()

    plain_text(bad * 100_000)

    assert time.process_time() - began < 1


@given(st.text())
def test_any_text_comes_out_short_and_in_plain_lines(markup):
    found = plain_text(markup)

    assert len(found) <= LONGEST_TEXT
    assert all(
        (line.strip() and line.isprintable()) or "\u200d" in line or not line.isascii() for line in found.splitlines()
    )
