"""Verdicts: pure functions from what was believed and what was seen to what is believed now.

The rules of truth: DOWN needs confirmed failures while our own line was proven good; one good look does not end an
outage; a look that could not be made speaks neither for nor against a service.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from manara.engine.excuses import excuse
from manara.model import (
    Cause,
    Check,
    CheckResult,
    CheckState,
    Circumstance,
    Claim,
    Interval,
    Line,
    Outcome,
    Verdict,
)
from manara.model.check import Pace

_VERDICT_OF = {
    Outcome.OK: Verdict.UP,
    Outcome.DEGRADED: Verdict.DEGRADED,
    Outcome.FAILED: Verdict.DOWN,
    Outcome.UNKNOWN: Verdict.UNKNOWN,
}


def next_check_state(
    state: CheckState, result: CheckResult, line: Line, pace: Pace, excused_by: Circumstance | None = None
) -> CheckState:
    """Judge one more look at a check; `line` counts only where it explains what was seen.

    `excused_by` is what a diagnosis found on our own side.
    """
    claim = _claim(result, line, excused_by)
    if claim.verdict is state.verdict:
        since = state.since or Interval(None, result.at)
        return CheckState(claim.verdict, claim.cause, since, result, result.at)
    against = (*state.against, claim)
    needed = _looks_needed(state.verdict, claim.verdict, pace)
    if len(against) >= needed:
        verdict = _agreed(against[-needed:])
        if verdict is not state.verdict:
            return _changed(state, verdict, against, needed, result)
    remembered = max(pace.confirm + 1, pace.recover)
    return replace(state, last=result, against=against[-remembered:])


def forget(state: CheckState, until: datetime) -> CheckState:
    """Return the state after nobody looked until `until`: verdict and doubts are gone, the last look stays on show."""
    after = state.last.at if state.last else None
    return CheckState(Verdict.UNKNOWN, Circumstance.NOT_OBSERVED, Interval(after, until), state.last)


def service_verdict(checks: Sequence[Check], states: Sequence[CheckState]) -> tuple[Verdict, Cause]:
    """Return what the checks of a service say together: all required ones down is DOWN, some is DEGRADED."""
    if not checks:
        return Verdict.UNKNOWN, Circumstance.NOTHING_TO_CHECK
    required = [state for check, state in zip(checks, states, strict=True) if check.required] or list(states)
    for state in required:
        if state.cause is Circumstance.NOT_LOOKED_YET:
            return state.verdict, state.cause
    if all(state.verdict is Verdict.DOWN for state in required):
        return Verdict.DOWN, required[0].cause
    for verdict in (Verdict.DOWN, Verdict.DEGRADED):
        for state in states:
            if state.verdict is verdict:
                return Verdict.DEGRADED, state.cause
    for state in required:
        if state.verdict is Verdict.UNKNOWN:
            return state.verdict, state.cause
    return Verdict.UP, None


def _claim(result: CheckResult, line: Line, found: Circumstance | None) -> Claim:
    excused_by = excuse(result, line) or found
    if excused_by is not None:
        return Claim(result.at, Verdict.UNKNOWN, excused_by)
    if result.failure is None:
        return Claim(result.at, Verdict.UP, None)
    return Claim(result.at, _VERDICT_OF[result.outcome], result.failure.reason)


def _looks_needed(current: Verdict, claimed: Verdict, pace: Pace) -> int:
    worse = claimed in (Verdict.DOWN, Verdict.UNKNOWN) or (current, claimed) == (Verdict.UP, Verdict.DEGRADED)
    if worse:
        return pace.confirm + 1
    if current is Verdict.UNKNOWN:
        return 1 if claimed is Verdict.UP else pace.confirm + 1
    return pace.recover


def _agreed(window: Sequence[Claim]) -> Verdict:
    """Return the verdict that a row of claims supports, the mildest accusation where they differ."""
    claimed = {claim.verdict for claim in window}
    if len(claimed) == 1:
        return claimed.pop()
    return Verdict.UNKNOWN if Verdict.UNKNOWN in claimed else Verdict.DEGRADED


def _changed(
    state: CheckState, verdict: Verdict, against: Sequence[Claim], needed: int, result: CheckResult
) -> CheckState:
    window = against[-needed:]
    before = against[:-needed]
    after = before[-1].at if before else state.last_of_verdict
    accusing = [claim.cause for claim in window if claim.verdict is verdict]
    cause = accusing[-1] if accusing else window[-1].cause
    return CheckState(verdict, cause, Interval(after, window[0].at), result, result.at)
