import copy

import pytest

from manara.model import OfficialState, PageKind
from manara.official.dialects.riot import read_riot
from manara.official.told import NotItsFormat
from official.samples import SAMPLES, answer

WELL = SAMPLES[PageKind.RIOT].well


def test_english_is_preferred_and_another_language_is_better_than_nothing():
    (incident,) = read_riot(answer(SAMPLES[PageKind.RIOT].sick)).incidents

    assert (incident.title, [post.text for post in incident.posts]) == ("No login", ["On regarde"])


@pytest.mark.parametrize(
    ("severity", "state"),
    [("info", OfficialState.OPERATIONAL), ("warning", OfficialState.DEGRADED), ("?", OfficialState.UNKNOWN)],
)
def test_its_severities(severity, state):
    document = copy.deepcopy(SAMPLES[PageKind.RIOT].sick)
    document["incidents"][0]["incident_severity"] = severity

    assert read_riot(answer(document)).state is state


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("scheduled", OfficialState.OPERATIONAL),
        ("in_progress", OfficialState.MAINTENANCE),
        ("complete", OfficialState.OPERATIONAL),
    ],
)
def test_work_counts_while_it_goes_on(status, state):
    document = {**WELL, "maintenances": [{"id": 1, "maintenance_status": status, "titles": []}]}

    assert read_riot(answer(document)).state is state


def test_a_region_without_a_name_is_another_format():
    with pytest.raises(NotItsFormat):
        read_riot(answer({"incidents": [], "maintenances": []}))
