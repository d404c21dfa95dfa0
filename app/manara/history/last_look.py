"""The last look at a check as JSON and back: what `samples` have no room for. Its time and timings are not in it.

JSON in the file is ASCII: a server can put half a character into a detail, which the file could not hold otherwise.
"""

import json
from datetime import datetime
from typing import Any

from manara.history.facts import certificate_document, certificate_of
from manara.model import (
    Attempt,
    CheckResult,
    CheckState,
    Circumstance,
    Facts,
    Failure,
    Reason,
    Timings,
    Verdict,
)
from manara.model.verdict import Cause

_CAUSES = {cause.value: cause for cause in (*Reason, *Circumstance)}
_VERDICTS = {verdict.value: verdict for verdict in Verdict}


def cause_of(word: str | None) -> Cause:
    """Return the cause that a word of the file means; None also for one that only a later version knows."""
    return _CAUSES.get(word) if word else None


def reason_of(word: str) -> Reason:
    """Return the reason that a word of the file means; a look that failed for an unknown one did not go well either."""
    reason = cause_of(word)
    return reason if isinstance(reason, Reason) else Reason.INTERNAL_ERROR


def verdict_of(word: str) -> Verdict:
    """Return the verdict that a word of the file means; one that only a later version knows is UNKNOWN here."""
    return _VERDICTS.get(word, Verdict.UNKNOWN)


def document_of(state: CheckState, result: CheckResult) -> str:
    """Return what is known of a check after a look, as JSON."""
    facts = result.facts
    document = {
        "verdict": state.verdict.value,
        "cause": None if state.cause is None else state.cause.value,
        "failure": _of_failure(result.failure),
        "address": result.address,
        "http_status": facts.http_status,
        "attempts": [[attempt.address, _of_failure(attempt.failure)] for attempt in facts.attempts],
        "certificate": None if facts.certificate is None else certificate_document(facts.certificate),
    }
    return json.dumps(document)


def state_of(text: str, at: datetime, timings: Timings) -> CheckState:
    """Return what was known of a check, given when its last look began and how long it took."""
    document = json.loads(text)
    certificate = document["certificate"]
    facts = Facts(
        http_status=document["http_status"],
        attempts=tuple(Attempt(address, _failure(*failure)) for address, failure in document["attempts"]),
        certificate=None if certificate is None else certificate_of(certificate),
    )
    failure = None if document["failure"] is None else _failure(*document["failure"])
    result = CheckResult(at, failure, timings, document["address"], facts)
    return CheckState(verdict_of(document["verdict"]), cause_of(document["cause"]), last=result)


def _of_failure(failure: Failure | None) -> list[Any] | None:
    return None if failure is None else [failure.reason.value, failure.detail, failure.excused]


def _failure(word: str, detail: str, excused: bool) -> Failure:  # noqa: FBT001 - as it stands in the list
    return Failure(reason_of(word), detail, excused)
