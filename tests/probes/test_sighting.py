"""The notebook of a look keeps everything, whatever happens."""

import math

import pytest

from fakes.clock import START, FakeClock
from manara.model import Failure, Reason
from manara.probes.sighting import Phase, Sighting


def test_a_fresh_notebook_knows_only_when_it_began(clock: FakeClock) -> None:
    result = Sighting(clock).result(None)

    assert result.at == START
    assert result.address is None
    assert result.timings.total_ms == 0
    assert result.timings.dns_ms is None


def test_the_same_phase_adds_up(clock: FakeClock) -> None:
    sighting = Sighting(clock)
    for _ in range(2):
        with sighting.measure(Phase.DNS):
            clock.pass_by(0.01)

    assert sighting.result(None).timings.dns_ms == pytest.approx(20)


def test_a_phase_that_fails_is_timed_and_stays_set(clock: FakeClock) -> None:
    sighting = Sighting(clock)

    def shake_hands() -> None:
        with sighting.measure(Phase.TLS):
            clock.pass_by(0.5)
            raise OSError("reset")

    with pytest.raises(OSError, match="reset"):
        shake_hands()

    assert sighting.phase is Phase.TLS
    assert sighting.result(Failure(Reason.TLS_CLOSED)).timings.tls_ms == pytest.approx(500)


def test_facts_are_added_to_those_before(clock: FakeClock) -> None:
    sighting = Sighting(clock)
    sighting.note(resolver="192.0.2.53")
    sighting.note(method="icmp")

    assert sighting.facts.resolver == "192.0.2.53"
    assert sighting.facts.method == "icmp"


def test_what_is_left_of_the_time_is_never_negative(clock: FakeClock) -> None:
    sighting = Sighting(clock, timeout_s=2)
    left = [sighting.remaining_s()]
    for _ in range(2):
        clock.pass_by(1.5)
        left.append(sighting.remaining_s())

    assert left == [2, 0.5, 0]


def test_without_a_deadline_time_does_not_end(clock: FakeClock) -> None:
    assert Sighting(clock).remaining_s() == math.inf


def test_what_is_ours_does_not_count_but_takes_time_all_the_same(clock: FakeClock) -> None:
    sighting = Sighting(clock, timeout_s=10)

    def read_a_secret() -> None:
        with sighting.not_counted():
            clock.pass_by(3)
            raise OSError("locked")

    with pytest.raises(OSError, match="locked"):
        read_a_secret()
    clock.pass_by(1)

    assert sighting.result(None).timings.total_ms == pytest.approx(1000)
    assert sighting.remaining_s() == pytest.approx(6)
