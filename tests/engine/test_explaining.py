"""When it is found out why a service is not well, and when what was found excuses it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import make_result
from fakes.clock import START
from manara.engine.explaining import (
    AGAIN_AFTER_S,
    SOONEST_S,
    UNCLEAR_AGAIN_AFTER_S,
    asks_why,
    excuse_found,
    lasting,
    still_holds,
)
from manara.model import (
    CheckState,
    Circumstance,
    Conclusion,
    Confidence,
    Diagnosis,
    Failure,
    Layer,
    Reason,
    ServiceState,
    Step,
    StepKind,
    Verdict,
)

GOOD = make_result(None)
TIMED_OUT = make_result(Reason.DNS_TIMEOUT)
ANSWERED_503 = make_result(Reason.SERVER_ERROR)


def found(conclusion, confidence=Confidence.CERTAIN, check=0):
    return Diagnosis("shop", check, START, conclusion, confidence)


def state(diagnosis=None, verdict=Verdict.DOWN, last=TIMED_OUT):
    return ServiceState("shop", verdict, checks=(CheckState(verdict, last=last),), diagnosis=diagnosis)


def test_a_good_look_asks_nothing():
    assert not asks_why(state(), 0, GOOD, 1e9)
    excused = make_result(None)
    assert not asks_why(state(), 0, excused, 1e9)


def test_the_first_failure_asks_at_once_and_the_next_does_not():
    assert asks_why(state(), 0, TIMED_OUT, 1e9)
    assert not asks_why(state(), 0, TIMED_OUT, SOONEST_S / 2)


def test_a_failure_on_another_rung_asks_again_and_one_that_lasts_after_a_while():
    silent = state(found(Conclusion.NAME_SERVERS_SILENT))

    assert asks_why(silent, 0, ANSWERED_503, SOONEST_S)
    assert not asks_why(silent, 0, TIMED_OUT, AGAIN_AFTER_S / 2)
    assert asks_why(silent, 0, TIMED_OUT, AGAIN_AFTER_S)


def test_what_is_of_our_own_side_or_cannot_be_told_is_not_asked_with_every_look():
    step = Step(StepKind.OWN_RESOLVER, Layer.DNS, "192.168.1.1", Reason.DNS_TIMEOUT)
    by_family = state(replace(found(Conclusion.OWN_FAMILY), steps=(step,)))
    unclear = state(replace(found(Conclusion.CANNOT_TELL), steps=(step,)))

    assert not asks_why(by_family, 0, TIMED_OUT, AGAIN_AFTER_S / 2)
    assert asks_why(by_family, 0, ANSWERED_503, SOONEST_S)
    assert not asks_why(unclear, 0, TIMED_OUT, UNCLEAR_AGAIN_AFTER_S / 2)
    assert asks_why(unclear, 0, TIMED_OUT, UNCLEAR_AGAIN_AFTER_S)


def test_what_had_passed_and_fails_again_is_asked_soon():
    assert asks_why(state(found(Conclusion.PASSED)), 0, TIMED_OUT, SOONEST_S)


def test_another_check_of_a_service_that_was_explained_waits():
    assert not asks_why(state(found(Conclusion.NAME_SERVERS_SILENT)), 1, ANSWERED_503, SOONEST_S)


@pytest.mark.parametrize(
    ("conclusion", "result", "excuse"),
    [
        (Conclusion.FILTERED, TIMED_OUT, Circumstance.FILTERED),
        (Conclusion.OWN_RESOLVER, TIMED_OUT, Circumstance.OWN_RESOLVER),
        (Conclusion.OWN_RESOLVER, ANSWERED_503, None),
        (Conclusion.OWN_TRUST, make_result(Reason.CERTIFICATE_UNKNOWN_ISSUER), Circumstance.OWN_TRUST),
        (Conclusion.OWN_TRUST, TIMED_OUT, None),
        (Conclusion.OWN_CLOCK, make_result(Reason.CERTIFICATE_EXPIRED), Circumstance.OWN_CLOCK),
        (Conclusion.NAME_SERVERS_SILENT, TIMED_OUT, None),
        (Conclusion.CANNOT_TELL, TIMED_OUT, None),
        (Conclusion.TOO_MANY_CHECKS, make_result(Reason.REFUSES_AUTOMATION), None),
    ],
)
def test_what_our_own_side_explains_is_excused_and_nothing_else(conclusion, result, excuse):
    assert excuse_found(result, found(conclusion), 0) is excuse


def test_what_only_may_be_ours_is_no_excuse_nor_is_what_another_check_showed():
    assert excuse_found(TIMED_OUT, found(Conclusion.FILTERED, Confidence.POSSIBLE), 0) is None
    assert excuse_found(TIMED_OUT, found(Conclusion.FILTERED, check=1), 0) is None
    assert excuse_found(TIMED_OUT, None, 0) is None
    assert excuse_found(GOOD, found(Conclusion.FILTERED), 0) is None


def at(diagnosis, minutes):
    return replace(diagnosis, at=diagnosis.at + timedelta(minutes=minutes))


def test_name_servers_that_still_remember_the_failure_of_an_owner_are_not_to_blame():
    silent, ours = found(Conclusion.NAME_SERVERS_SILENT), found(Conclusion.OWN_RESOLVER)

    assert lasting(silent, at(ours, 5)) == silent
    assert lasting(silent, at(ours, 6)) == at(ours, 6)
    assert lasting(None, ours) == ours
    assert lasting(found(Conclusion.SERVER_ERRORS), ours) == ours
    assert lasting(silent, found(Conclusion.SERVER_ERRORS)) == found(Conclusion.SERVER_ERRORS)


def test_an_explanation_holds_while_there_is_trouble_or_doubt():
    excused = make_result(None)
    assert still_holds(state())
    assert still_holds(state(verdict=Verdict.UP, last=TIMED_OUT))
    assert not still_holds(state(verdict=Verdict.UP, last=GOOD))
    assert not still_holds(state(verdict=Verdict.PAUSED, last=TIMED_OUT))
    assert not still_holds(state(verdict=Verdict.UP, last=excused))


def test_a_failure_that_is_excused_by_the_check_itself_asks_nothing():
    excused = make_result(None)
    object.__setattr__(excused, "failure", Failure(Reason.CLIENT_ERROR, excused=True))

    assert not asks_why(state(), 0, excused, 1e9)
