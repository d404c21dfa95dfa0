"""What an operator's word adds to a verdict, and that it adds nothing where the user has not asked for it."""

from datetime import timedelta

import pytest

from fakes.clock import START
from manara.engine.official_rule import HOLDS_FOR, with_official_word
from manara.model import Circumstance, OfficialPage, OfficialState, OfficialWord, PageKind, Reason, Verdict

PAGE = OfficialPage(PageKind.STATUSPAGE, "https://status.example/")
TROUBLE = [OfficialState.DEGRADED, OfficialState.PARTIAL_OUTAGE, OfficialState.MAJOR_OUTAGE]


def word(state, age=timedelta(0), **fields):
    return OfficialWord(PAGE, state, read_at=START, tried_at=START + age, **fields)


@pytest.mark.parametrize("state", OfficialState)
@pytest.mark.parametrize("verdict", Verdict)
def test_nothing_changes_unless_the_user_wants_it(verdict, state):
    assert with_official_word(verdict, None, word(state), counts=False) == (verdict, None)


@pytest.mark.parametrize("state", TROUBLE)
def test_trouble_that_only_the_operator_knows_of_degrades(state):
    found = with_official_word(Verdict.UP, None, word(state), counts=True)

    assert found == (Verdict.DEGRADED, Circumstance.OFFICIAL_WORD)


@pytest.mark.parametrize("state", [OfficialState.OPERATIONAL, OfficialState.MAINTENANCE, OfficialState.UNKNOWN])
def test_a_service_that_looks_well_stays_well_without_trouble(state):
    assert with_official_word(Verdict.UP, None, word(state), counts=True) == (Verdict.UP, None)


@pytest.mark.parametrize("verdict", [Verdict.DOWN, Verdict.DEGRADED])
def test_a_failure_during_planned_work_is_maintenance(verdict):
    found = with_official_word(verdict, Reason.SERVER_ERROR, word(OfficialState.MAINTENANCE), counts=True)

    assert found == (Verdict.MAINTENANCE, Circumstance.OFFICIAL_WORD)


@pytest.mark.parametrize("state", [OfficialState.OPERATIONAL, OfficialState.UNKNOWN, *TROUBLE])
def test_what_was_measured_stays_whatever_the_operator_says(state):
    found = with_official_word(Verdict.DOWN, Reason.SERVER_ERROR, word(state), counts=True)

    assert found == (Verdict.DOWN, Reason.SERVER_ERROR)


@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.PAUSED])
def test_what_is_not_measured_is_not_known_by_hearsay(verdict):
    assert with_official_word(verdict, None, word(OfficialState.MAJOR_OUTAGE), counts=True)[0] is verdict


def test_a_word_that_could_not_be_read_again_counts_for_a_while_only():
    fresh = word(OfficialState.MAJOR_OUTAGE, HOLDS_FOR - timedelta(seconds=1))
    old = word(OfficialState.MAJOR_OUTAGE, HOLDS_FOR)

    assert with_official_word(Verdict.UP, None, fresh, counts=True)[0] is Verdict.DEGRADED
    assert with_official_word(Verdict.UP, None, old, counts=True)[0] is Verdict.UP


@pytest.mark.parametrize("heard", [None, OfficialWord(PAGE, OfficialState.MAJOR_OUTAGE)])
def test_a_word_that_was_never_read_does_not_count(heard):
    assert with_official_word(Verdict.UP, None, heard, counts=True) == (Verdict.UP, None)
