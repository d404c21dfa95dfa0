from pathlib import Path

import pytest

from manara.model import Problem, Said, SettingsInvalid
from manara.settings import ChangedMeanwhile
from manara.wording import Translator
from manara.wording.problems import problem_sentence, said, why


class German(Translator):
    """Knows a few words."""

    WORDS = {  # noqa: RUF012 - never changed
        "This must be {expected}, but it is {found}.": "Dies muss {expected} sein, es ist aber {found}.",
        "a number": "eine Zahl",
        "a text": "ein Text",
        'Did you mean "{word}"?': "Meinten Sie „{word}“?",
        "{place}: {sentence}": "{place} – {sentence}",
        "line {line}": "Zeile {line}",
        "Nothing is here.": "Hier ist nichts.",
    }

    def __call__(self, text):
        return self.WORDS.get(text, text)


KIND = Said("This must be {expected}, but it is {found}.", expected=Said("a number"), found=Said("a text"))


def test_a_sentence_reads_as_english_and_is_said_in_other_languages():
    assert KIND == "This must be a number, but it is a text."
    assert said(Translator(), KIND) == KIND
    assert said(German(), KIND) == "Dies muss eine Zahl sein, es ist aber ein Text."


def test_values_from_a_file_are_put_in_as_they_are():
    hint = Said('Did you mean "{word}"?', word="a number {x}")

    assert said(German(), hint) == "Meinten Sie „a number {x}“?"
    assert said(German(), Said("{x} stays")) == "{x} stays"


def test_a_sentence_without_values_is_looked_up_as_a_whole():
    assert said(German(), "Nothing is here.") == "Hier ist nichts."
    assert said(German(), Said("Nothing is here.")) == "Hier ist nichts."
    assert said(German(), "Something else.") == "Something else."


def test_a_problem_is_told_with_its_place_and_its_hint():
    problem = Problem(("checks", "interval"), KIND, Said('Did you mean "{word}"?', word="60s"), line=3)

    assert said(German(), problem.told) == (
        "Zeile 3, checks.interval – Dies muss eine Zahl sein, es ist aber ein Text. Meinten Sie „60s“?"
    )
    assert problem_sentence(German(), problem) == "Dies muss eine Zahl sein, es ist aber ein Text. Meinten Sie „60s“?"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ChangedMeanwhile(KIND), "Dies muss eine Zahl sein, es ist aber ein Text."),
        (OSError("The disk is full."), "The disk is full."),
        (ValueError(), ""),
        (
            SettingsInvalid(Path("/a.toml"), [Problem((), "Nothing is here."), Problem((), KIND, line=2)]),
            "/a.toml: Hier ist nichts. /a.toml: Zeile 2 – Dies muss eine Zahl sein, es ist aber ein Text.",
        ),
    ],
)
def test_an_error_says_why(error, sentence):
    assert why(German(), error) == sentence
