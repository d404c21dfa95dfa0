"""Words for the first run: what an address answered when it was tried."""

from manara.model import CheckResult, Outcome
from manara.wording.failures import standalone
from manara.wording.plain import one_line
from manara.wording.times import latency
from manara.wording.translation import Translator


def trial_sentence(tr: Translator, result: CheckResult) -> str:
    """Return what one look found: `Answers in 43 ms`, `The name does not exist`, `It answers, but slowly (4.1 s)`."""
    took_ms, failure = result.timings.total_ms, result.failure
    time = "" if took_ms is None else latency(tr, took_ms)
    if failure is None:
        return tr("Answers in {time}").format(time=time) if time else tr("Answers")
    why = standalone(tr, failure.reason)
    answered = result.outcome in (Outcome.OK, Outcome.DEGRADED)
    return one_line(f"{why} ({time})" if answered and time else why)
