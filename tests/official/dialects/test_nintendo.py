import json

import pytest

from manara.model import OfficialState
from manara.official.answer import Answer
from manara.official.dialects.nintendo import read_nintendo
from manara.official.told import NotItsFormat
from official.samples import AT, answer, nintendo

WORK = {"software_title": "Shop", "message": "Disks", "begin": "Monday", "end": "Tuesday", "services": ["eShop"]}


@pytest.mark.parametrize(
    ("status", "state"),
    [("0", OfficialState.OPERATIONAL), ("1", OfficialState.MAINTENANCE), ("2", OfficialState.OPERATIONAL)],
)
def test_work_counts_while_it_goes_on(status, state):
    assert read_nintendo(answer(nintendo(maintenances=[{**WORK, "event_status": status}]))).state is state


def test_it_may_be_the_call_of_a_function_and_its_times_are_prose():
    content = f"getJSON({json.dumps(nintendo(maintenances=[{**WORK, 'event_status': '1'}]))});".encode()

    (incident,) = read_nintendo(Answer(content, "", AT)).incidents

    assert (incident.title, incident.components, incident.began) == ("Shop", ("eShop",), None)
    assert incident.posts[0].text == "Disks Monday – Tuesday"


def test_both_lists_are_needed():
    with pytest.raises(NotItsFormat):
        read_nintendo(answer({"operational_statuses": []}))
