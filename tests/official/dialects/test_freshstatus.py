import pytest

from manara.model import OfficialState
from manara.official.dialects.freshstatus import read_freshstatus
from manara.official.told import NotItsFormat
from official.samples import answer, freshstatus


def test_what_its_maker_leaves_out_does_not_count_and_is_told():
    told = read_freshstatus(answer(freshstatus("OP")))

    assert told.state is OfficialState.OPERATIONAL
    assert [(part.name, part.group, part.state) for part in told.components] == [
        ("API", "Europe", OfficialState.OPERATIONAL),
        ("Old API", "Gone", OfficialState.MAJOR_OUTAGE),
    ]


@pytest.mark.parametrize("key", ["results", "components"])
def test_the_tree_may_stand_in_an_object(key):
    assert read_freshstatus(answer({key: freshstatus("PD")})).state is OfficialState.DEGRADED


def test_a_tree_without_end_is_refused():
    document = {"id": 1, "name": "x", "status": "OP"}
    for _ in range(50):
        document = {"id": 1, "name": "x", "components": [document]}

    with pytest.raises(NotItsFormat):
        read_freshstatus(answer([document]))


def test_where_nothing_counts_it_is_another_format():
    with pytest.raises(NotItsFormat):
        read_freshstatus(answer([freshstatus("OP")[1]]))
