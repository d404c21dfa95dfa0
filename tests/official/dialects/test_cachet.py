import pytest

from manara.model import OfficialState
from manara.official.dialects.cachet import read_cachet
from manara.official.told import NotItsFormat
from official.samples import answer

OF_TWO = {"data": [{"id": 1, "name": "API", "status": 1}], "meta": {"pagination": {"total_pages": 2}}}
INCIDENT = {
    "id": 1,
    "name": "Checkout fails",
    "message": "We look into it.",
    "status": 1,
    "human_status": "Investigating",
    "occurred_at": "2021-10-04 15:40:00",
    "updated_at": "2021-10-04 15:50:00",
}


def test_version_3_speaks_in_another_shape():
    part = {"id": "1", "type": "components", "attributes": {"name": "API", "status": {"value": 3, "human": "x"}}}

    told = read_cachet(answer({"data": [part]}))

    assert (told.state, told.components[0].name) == (OfficialState.PARTIAL_OUTAGE, "API")


def test_what_stands_on_other_pages_is_not_known():
    assert read_cachet(answer(OF_TWO)).state is OfficialState.UNKNOWN


@pytest.mark.parametrize(("status", "is_open"), [(1, True), (3, True), (4, False), ("4", False)])
def test_incidents_come_by_themselves_and_say_nothing_of_the_whole(status, is_open):
    told = read_cachet(answer({"data": [{**INCIDENT, "status": status}]}))

    assert told.state is OfficialState.UNKNOWN
    assert (told.incidents[0].title, told.incidents[0].open) == ("Checkout fails", is_open)
    assert [post.state for post in told.incidents[0].posts] == ["investigating"]


@pytest.mark.parametrize("listed", [[], [{}], [{"name": "API"}]])
def test_a_list_of_anything_else_is_another_format(listed):
    with pytest.raises(NotItsFormat):
        read_cachet(answer({"data": listed}))
