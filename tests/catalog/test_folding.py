import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.catalog.folding import compact, folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  T-Mobile ", "t mobile"),
        ("AT&T", "at t"),
        ("Telefónica", "telefonica"),
        ("STRASSE Straße", "strasse strasse"),
        ("أمازون إكس آي ٱلله", "امازون اكس اي الله"),
        ("مسؤول شيئ ءاب", "مسوول شيي اب"),
        ("السعودية", "السعوديه"),
        ("مصطفى", "مصطفي"),
        ("العَرَبِيَّة", "العربيه"),
        ("جـــوال", "جوال"),
        ("گوگل کی", "گوگل كي"),
        ("مايكروسوفت ٣٦٥", "مايكروسوفت 365"),
        ("\uff2c\uff29\uff2e\uff25", "line"),
        ("İstanbul \u0131l\u0131k", "istanbul ilik"),
        ("½ ⅷ", "1 2 viii"),
        ("Disney+", "disney"),
        ("+++", "+++"),
        (" \n", ""),
    ],
)
def test_spellings_that_mean_the_same_are_the_same(text, words):
    assert folded(text) == words


@given(st.text())
def test_what_is_folded_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_something_is_left_of_everything_that_can_be_seen(text):
    assert bool(folded(text)) == bool(text.strip())


def test_words_are_one_without_their_spaces():
    assert compact("t mobile") == "tmobile"
