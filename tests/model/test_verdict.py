from datetime import timedelta

from fakes.checks import make_result
from fakes.clock import START
from manara.model import CheckState, Claim, Reason, ServiceState, Verdict


def test_a_service_was_looked_at_when_its_newest_look_began():
    older, newer = CheckState(last=make_result(at_s=1)), CheckState(last=make_result(at_s=5))

    assert ServiceState("shop", checks=(newer, older, CheckState())).looked_at == START + timedelta(seconds=5)


def test_a_service_that_was_never_looked_at_has_no_moment():
    assert ServiceState("shop", checks=(CheckState(),)).looked_at is None


def test_a_service_is_in_doubt_while_a_claim_stands_against_a_check():
    doubted = CheckState(Verdict.UP, against=(Claim(START, Verdict.DOWN, Reason.SERVER_ERROR),))

    assert ServiceState("shop", checks=(CheckState(), doubted)).in_doubt
    assert not ServiceState("shop", checks=(CheckState(),)).in_doubt
