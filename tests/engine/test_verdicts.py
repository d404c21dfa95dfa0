from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import FakeCheck, make_result
from fakes.clock import START
from manara.engine.excuses import excuse
from manara.engine.verdicts import forget, next_check_state, service_verdict
from manara.model import (
    CheckState,
    Circumstance,
    Interval,
    Line,
    LineState,
    Outcome,
    Reason,
    Verdict,
)

CHECK = FakeCheck(confirm=2, recover=3)
ONLINE = Line(LineState.ONLINE)
OFFLINE = Line(LineState.OFFLINE)


def moment(seconds):
    return START + timedelta(seconds=seconds)


def after_looks(*reasons, line=ONLINE, check=CHECK, state=None, first_s=0):
    """The state after looks one second apart, each None for a good one or a reason."""
    state = state or CheckState()
    for second, reason in enumerate(reasons):
        state = next_check_state(state, make_result(reason, at_s=first_s + second), line, check)
    return state


def test_the_first_good_look_makes_it_up():
    state = after_looks(None)

    assert (state.verdict, state.cause, state.since) == (Verdict.UP, None, Interval(None, START))


def test_one_failure_only_raises_a_doubt():
    state = after_looks(None, Reason.SERVER_ERROR)

    assert state.verdict is Verdict.UP
    assert [claim.verdict for claim in state.against] == [Verdict.DOWN]
    assert state.last == make_result(Reason.SERVER_ERROR, at_s=1)


def test_confirmed_failures_make_it_down_since_between_the_last_good_and_the_first_bad_look():
    state = after_looks(None, None, *[Reason.SERVER_ERROR] * 3)

    assert (state.verdict, state.cause) == (Verdict.DOWN, Reason.SERVER_ERROR)
    assert state.since == Interval(after=moment(1), by=moment(2))
    assert state.against == ()


def test_without_rechecks_the_first_failure_makes_it_down():
    state = after_looks(None, Reason.CONNECTION_REFUSED, check=FakeCheck(confirm=0))

    assert state.verdict is Verdict.DOWN


def test_a_good_look_between_failures_removes_the_doubt():
    state = after_looks(None, Reason.SERVER_ERROR, Reason.SERVER_ERROR, None, Reason.SERVER_ERROR, Reason.SERVER_ERROR)

    assert state.verdict is Verdict.UP


def test_one_good_look_does_not_end_an_outage():
    state = after_looks(*[Reason.SERVER_ERROR] * 3, None, None)

    assert (state.verdict, len(state.against)) == (Verdict.DOWN, 2)


def test_enough_good_looks_end_an_outage_at_the_first_of_them():
    state = after_looks(*[Reason.SERVER_ERROR] * 4, None, None, None)

    assert (state.verdict, state.cause) == (Verdict.UP, None)
    assert state.since == Interval(after=moment(3), by=moment(4))


def test_a_relapse_during_recovery_starts_the_count_again():
    state = after_looks(*[Reason.SERVER_ERROR] * 3, None, None, Reason.SERVER_ERROR, None, None)

    assert state.verdict is Verdict.DOWN


def test_an_outage_that_gives_way_to_slow_answers_is_degraded():
    state = after_looks(*[Reason.SERVER_ERROR] * 3, Reason.SLOW, None, Reason.SLOW)

    assert (state.verdict, state.cause) == (Verdict.DEGRADED, Reason.SLOW)


def test_confirmed_slowness_makes_it_degraded():
    state = after_looks(None, *[Reason.SLOW] * 3)

    assert (state.verdict, state.cause) == (Verdict.DEGRADED, Reason.SLOW)


def test_failures_mixed_with_slow_answers_are_degraded_and_not_down():
    state = after_looks(None, Reason.SERVER_ERROR, Reason.SLOW, Reason.SERVER_ERROR)

    assert state.verdict is Verdict.DEGRADED


def test_a_degraded_service_that_then_fails_is_down():
    state = after_looks(None, *[Reason.SLOW] * 3, *[Reason.SERVER_ERROR] * 3)

    assert state.verdict is Verdict.DOWN
    assert state.since == Interval(after=moment(3), by=moment(4))


def test_a_degraded_service_that_answers_now_well_now_badly_stays_degraded():
    slow = after_looks(None, *[Reason.SLOW] * 3)

    state = after_looks(Reason.SERVER_ERROR, None, Reason.SERVER_ERROR, None, state=slow, first_s=10)

    assert (state.verdict, state.since) == (slow.verdict, slow.since)
    assert len(state.against) == 3


def test_a_new_cause_of_the_same_verdict_is_told_without_a_new_beginning():
    state = after_looks(*[Reason.SERVER_ERROR] * 3, Reason.CONNECT_TIMEOUT)

    assert (state.cause, state.since) == (Reason.CONNECT_TIMEOUT, Interval(None, START))


def test_a_missing_permission_is_never_down():
    state = after_looks(*[Reason.NO_PERMISSION] * 10)

    assert (state.verdict, state.cause) == (Verdict.UNKNOWN, Reason.NO_PERMISSION)


@pytest.mark.parametrize("line", [OFFLINE, Line()])
def test_silence_without_a_proven_line_is_unknown_and_not_down(line):
    state = after_looks(None, *[Reason.DNS_TIMEOUT] * 5, line=line)

    assert (state.verdict, state.cause) == (Verdict.UNKNOWN, Circumstance.OWN_LINE)


