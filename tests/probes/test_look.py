"""One look: whatever a probe does, there is a result within the deadline."""

import asyncio
import logging
from datetime import timedelta

import pytest

from fakes.checks import FakeCheck
from fakes.clock import START, FakeClock
from fakes.resolver import make_network
from manara.model import CheckResult, Failure, Outcome, Reason, SystemClock
from manara.probes.border import LookFailed
from manara.probes.look import look
from manara.probes.network import Network
from manara.probes.sighting import Phase, Sighting
from manara.probes.table import Probe


async def look_with(probe: Probe, clock: FakeClock | None = None, **options: object) -> CheckResult:
    """Look by the probe."""
    return await look(FakeCheck(**options), make_network(), clock or SystemClock(), {FakeCheck: probe})


async def test_what_a_probe_saw_is_in_the_result(clock: FakeClock) -> None:
    async def probe(check: FakeCheck, network: Network, sighting: Sighting) -> None:
        with sighting.measure(Phase.CONNECT):
            clock.pass_by(0.25)
        sighting.address = "192.0.2.1"
        sighting.note(method="icmp")

    result = await look_with(probe, clock)

    assert result.failure is None
    assert result.at == START
    assert result.address == "192.0.2.1"
    assert result.facts.method == "icmp"
    assert result.timings.connect_ms == pytest.approx(250)
    assert result.timings.total_ms == pytest.approx(250)


async def test_a_failure_that_is_returned_is_the_result() -> None:
    async def probe(check: FakeCheck, network: Network, sighting: Sighting) -> Failure:
        return Failure(Reason.TEXT_MISSING, "no cart")

    assert (await look_with(probe)).failure == Failure(Reason.TEXT_MISSING, "no cart")


async def test_a_failure_that_is_raised_keeps_what_was_seen_before() -> None:
    async def probe(check: FakeCheck, network: Network, sighting: Sighting) -> None:
        sighting.address = "192.0.2.1"
        raise LookFailed(Reason.NXDOMAIN, "gone")

    result = await look_with(probe)

    assert result.failure == Failure(Reason.NXDOMAIN, "gone")
    assert result.address == "192.0.2.1"


@pytest.mark.parametrize(("phase", "reason"), [(Phase.DNS, Reason.DNS_TIMEOUT), (Phase.BODY, Reason.BODY_TIMEOUT)])
async def test_the_deadline_ends_a_look_and_is_named_by_its_phase(phase: Phase, reason: Reason) -> None:
    async def probe(check: FakeCheck, network: Network, sighting: Sighting) -> None:
        with sighting.measure(phase):
            await asyncio.Event().wait()

    result = await look_with(probe, timeout=timedelta(seconds=0.1))

    assert result.failure is not None
    assert result.failure.reason is reason
    assert result.failure.detail == "Gave up after 0.1 s"
    assert result.timings.total_ms is not None
    assert result.timings.total_ms >= 99


async def test_the_callers_cancellation_is_not_a_failure() -> None:
    begun = asyncio.Event()

    async def probe(check: FakeCheck, network: Network, sighting: Sighting) -> None:
        begun.set()
        await asyncio.Event().wait()

    looking = asyncio.ensure_future(look_with(probe))
    await begun.wait()
    looking.cancel()

    with pytest.raises(asyncio.CancelledError):
        await looking


async def test_a_mistake_of_ours_is_an_unknown_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def probe(check: FakeCheck, network: Network, sighting: Sighting) -> None:
        raise ZeroDivisionError("oops")

    result = await look_with(probe)

    assert result.failure == Failure(Reason.INTERNAL_ERROR, "ZeroDivisionError: oops")
    assert result.outcome is Outcome.UNKNOWN
    assert [(record.levelno, bool(record.exc_info)) for record in caplog.records] == [(logging.ERROR, True)]
    caplog.clear()


async def test_a_check_without_a_probe_is_a_mistake_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    result = await look(FakeCheck(), make_network(), SystemClock())

    assert result.failure is not None
    assert result.failure.reason is Reason.INTERNAL_ERROR
    caplog.clear()


def taking(clock: FakeClock, seconds: float, answer_ms: float | None = None) -> Probe:
    """Return a probe that is happy after that time."""

    async def probe(check: FakeCheck, network: Network, sighting: Sighting) -> None:
        clock.pass_by(seconds)
        sighting.answer_ms = answer_ms

    return probe


async def test_a_good_look_that_takes_long_is_slow(clock: FakeClock) -> None:
    result = await look_with(taking(clock, 1.5), clock, slow_after=timedelta(seconds=1))

    assert result.failure == Failure(Reason.SLOW, "Took 1500 ms, which is slow above 1000 ms")
    assert result.outcome is Outcome.DEGRADED


async def test_a_look_within_the_time_is_not_slow(clock: FakeClock) -> None:
    result = await look_with(taking(clock, 0.5), clock, slow_after=timedelta(seconds=1))

    assert result.failure is None


async def test_slowness_of_a_ping_is_that_of_its_round_trip(clock: FakeClock) -> None:
    near = await look_with(taking(clock, 1.5, answer_ms=3), clock, slow_after=timedelta(seconds=0.1))
    far = await look_with(taking(clock, 1.5, answer_ms=300), clock, slow_after=timedelta(seconds=0.1))

    assert near.failure is None
    assert near.timings.first_byte_ms == 3
    assert far.failure == Failure(Reason.SLOW, "Took 300 ms, which is slow above 100 ms")


async def test_a_failure_is_not_also_slow(clock: FakeClock) -> None:
    async def probe(check: FakeCheck, network: Network, sighting: Sighting) -> Failure:
        clock.pass_by(5)
        return Failure(Reason.SERVER_ERROR)

    result = await look_with(probe, clock, slow_after=timedelta(seconds=1))

    assert result.failure == Failure(Reason.SERVER_ERROR)
