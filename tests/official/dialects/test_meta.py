import pytest

from manara.model import OfficialState
from manara.official.dialects.meta import read_meta
from manara.official.told import NotItsFormat
from official.samples import answer, meta


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("No known issues", OfficialState.OPERATIONAL),
        ("Resolved", OfficialState.OPERATIONAL),
        ("Low disruptions", OfficialState.DEGRADED),
        ("Medium disruptions", OfficialState.PARTIAL_OUTAGE),
        ("High disruptions", OfficialState.MAJOR_OUTAGE),
        ("Major disruptions", OfficialState.MAJOR_OUTAGE),
        ("All fine", OfficialState.UNKNOWN),
    ],
)
def test_its_words(said, state):
    assert read_meta(answer(meta(said))).state is state


def test_products_are_told_with_their_organisation():
    told = read_meta(answer(meta("No known issues")))

    assert [(part.name, part.group) for part in told.components] == [("Ads Manager", "Ads"), ("Cloud API", "WhatsApp")]


def test_an_organisation_without_a_list_of_products_is_unknown():
    assert read_meta(answer([*meta("Resolved"), {"id": "x", "name": "X"}])).state is OfficialState.UNKNOWN


@pytest.mark.parametrize("listed", [[], [{"id": "x", "name": "X", "services": []}]])
def test_without_products_it_is_another_format(listed):
    with pytest.raises(NotItsFormat):
        read_meta(answer(listed))
