"""When to find out why a service is not well: pure functions over what is believed of it."""

from manara.model import CheckResult, Outcome, ServiceState, Verdict

AGAIN_AFTER_S = 300.0
"""A lasting outage is looked into again after so long: what lies behind it can change."""
SOONEST_S = 10.0
"""However its failures change, a service is not looked into more often than this."""


def asks_why(state: ServiceState, position: int, result: CheckResult, asked_s_ago: float) -> bool:
    """Return whether a look that came out like this asks for a diagnosis of its service.

    The first failure does, so that the reason is known when the outage is confirmed; so does one on another rung of
    the ladder than the last, and one that lasts.
    """
    if result.outcome is Outcome.OK or result.failure is None:
        return False
    if state.diagnosis is None:
        return asked_s_ago >= SOONEST_S
    if position == state.diagnosis.check and result.failure.layer is not state.diagnosis.conclusion.layer:
        return asked_s_ago >= SOONEST_S
    return asked_s_ago >= AGAIN_AFTER_S


def still_holds(state: ServiceState) -> bool:
    """Return whether there is anything to be explained: trouble that is believed or in doubt."""
    if state.verdict in (Verdict.DOWN, Verdict.DEGRADED):
        return True
    return any(
        check.last is not None and check.last.outcome is not Outcome.OK and check.verdict is not Verdict.PAUSED
        for check in state.checks
    )
