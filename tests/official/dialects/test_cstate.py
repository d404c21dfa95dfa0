import copy

from manara.model import OfficialState, PageKind
from manara.official.dialects.cstate import read_cstate
from official.samples import SAMPLES, answer


def test_an_issue_that_is_pinned_and_unresolved_is_told_once():
    document = copy.deepcopy(SAMPLES[PageKind.CSTATE].sick)
    document["pinnedIssues"] = document["systems"][0]["unresolvedIssues"]

    (incident,) = read_cstate(answer(document)).incidents

    assert (incident.title, incident.state, incident.open) == ("API down", OfficialState.MAJOR_OUTAGE, True)


def test_what_is_only_for_information_is_no_trouble_and_what_is_resolved_has_ended():
    document = copy.deepcopy(SAMPLES[PageKind.CSTATE].well)
    document["pinnedIssues"] = [{"title": "Note", "informational": True}, {"title": "Over", "resolved": True}]

    note, over = read_cstate(answer(document)).incidents

    assert (note.state, over.open) == (OfficialState.OPERATIONAL, False)