def test_a_server_that_answers_badly_is_down_whatever_is_known_of_the_line():
    state = after_looks(None, *[Reason.SERVER_ERROR] * 3, line=Line())

    assert state.verdict is Verdict.DOWN


def test_silence_of_a_local_address_is_judged_without_the_line():
    state = CheckState()
    for second in range(3):
        result = make_result(Reason.CONNECT_TIMEOUT, at_s=second, address="192.168.1.20")
        state = next_check_state(state, result, OFFLINE, CHECK)

    assert state.verdict is Verdict.DOWN


def test_the_line_that_comes_back_makes_it_up_with_one_good_look():
    offline = after_looks(None, *[Reason.DNS_TIMEOUT] * 3, line=OFFLINE)

    state = after_looks(None, state=offline, first_s=10)

    assert (state.verdict, state.since) == (Verdict.UP, Interval(after=moment(3), by=moment(10)))


def test_failures_on_both_sides_of_a_dead_line_do_not_add_up():
    state = after_looks(None, Reason.CONNECT_TIMEOUT)
    state = after_looks(Reason.CONNECT_TIMEOUT, state=state, line=OFFLINE, first_s=2)
    state = after_looks(Reason.CONNECT_TIMEOUT, state=state, first_s=3)

    assert state.verdict is Verdict.UNKNOWN


def test_forgetting_leaves_no_doubt_and_no_belief():
    doubtful = after_looks(None, Reason.SERVER_ERROR, Reason.SERVER_ERROR)

    state = forget(doubtful, moment(9000))

    assert (state.verdict, state.cause, state.against) == (Verdict.UNKNOWN, Circumstance.NOT_OBSERVED, ())
    assert state.since == Interval(after=moment(2), by=moment(9000))
    assert state.last == doubtful.last


def test_a_failure_from_before_a_sleep_does_not_count_after_it():
    asleep = forget(after_looks(None, Reason.SERVER_ERROR, Reason.SERVER_ERROR), moment(9000))

    state = after_looks(Reason.SERVER_ERROR, state=asleep, first_s=9001)

    assert state.verdict is Verdict.UNKNOWN


def test_forgetting_a_check_that_was_never_looked_at_has_no_last_moment():
    assert forget(CheckState(), START).since == Interval(None, START)


def states(*verdicts):
    return [CheckState(verdict, None if verdict is Verdict.UP else Reason.SERVER_ERROR) for verdict in verdicts]


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((Verdict.UP, Verdict.UP), Verdict.UP),
        ((Verdict.DOWN, Verdict.DOWN), Verdict.DOWN),
        ((Verdict.UP, Verdict.DOWN), Verdict.DEGRADED),
        ((Verdict.UP, Verdict.DEGRADED), Verdict.DEGRADED),
        ((Verdict.DOWN, Verdict.UNKNOWN), Verdict.DEGRADED),
        ((Verdict.UP, Verdict.UNKNOWN), Verdict.UNKNOWN),
    ],
)
def test_required_checks_together_give_the_verdict(verdicts, expected):
    verdict, _ = service_verdict([FakeCheck()] * len(verdicts), states(*verdicts))

    assert verdict is expected


def test_an_optional_check_that_is_down_only_degrades():
    checks = [FakeCheck(), FakeCheck(required=False)]

    assert service_verdict(checks, states(Verdict.UP, Verdict.DOWN)) == (Verdict.DEGRADED, Reason.SERVER_ERROR)


def test_an_optional_check_that_cannot_tell_changes_nothing():
    checks = [FakeCheck(), FakeCheck(required=False)]

    assert service_verdict(checks, states(Verdict.UP, Verdict.UNKNOWN)) == (Verdict.UP, None)


def test_without_required_checks_all_of_them_count():
    checks = [FakeCheck(required=False)] * 2

    assert service_verdict(checks, states(Verdict.DOWN, Verdict.DOWN))[0] is Verdict.DOWN


def test_a_service_is_not_judged_before_every_required_check_was_looked_at():
    checks = [FakeCheck(), FakeCheck()]

    verdict = service_verdict(checks, [*states(Verdict.DOWN), CheckState()])

    assert verdict == (Verdict.UNKNOWN, Circumstance.NOT_LOOKED_YET)


def test_a_service_without_checks_is_unknown_and_not_green():
    assert service_verdict([], []) == (Verdict.UNKNOWN, Circumstance.NOTHING_TO_CHECK)


reasons = st.one_of(st.none(), st.sampled_from(Reason))
lines = st.sampled_from(LineState).map(Line)


@given(looks=st.lists(st.tuples(reasons, lines), max_size=40), confirm=st.integers(0, 4), recover=st.integers(1, 5))
def test_down_always_rests_on_confirmed_failures_with_a_proven_line(looks, confirm, recover):
    check = FakeCheck(confirm=confirm, recover=recover)
    state, accused = CheckState(), []
    for second, (reason, line) in enumerate(looks):
        result = make_result(reason, at_s=second, address="203.0.113.7")
        before, state = state, next_check_state(state, result, line, check)
        proven = result.outcome is Outcome.FAILED and excuse(result, line) is None
        accused = [*accused, second] if proven else []

        if state.verdict is Verdict.DOWN and before.verdict is not Verdict.DOWN:
            assert len(accused) >= confirm + 1
            assert state.since.by == moment(second - confirm)
        assert state.since is None or state.since.after is None or state.since.after < state.since.by
        assert len(state.against) <= max(confirm + 1, recover)
