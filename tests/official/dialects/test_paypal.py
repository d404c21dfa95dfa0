import pytest

from manara.model import OfficialState
from manara.official.dialects.paypal import read_paypal
from manara.official.told import NotItsFormat
from official.samples import answer


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Operational", OfficialState.OPERATIONAL),
        ("under_maintenance", OfficialState.MAINTENANCE),
        ("Service Degradation", OfficialState.DEGRADED),
        ("service outage", OfficialState.MAJOR_OUTAGE),
        ("?", OfficialState.UNKNOWN),
        (None, OfficialState.UNKNOWN),
    ],
)
def test_its_words_in_any_spelling(said, state):
    part = {"name": "Checkout", "category": {"name": "Pay"}, "status": {"production": said}}

    told = read_paypal(answer({"result": [part]}))

    assert (told.state, told.components[0].group) == (state, "Pay")


def test_a_status_may_be_one_word():
    assert read_paypal(answer({"result": [{"name": "x", "status": "operational"}]})).state is OfficialState.OPERATIONAL


def test_without_components_it_is_another_format():
    with pytest.raises(NotItsFormat):
        read_paypal(answer({"result": []}))
