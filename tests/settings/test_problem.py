from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.settings import Problem, SettingsInvalid, did_you_mean, nearest


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem((), "No."), "No."),
        (Problem((), "No.", line=3), "line 3: No."),
        (Problem((), "No.", line=3, column=7), "line 3, column 7: No."),
        (Problem(("a", 2, "b"), "No."), "a[2].b: No."),
        (Problem(("a", "b c"), "No.", "Or?", line=1), 'line 1, a."b c": No. Or?'),
    ],
)
def test_a_problem_names_its_place(problem, text):
    assert str(problem) == text


def test_a_key_of_any_length_is_shown_in_bounds():
    assert len(Problem(("ø" * 10_000,), "No.").path) < 200


def test_invalid_settings_tell_the_file_and_all_problems():
    invalid = SettingsInvalid(Path("a.toml"), [Problem((), "One."), Problem(("b",), "Two.")])

    assert str(invalid) == "a.toml: One.\na.toml: b: Two."


def test_the_nearest_word_is_found_whatever_its_case():
    assert nearest("TIMEUOT", ["Timeout", "interval"]) == "Timeout"
    assert did_you_mean("zzz", ["timeout"]) == ""


@given(st.text(), st.lists(st.text()))
def test_the_nearest_word_is_a_known_one(text, known):
    assert nearest(text, known) in (None, *known)
