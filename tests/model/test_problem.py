from pathlib import Path

import pytest

from manara.model import Problem, SettingsInvalid


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
