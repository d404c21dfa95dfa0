"""Answers, before anybody knows what they say."""

import json

import pytest

from manara.official.answer import Answer, json_of
from manara.official.told import NotItsFormat
from official.samples import AT, HTML


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_read_in_each_of_its_encodings(encoding):
    assert json_of(json.dumps({"é": [1]}, ensure_ascii=False).encode(encoding)) == {"é": [1]}


@pytest.mark.parametrize("content", [b"", HTML, b"\xff\xff", b"[" * 100_000, b"1" * 5_000, b"\xff\xfe1", b"{"])
def test_what_is_not_json_is_said_to_be_so(content):
    with pytest.raises(NotItsFormat):
        json_of(content)


def test_a_page_for_people_is_not_even_tried():
    with pytest.raises(NotItsFormat):
        Answer(b"[]", "text/html", AT).json()


@pytest.mark.parametrize("kind", ["application/json", "application/vnd.api+json", "text/json"])
def test_json_is_known_by_its_type(kind):
    assert Answer(b"[]", kind, AT).is_json
    assert not Answer(b"[]", "text/plain", AT).is_json
