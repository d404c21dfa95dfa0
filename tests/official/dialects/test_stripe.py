import pytest

from manara.model import OfficialState
from manara.official.dialects.stripe import read_stripe
from manara.official.told import NotItsFormat
from official.samples import answer


@pytest.mark.parametrize("key", ["UptimeStatus", "largestatus"])
@pytest.mark.parametrize(
    ("said", "state"),
    [("up", OfficialState.OPERATIONAL), ("degraded", OfficialState.DEGRADED), ("fine", OfficialState.UNKNOWN)],
)
def test_both_shapes_are_read(key, said, state):
    assert read_stripe(answer({key: said, "message": "Hm"})).state is state


def test_parts_may_be_worse_than_the_whole():
    told = read_stripe(answer({"largestatus": "up", "statuses": {"api": "degraded"}}))

    assert (told.state, told.components[0].name) == (OfficialState.DEGRADED, "api")


def test_without_a_status_it_is_another_format():
    with pytest.raises(NotItsFormat):
        read_stripe(answer({"message": "All services are online."}))
