"""Whoever adds a reason, a verdict, a layer or a state is reminded of its words here."""

import pytest

from manara.model import (
    Blame,
    Category,
    Circumstance,
    Conclusion,
    Confidence,
    Keeping,
    Layer,
    Limit,
    Line,
    LineState,
    Outcome,
    Reason,
    Region,
    StepKind,
    Verdict,
)
from manara.wording import (
    SIGNS,
    Tone,
    Translator,
    category_word,
    clause,
    layer_word,
    line_sentence,
    region_word,
    sign_of_outcome,
    standalone,
)
from manara.wording.categories import CATEGORIES, REGIONS
from manara.wording.diagnosis import BLAMES, CLAUSES, CONFIDENCES
from manara.wording.failures import CIRCUMSTANCES, KEEPINGS, LAYERS, LIMITS, LINE_STATES, REASONS
from manara.wording.steps import KINDS
from manara.wording.verdicts import WORST_FIRST

TR = Translator()


@pytest.mark.parametrize(
    ("words", "everything"),
    [
        (REASONS, Reason),
        (CIRCUMSTANCES, Circumstance),
        (LAYERS, Layer),
        (LINE_STATES, LineState),
        (LIMITS, Limit),
        (KEEPINGS, Keeping),
        (CATEGORIES, Category),
        (REGIONS, Region),
        (SIGNS, Verdict),
        (CLAUSES, Conclusion),
        (BLAMES, Blame),
        (CONFIDENCES, Confidence),
        (KINDS, StepKind),
        (dict.fromkeys(WORST_FIRST, "counted"), Verdict),
    ],
)
def test_everything_has_its_words(words, everything):
    assert set(words) == set(everything)
    assert all(words.values())


def test_no_two_reasons_are_told_in_the_same_words():
    assert len(set(REASONS.values())) == len(REASONS)


@pytest.mark.parametrize("cause", [*Reason, *Circumstance])
def test_a_clause_fits_into_a_sentence_and_stands_alone(cause):
    text = clause(TR, cause)

    assert text[0].islower() or text.startswith("Manara")
    assert not text.endswith(".")
    assert standalone(TR, cause)[0].isupper()


def test_every_outcome_has_a_sign():
    assert {sign_of_outcome(outcome).tone for outcome in Outcome} == {Tone.GOOD, Tone.WARNING, Tone.BAD, Tone.UNSURE}


def test_marks_differ_in_shape_and_take_one_cell():
    marks = [sign.mark for sign in SIGNS.values()]

    assert len(set(marks)) == len(marks)
    assert all(len(mark) == 1 for mark in marks)


def test_layers_and_the_line_are_named():
    assert layer_word(TR, Layer.TLS) == "TLS"
    assert line_sentence(TR, Line(LineState.OFFLINE)) == "Your own connection is down"


def test_categories_and_regions_are_named():
    assert category_word(TR, Category.GAMING) == "Games"
    assert region_word(TR, Region.EUROPE) == "Europe"
