"""YAML is read in one pass, and means what it says."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from manara.catalog.imports import ImportRefused
from manara.catalog.imports.yaml_text import read_yaml

# An x before it, since not all programs agree on what else is a number.
_TEXTS = st.text("abz019 :#-&*!|>'\"\n\té", max_size=12).map(lambda text: f"x{text}")
_DOCUMENTS = st.recursive(
    _TEXTS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(part=_DOCUMENTS, flow=st.sampled_from([True, False, None]))
def test_what_was_written_is_read_again_with_all_that_stands_in_it_twice(part, flow):
    document = {"first": part, "again": [part, part]}

    assert read_yaml(yaml.safe_dump(document, default_flow_style=flow, allow_unicode=True), "x") == document


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("a: &a {x: 1, y: 1}\nb: {<<: *a, y: 2}\n", {"x": 1, "y": 2}),
        ("a: &a {x: 1, y: 1}\nb: {y: 2, <<: *a}\n", {"x": 1, "y": 2}),
        ("a: [&a {x: 1}, &b {x: 2, y: 2}]\nb: {<<: [*a, *b], z: 3}\n", {"x": 1, "y": 2, "z": 3}),
        ("b: {<<: {x: 1}, '<<': text}\n", {"x": 1, "<<": "text"}),
        ("b: {<<: {x: 1}, <<: {x: 2}}\n", {"x": 2}),
        ("b: {x: <<}\n", {"x": "<<"}),
    ],
)
def test_a_merge_takes_in_what_the_table_does_not_say_itself(text, table):
    assert read_yaml(text, "x")["b"] == table


@pytest.mark.parametrize(("text", "value"), [("a: !!str 1", "1"), ("a: !!int '7'", 7), ("!!map {a: !!seq [1]}", [1])])
def test_a_tag_says_what_a_part_is(text, value):
    assert read_yaml(text, "x") == {"a": value}


def test_an_anchor_that_is_given_again_stands_for_the_later_part():
    assert read_yaml("a: &x 1\nb: *x\nc: &x 2\nd: *x\n", "x") == {"a": 1, "b": 1, "c": 2, "d": 2}


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_document_holds_nothing(text):
    assert read_yaml(text, "x") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\nb: *gone\n", "x is not YAML: found undefined alias, in line 2."),
        ("a: {<<: 1}\n", "x is not YAML: expected a table or a list of tables to merge, in line 1."),
        ("a:\n  ? [1]\n  : 2\n", "x is not YAML: found unhashable key, in line 2."),
        ("a: 1\n---\nb: 1\n", "x is not YAML: expected a single document, but found another one, in line 2."),
        ("a: !secret b\n", "x is not YAML: could not determine a constructor for the tag '!secret', in line 1."),
        (f"a: {'9' * 5_000}\n", "x is not YAML that can be read."),
    ],
)
def test_what_means_nothing_is_refused_with_its_line(text, sentence):
    with pytest.raises(ImportRefused) as refused:
        read_yaml(text, "x")

    assert str(refused.value) == sentence
