"""One look at one check: the right probe under its deadline, any ending turned into a result."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from manara.model import Check, CheckResult, Clock, Failure, Reason
from manara.probes.border import failure_of
from manara.probes.network import Network
from manara.probes.sighting import Sighting
from manara.probes.table import PROBES, Probe

_log = logging.getLogger(__name__)


async def look(
    check: Check, network: Network, clock: Clock, probes: Mapping[type[Check], Probe] = PROBES
) -> CheckResult:
    """Look once and return what was found; raises nothing but the caller's own cancellation."""
    timeout_s = check.timeout.total_seconds()
    sighting = Sighting(clock, timeout_s)
    failure: Failure | None
    try:
        async with asyncio.timeout(timeout_s):
            failure = await probes[type(check)](check, network, sighting)
    except Exception as error:  # noqa: BLE001 - the last-resort guard of one look: a mistake of ours is a result too
        failure = failure_of(error, sighting.phase)
        if failure.reason is Reason.INTERNAL_ERROR:
            _log.exception("The look at %s ended in an error of the program", check.target)
        elif isinstance(error, TimeoutError):
            failure = replace(failure, detail=failure.detail or f"Gave up after {sighting.elapsed_s():.1f} s")
    result = sighting.result(failure)
    return replace(result, failure=_slowness(check, sighting, result)) if failure is None else result


def _slowness(check: Check, sighting: Sighting, result: CheckResult) -> Failure | None:
    spent_ms = result.timings.total_ms if sighting.answer_ms is None else sighting.answer_ms
    if check.slow_after is None or spent_ms is None:
        return None
    limit_ms = check.slow_after.total_seconds() * 1000
    if spent_ms <= limit_ms:
        return None
    return Failure(Reason.SLOW, f"Took {spent_ms:.0f} ms, which is slow above {limit_ms:.0f} ms")
