import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.catalog.monogram import hue, monogram


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Facebook", "F"),
        ("noon", "N"),
        ("Amazon Web Services", "AW"),
        ("YouTube", "YT"),
        ("AT&T", "AT"),
        ("1Password", "1"),
        ("El País", "EP"),
        ("Électricité", "É"),
        ("ßen", "S"),
        ("الجزيرة", "ج"),
        ("أمازون السعودية", "أ\N{ZERO WIDTH NON-JOINER}س"),
        ("شبكة PSN", "شP"),
        ("ال", "\u0627"),
        ("🙂", "•"),
        ("", "•"),
    ],
)
def test_a_name_has_one_or_two_letters(name, letters):
    assert monogram(name) == letters


@given(st.text())
def test_every_name_has_letters_that_fit(name):
    letters = monogram(name).replace("\N{ZERO WIDTH NON-JOINER}", "")

    assert 1 <= len(letters) <= 2
    assert letters == "•" or letters.isalnum()


def test_a_hue_never_changes():
    # These are in the memory of people who know their tiles by colour.
    assert [hue(name) for name in ("facebook", "x", "متجر", "")] == [168, 281, 261, 0]


@given(st.text())
def test_a_hue_is_an_angle(service_id):
    assert 0 <= hue(service_id) < 360
