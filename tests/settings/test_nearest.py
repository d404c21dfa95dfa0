from hypothesis import given
from hypothesis import strategies as st

from manara.settings import did_you_mean, nearest


def test_the_nearest_word_is_found_whatever_its_case():
    assert nearest("TIMEUOT", ["Timeout", "interval"]) == "Timeout"
    assert did_you_mean("zzz", ["timeout"]) == ""


@given(st.text(), st.lists(st.text()))
def test_the_nearest_word_is_a_known_one(text, known):
    assert nearest(text, known) in (None, *known)
