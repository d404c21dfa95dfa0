"""What counts as trouble of a service in the sense of an incident: pure functions over what is believed of it."""

from manara.model import Cause, Circumstance, Layer, Reason, ServiceState, Verdict

_SLOW = (Reason.SLOW, Reason.SLOWER_THAN_USUAL)
_MILD: tuple[Cause, ...] = (
    *_SLOW,
    Reason.CERTIFICATE_EXPIRES_SOON,
    Reason.REFUSES_AUTOMATION,
    Circumstance.OFFICIAL_WORD,
)
"""A service that is degraded by nothing else works: that alone is no incident."""


def in_trouble(state: ServiceState) -> bool:
    """Return whether looks fail: it is down, or degraded by more than slowness or a warning."""
    return state.verdict is Verdict.DOWN or (state.verdict is Verdict.DEGRADED and state.cause not in _MILD)


def is_slow(state: ServiceState) -> bool:
    """Return whether it works, but slowly."""
    return state.verdict is Verdict.DEGRADED and state.cause in _SLOW


def is_well(state: ServiceState, usual: ServiceState | None) -> bool:
    """Return whether its trouble is over; `usual` is how it was before.

    One that is still slow has not recovered yet, if it was not so before; nor has one whose operator calls it planned.
    """
    if state.verdict is Verdict.DEGRADED and is_slow(state):
        return usual is not None and is_slow(usual)
    return state.verdict is Verdict.UP or (state.verdict is Verdict.DEGRADED and not in_trouble(state))


def failing_layer(state: ServiceState) -> Layer | None:
    """Return the rung on which it fails, by its diagnosis, else by the reason of its verdict."""
    if state.diagnosis is not None and state.diagnosis.conclusion.layer is not None:
        return state.diagnosis.conclusion.layer
    return state.cause.layer if isinstance(state.cause, Reason) else None
