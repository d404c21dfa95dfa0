from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from manara.history.moments import moment_of
from manara.history.outages import outages_of
from manara.history.timeline import Piece
from manara.model import OBSERVED, Circumstance, Interval, Reason, Verdict

UP, DEGRADED, DOWN, UNKNOWN = Verdict.UP, Verdict.DEGRADED, Verdict.DOWN, Verdict.UNKNOWN


def row(*parts):
    """Pieces one after the other, each 10 ms long, given as verdict and perhaps cause; each began within 3 ms."""
    pieces = []
    for position, part in enumerate(parts):
        verdict, cause = part if isinstance(part, tuple) else (part, None)
        begin = position * 10
        pieces.append(Piece(begin, begin + 10, verdict, cause, begin - 3))
    return pieces


def outages(*parts):
    return list(outages_of("shop", row(*parts)))


def ms(number):
    return timedelta(milliseconds=number)


def test_an_outage_begins_and_ends_between_two_looks():
    (outage,) = outages(UP, (DOWN, Reason.SERVER_ERROR), UP)

    assert outage.began == Interval(moment_of(7), moment_of(10))
    assert outage.ended == Interval(moment_of(17), moment_of(20))
    assert (outage.service_id, outage.down, outage.not_observed) == ("shop", ms(10), ms(0))
    assert outage.causes == (Reason.SERVER_ERROR,)


def test_a_new_cause_is_not_a_new_outage():
    error, timeout = (DOWN, Reason.SERVER_ERROR), (DOWN, Reason.CONNECT_TIMEOUT)

    (outage,) = outages(error, timeout, error, UP)

    assert outage.causes == (Reason.SERVER_ERROR, Reason.CONNECT_TIMEOUT)
    assert (outage.down, outage.began) == (ms(30), Interval(moment_of(-3), moment_of(0)))


def test_a_degraded_service_is_not_down():
    assert [outage.down for outage in outages(DOWN, DEGRADED, DOWN, Verdict.MAINTENANCE, DOWN, UP)] == [ms(10)] * 3


def test_what_nobody_saw_within_an_outage_does_not_count_as_down():
    (outage,) = outages(UP, DOWN, (UNKNOWN, Circumstance.NOT_OBSERVED), Verdict.PAUSED, DOWN, UP)

    assert (outage.down, outage.not_observed) == (ms(20), ms(20))


def test_an_outage_whose_end_nobody_saw_ended_at_an_unknown_moment_before_it_was_seen_good():
    (outage,) = outages(DOWN, UNKNOWN, UP)

    assert outage.ended == Interval(moment_of(10), moment_of(20))
    assert (outage.down, outage.not_observed) == (ms(10), ms(0))


def test_an_outage_that_goes_on_has_no_end():
    assert [outage.ended for outage in outages(UP, DOWN)] == [None]


def test_an_outage_after_which_nobody_looked_has_no_end():
    (outage,) = outages(DOWN, UNKNOWN)

    assert (outage.ended, outage.down, outage.not_observed) == (None, ms(10), ms(0))


def test_a_service_that_was_never_down_had_no_outage():
    assert outages(UP, UNKNOWN, DEGRADED) == []


verdicts = st.lists(st.sampled_from([UP, DEGRADED, DOWN, UNKNOWN, Verdict.MAINTENANCE, Verdict.PAUSED]), max_size=30)


@given(verdicts)
def test_outages_hold_all_the_time_of_being_down_and_never_meet(parts):
    pieces = row(*parts)

    found = list(outages_of("shop", pieces))

    assert sum((outage.down for outage in found), ms(0)) == ms(10) * parts.count(DOWN)
    for earlier, later in pairwise(found):
        assert earlier.ended.by <= later.began.by
        between = [piece for piece in pieces if earlier.ended.by <= moment_of(piece.begin) < later.began.by]
        assert any(piece.verdict in OBSERVED for piece in between)
    for outage in found:
        assert outage.ended is None or outage.ended.by - outage.began.by >= outage.down + outage.not_observed
