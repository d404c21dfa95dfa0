"""The last look at a check as JSON and back: what `samples` have no room for. Its time and timings are not in it."""

import json
from datetime import datetime
from typing import Any

from manara.history.facts import certificate_document
from manara.model import (
    Attempt,
    Certificate,
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
    return json.dumps(document, ensure_ascii=False)


def state_of(text: str, at: datetime, timings: Timings) -> CheckState:
    """Return what was known of a check, given when its last look began and how long it took."""
    document = json.loads(text)
    facts = Facts(
        http_status=document["http_status"],
        attempts=tuple(_attempt(address, failure) for address, failure in document["attempts"]),
        certificate=_certificate(document["certificate"]),
    )
    result = CheckResult(at, _failure(document["failure"]), timings, document["address"], facts)
    return CheckState(verdict_of(document["verdict"]), cause_of(document["cause"]), last=result)


def _of_failure(failure: Failure | None) -> list[Any] | None:
    return None if failure is None else [failure.reason.value, failure.detail, failure.excused]


def _failure(parts: list[Any] | None) -> Failure | None:
    if parts is None:
        return None
    reason = cause_of(parts[0])
    return Failure(reason, parts[1], parts[2]) if isinstance(reason, Reason) else None


def _attempt(address: str, parts: list[Any]) -> Attempt:
    return Attempt(address, _failure(parts) or Failure(Reason.INTERNAL_ERROR))


def _certificate(document: dict[str, Any] | None) -> Certificate | None:
    if document is None:
        return None
    return Certificate(
        subject=document["subject"],
        issuer=document["issuer"],
        names=tuple(document["names"]),
        not_before=datetime.fromisoformat(document["not_before"]),
        not_after=datetime.fromisoformat(document["not_after"]),
        sha256=document["sha256"],
    )
