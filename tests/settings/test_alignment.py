from hypothesis import given
from hypothesis import strategies as st

from manara.settings.alignment import aligned


def test_equal_items_belong_together_wherever_others_come_and_go():
    assert list(aligned(["a", "b", "c"], ["b", "n", "c"])) == [(0, None), (1, 0), (None, 1), (2, 2)]


def test_what_is_most_alike_belongs_together():
    before = [{"type": "x", "url": "a"}, {"type": "x", "url": "b"}]

    assert list(aligned(before, [{"type": "x", "url": "b", "new": 1}])) == [(0, None), (1, 0)]


@given(st.lists(st.integers(0, 4), max_size=6), st.lists(st.integers(0, 4), max_size=6))
def test_each_item_is_in_one_pair_and_in_its_order(before, after):
    pairs = list(aligned(before, after))

    assert [old for old, _ in pairs if old is not None] == list(range(len(before)))
    assert [new for _, new in pairs if new is not None] == list(range(len(after)))
