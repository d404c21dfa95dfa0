import pytest

from manara.model import OfficialState, PageKind
from manara.official.dialects.microsoft_365 import read_microsoft_365
from manara.official.told import NotItsFormat
from official.samples import SAMPLES, answer

SICK = SAMPLES[PageKind.MICROSOFT_365].sick


def test_what_is_not_well_is_told_as_an_incident():
    (incident,) = read_microsoft_365(answer(SICK)).incidents

    assert (incident.title, incident.components, incident.posts[0].text) == (
        "Mail fails",
        ("Outlook",),
        "We look into it.",
    )


def test_one_service_may_stand_alone_under_its_other_name():
    told = read_microsoft_365(answer({"ServiceWorkloadName": "Teams", "Status": "Available"}))

    assert (told.state, told.components[0].name) == (OfficialState.OPERATIONAL, "Teams")


@pytest.mark.parametrize("listed", [[], [{}], [{"Title": "x"}]])
def test_without_services_it_is_another_format(listed):
    with pytest.raises(NotItsFormat):
        read_microsoft_365(answer(listed))
