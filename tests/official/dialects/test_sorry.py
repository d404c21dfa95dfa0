import pytest

from manara.model import OfficialState
from manara.official.dialects.sorry import read_sorry
from manara.official.told import NotItsFormat
from official.samples import answer


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("operational", OfficialState.OPERATIONAL),
        ("partially-degraded", OfficialState.DEGRADED),
        ("degraded", OfficialState.PARTIAL_OUTAGE),
        ("under_maintenance", OfficialState.MAINTENANCE),
        ("splendid", OfficialState.UNKNOWN),
    ],
)
def test_its_words_for_a_page_and_for_its_parts(said, state):
    assert read_sorry(answer({"page": {"name": "Shop", "state": said}})).state is state
    assert read_sorry(answer({"components": [{"id": 1, "name": "App", "state": said}]})).state is state


@pytest.mark.parametrize(
    "document",
    [{"page": {"state": "operational"}}, {"page": {"name": "x"}}, {"components": []}, {"components": [{}]}, {}],
)
def test_without_a_name_or_components_it_is_another_format(document):
    with pytest.raises(NotItsFormat):
        read_sorry(answer(document))
