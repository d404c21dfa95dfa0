import pytest
from hypothesis import given
from hypothesis import strategies as st

from manara.catalog.tag_text import tags_of_text, text_of_tags


@given(st.lists(st.text(st.characters(exclude_categories=["C"]), min_size=1).map(str.strip).filter(bool)))
def test_tags_read_back(tags):
    assert tags_of_text(text_of_tags(tags)) == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [("a, b,,", ["a", "b"]), ("", []), ("[x", ["[x"]), ("[1, 2]", ["[1", "2]"]), ("[" * 100_000, ["[" * 100_000])],
    ids=["commas", "nothing", "broken", "numbers", "deep"],
)
def test_what_people_write_is_read(text, tags):
    assert tags_of_text(text) == tags
