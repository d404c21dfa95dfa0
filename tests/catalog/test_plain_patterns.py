import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.catalog.plain_patterns import quoted, unquoted


@given(st.text())
def test_a_text_becomes_an_expression_for_itself_and_comes_back(text):
    assert re.fullmatch(quoted(text), text)
    assert unquoted(quoted(text)) == text


@pytest.mark.parametrize("expression", ["a.b", "x+", "(a|b)", r"\d", "[ab]", "^a", r"a\\"[:-1]])
def test_what_is_more_than_a_text_stays_an_expression(expression):
    assert unquoted(expression) is None
