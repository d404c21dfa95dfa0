from datetime import timedelta

from fakes.checks import make_result
from fakes.clock import START
from manara.model import Certificate, Outcome, Reason


def certificate(ends):
    return Certificate("example.org", "Test CA", ("example.org",), START - timedelta(days=30), ends, "00" * 32)


def test_a_result_without_a_failure_is_good():
    assert make_result().outcome is Outcome.OK


def test_a_result_counts_as_its_failure_does():
    assert make_result(Reason.SLOW).outcome is Outcome.DEGRADED


def test_days_left_are_whole_days():
    assert certificate(START + timedelta(days=5, hours=23)).days_left(START) == 5


def test_a_certificate_that_has_ended_has_negative_days_left():
    assert certificate(START - timedelta(hours=1)).days_left(START) == -1
