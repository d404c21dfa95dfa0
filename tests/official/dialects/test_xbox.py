import pytest

from manara.model import OfficialState
from manara.official.dialects.xbox import read_xbox
from manara.official.told import NotItsFormat
from official.samples import answer, xbox


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("None", OfficialState.OPERATIONAL),
        ("Limited", OfficialState.DEGRADED),
        ("Unavailable", OfficialState.MAJOR_OUTAGE),
        ("Splendid", OfficialState.UNKNOWN),
        ("", OfficialState.UNKNOWN),
    ],
)
def test_its_words(said, state):
    told = read_xbox(answer(xbox(said)))

    assert (told.state, told.components[0].name) == (state, "Account")


def test_a_category_without_a_status_is_unknown():
    document = xbox("None").replace("<Status><Id>1</Id><Name>None</Name></Status>", "")

    assert read_xbox(answer(document)).state is OfficialState.UNKNOWN


@pytest.mark.parametrize("document", ["<ServiceStatus/>", "<Other><Status><Overall/></Status></Other>"])
def test_without_the_overall_status_it_is_another_format(document):
    with pytest.raises(NotItsFormat):
        read_xbox(answer(document))
