import pytest

from manara.catalog import Entry
from manara.catalog.lazy_entries import LazyEntries
from manara.model import Category, Service


def _entry(table):
    return Entry(Service(table["id"], table["id"], ()), Category.NEWS)


class _Reading:
    """Reads sections and remembers which."""

    def __init__(self):
        self.ids = []

    def __call__(self, table):
        self.ids.append(table["id"])
        return _entry(table)


_SECTIONS = {"a": 'id = "a"', "b": 'id = "b"'}


def test_an_entry_is_read_once_when_it_is_first_asked_for():
    read = _Reading()
    entries = LazyEntries(_SECTIONS, read)

    assert (list(entries), len(entries), "b" in entries, "c" in entries, read.ids) == (["a", "b"], 2, True, False, [])
    assert entries["b"] is entries["b"]
    assert read.ids == ["b"]


def test_an_unknown_id_is_none_of_them():
    with pytest.raises(KeyError):
        LazyEntries(_SECTIONS, _Reading())["c"]


def test_known_entries_come_after_or_in_the_place_of_those_of_their_id():
    read = _Reading()
    known = {name: _entry({"id": name}) for name in ("b", "c")}

    entries = LazyEntries(_SECTIONS, read, known)

    assert list(entries) == ["a", "b", "c"]
    assert (entries["b"], entries["c"]) == (known["b"], known["c"])
    assert read.ids == []
