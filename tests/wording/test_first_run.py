import pytest

from fakes.checks import make_result
from manara.model import CheckResult, Failure, Reason, Timings
from manara.wording import Translator
from manara.wording.first_run import trial_sentence

TR = Translator()
AT = make_result().at


@pytest.mark.parametrize(
    ("failure", "took_ms", "sentence"),
    [
        (None, 43.0, "Answers in 43 ms"),
        (None, None, "Answers"),
        (Failure(Reason.NXDOMAIN), 12.0, "The name does not exist"),
        (Failure(Reason.SLOW), 4123.0, "It answers, but slowly (4.1 s)"),
        (Failure(Reason.SLOW), None, "It answers, but slowly"),
        (Failure(Reason.REFUSES_AUTOMATION, excused=True), 90.0, "Reachable; refuses automatic checks (90 ms)"),
    ],
)
def test_a_try_is_told_in_plain_words(failure, took_ms, sentence):
    assert trial_sentence(TR, CheckResult(AT, failure, Timings(total_ms=took_ms))) == sentence
