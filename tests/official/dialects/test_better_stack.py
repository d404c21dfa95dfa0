import copy

import pytest

from manara.model import OfficialState
from manara.official.dialects.better_stack import read_better_stack
from manara.official.told import NotItsFormat
from official.samples import AT, BETTER_STACK_REPORT, answer, better_stack


def report(**attributes):
    found, update = copy.deepcopy(BETTER_STACK_REPORT)
    found["attributes"].update(attributes)
    return read_better_stack(answer(better_stack("operational", found, update))).incidents[0]


def test_what_nobody_monitors_does_not_count():
    told = read_better_stack(answer(better_stack("operational")))

    assert [(part.name, part.group) for part in told.components] == [("API", "Europe")]


def test_a_report_is_told_with_its_updates():
    incident = report()

    assert (incident.title, incident.state, incident.open) == ("Checkout fails", OfficialState.MAJOR_OUTAGE, True)
    assert [post.text for post in incident.posts] == ["We look into it."]


def test_a_report_ends_at_its_end_or_when_it_is_resolved():
    assert report(ends_at="2021-10-04T15:55:00Z").ended < AT
    assert report(aggregate_state="resolved").ended is not None
    assert report(ends_at="2021-10-04T19:00:00Z").open


def test_an_open_report_is_not_well_whatever_its_word_is():
    assert report(aggregate_state="operational").state is OfficialState.UNKNOWN


def test_planned_work_is_maintenance():
    assert report(report_type="maintenance").state is OfficialState.MAINTENANCE


@pytest.mark.parametrize("data", [{}, {"type": "monitor", "attributes": {}}, {"type": "status_page"}])
def test_other_data_are_another_format(data):
    with pytest.raises(NotItsFormat):
        read_better_stack(answer({"data": data}))
