import json

import pytest

from manara.model import OfficialState
from manara.official.answer import Answer
from manara.official.dialects.aws import read_aws
from official.samples import AT, answer, aws_event


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_the_byte_order_mark_says_how_it_is_encoded(encoding):
    content = json.dumps([aws_event("3")]).encode(encoding)

    assert read_aws(Answer(content, "application/json", AT)).state is OfficialState.MAJOR_OUTAGE


def test_an_empty_list_is_all_well():
    assert read_aws(answer([])).state is OfficialState.OPERATIONAL


@pytest.mark.parametrize(("status", "is_open"), [("0", False), (0, False), ("1", True), (2, True), ("9", True)])
def test_only_a_zero_closes_an_event(status, is_open):
    assert read_aws(answer([aws_event(status)])).incidents[0].open is is_open


def test_an_event_says_where_it_is_and_what_was_written():
    (incident,) = read_aws(answer([aws_event("3")])).incidents

    assert incident.components == ("Storage N. Virginia",)
    assert [post.text for post in incident.posts] == ["We look into it."]
