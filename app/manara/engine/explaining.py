"""When to find out why a service is not well: pure functions over what is believed of it."""

from collections import defaultdict
from datetime import timedelta

from manara.model import (
    Blame,
    CheckResult,
    Circumstance,
    Conclusion,
    Confidence,
    Diagnosis,
    Layer,
    Outcome,
    ServiceState,
    Verdict,
)

AGAIN_AFTER_S = 300.0
"""A lasting outage is looked into again after so long: what lies behind it can change."""
UNCLEAR_AGAIN_AFTER_S = 60.0
"""What could not be told may be told soon."""
REMEMBERED = timedelta(minutes=5)
"""How long name servers may remember that a name could not be found."""
SOONEST_S = 5.0
"""However its failures change, a service is not looked into more often than this."""


def asks_why(state: ServiceState, position: int, result: CheckResult, asked_s_ago: float) -> bool:
    """Return whether a look that came out like this asks for a diagnosis of its service.

    The first failure does, so that the reason is known when the outage is confirmed; so does one on another rung of
    the ladder than the last, and one that lasts.
    """
    if result.outcome is Outcome.OK or result.failure is None:
        return False
    diagnosis = state.diagnosis
    if diagnosis is None or diagnosis.conclusion is Conclusion.PASSED:
        return asked_s_ago >= SOONEST_S
    if position == diagnosis.check and not _is_of(diagnosis, result.failure.layer):
        return asked_s_ago >= SOONEST_S
    return asked_s_ago >= (UNCLEAR_AGAIN_AFTER_S if diagnosis.conclusion is Conclusion.CANNOT_TELL else AGAIN_AFTER_S)


def _is_of(diagnosis: Diagnosis, layer: Layer) -> bool:
    """Return whether a diagnosis is of a failure on this rung: our own side shows itself on others than its own."""
    return layer is diagnosis.conclusion.layer or layer in {step.layer for step in diagnosis.steps if not step.ok}


def excuse_found(result: CheckResult, diagnosis: Diagnosis | None, position: int) -> Circumstance | None:
    """Return what of our own a diagnosis made responsible for such a failure; None where it accuses others, or nobody.

    A sign of trouble on our side that only may be is no excuse, and no accusation either.
    """
    if diagnosis is None or result.failure is None or diagnosis.check != position:
        return None
    if diagnosis.confidence is Confidence.POSSIBLE or result.outcome is not Outcome.FAILED:
        return None
    return _OURS.get(diagnosis.conclusion) if result.failure.layer in _LAYERS_OF[diagnosis.conclusion] else None


_OURS = {
    Conclusion.OFFLINE: Circumstance.OWN_LINE,
    Conclusion.SIGN_IN_WANTED: Circumstance.SIGN_IN_WANTED,
    Conclusion.OWN_RESOLVER: Circumstance.OWN_RESOLVER,
    Conclusion.FILTERED: Circumstance.FILTERED,
    Conclusion.OWN_FAMILY: Circumstance.OWN_LINE,
    Conclusion.OWN_CLOCK: Circumstance.OWN_CLOCK,
    Conclusion.OWN_TRUST: Circumstance.OWN_TRUST,
}
_LAYERS_OF = defaultdict(
    lambda: frozenset(Layer),
    {
        Conclusion.OWN_RESOLVER: frozenset({Layer.LINK, Layer.DNS, Layer.TCP, Layer.TLS}),
        Conclusion.OWN_CLOCK: frozenset({Layer.TLS}),
        Conclusion.OWN_TRUST: frozenset({Layer.TLS}),
    },
)
"""Where our own trouble can show: on any rung, unless it is named here."""


def lasting(before: Diagnosis | None, found: Diagnosis) -> Diagnosis:
    """Return which of two diagnoses of a service holds, the one from before or the one found now.

    Name servers remember a failure for up to five minutes (RFC 2308, section 7): those who were told that a name cannot
    be found go on saying so when its owner is back, and are not to blame for it.
    """
    if before is None or found.conclusion is not Conclusion.OWN_RESOLVER:
        return found
    by_owner = before.conclusion.layer is Layer.DNS and before.conclusion.blame is Blame.THEM
    return before if by_owner and found.at - before.at <= REMEMBERED else found


def still_holds(state: ServiceState) -> bool:
    """Return whether there is anything to be explained: trouble that is believed or in doubt."""
    if state.verdict in (Verdict.DOWN, Verdict.DEGRADED):
        return True
    return any(
        check.last is not None and check.last.outcome is not Outcome.OK and check.verdict is not Verdict.PAUSED
        for check in state.checks
    )
