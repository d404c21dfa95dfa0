"""What stays known of a service whose settings change: pure functions over its checks before and after."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime

from manara.engine.verdicts import service_verdict
from manara.model import Cause, Check, CheckState, Circumstance, Interval, Service, ServiceState, Verdict


def kept_checks(before: Service, after: Service) -> tuple[int | None, ...]:
    """Return for each check the position that it had before; None where it asks something else than any did.

    It is the same as long as it asks the same, however often and patiently.
    """
    if before.checks == after.checks:
        return tuple(range(len(after.checks)))
    left = list(enumerate(before.checks))
    kept: list[int | None] = [None] * len(after.checks)
    for is_same in (_is_equal, _asks_the_same):
        for position, check in enumerate(after.checks):
            found = next((each for each in left if kept[position] is None and is_same(each[1], check)), None)
            if found is not None:
                left.remove(found)
                kept[position] = found[0]
    return tuple(kept)


def carried_state(
    state: ServiceState, service: Service, kept: Sequence[int | None], now: datetime
) -> ServiceState | None:
    """Return what is believed of a service whose checks were those at the kept positions; None if none of them was."""
    if all(position is None for position in kept):
        return None
    checks = tuple(CheckState() if position is None else state.checks[position] for position in kept)
    verdict, cause = verdict_of_all(service, checks, state)
    since = state.since if verdict is state.verdict else Interval(None, now)
    return ServiceState(service.id, verdict, cause, since, checks)


def verdict_of_all(service: Service, checks: Sequence[CheckState], before: ServiceState) -> tuple[Verdict, Cause]:
    """Return what all checks say together; what was believed before stays until a check that came later was looked at.

    A service must not look as if nobody knew anything of it while one more check is added to it.
    """
    verdict, cause = service_verdict(service.checks, checks)
    if cause is Circumstance.NOT_LOOKED_YET:
        return before.verdict, before.cause
    return verdict, cause


def _is_equal(before: Check, after: Check) -> bool:
    return before == after


def _asks_the_same(before: Check, after: Check) -> bool:
    if type(before) is not type(after):
        return False
    return replace(before, **{field.name: getattr(after, field.name) for field in fields(Check)}) == after
