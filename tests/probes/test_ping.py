"""The ping check by each of its ways, chosen by the test, so that it holds for root and for everybody."""

import asyncio
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from fakes.fair_loop import LoopClock, let_pass
from fakes.resolver import make_network
from manara.model import CheckResult, Outcome, Reason
from manara.probes.icmp import EchoWays, detect_echo_ways
from manara.probes.look import look
from manara.probes.ping import PingCheck
from servers.tcp_server import black_hole, refusing_port, say, tcp_server

NOBODY = EchoWays(tcp_ports=())
MakePing = Callable[[str], EchoWays]


async def ping(ways: EchoWays, *addresses: str, **options: object) -> CheckResult:
    """Look once in these ways."""
    return await look(PingCheck(host="host.example", **options), make_network(*addresses, echo=ways), LoopClock())


@pytest.fixture
def fake_ping(tmp_path: Path) -> MakePing:
    """Write a program that stands in for the system's `ping`."""

    def make(script: str) -> EchoWays:
        path = tmp_path / "ping"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return EchoWays(ping_path=str(path), tcp_ports=())

    return make


def reply(number: int, time_ms: str = "=1.5") -> str:
    return f"echo '64 bytes from 127.0.0.1: icmp_seq={number} ttl=64 time{time_ms} ms'"


async def test_echoes_come_back_over_a_socket_of_our_own_or_another_way() -> None:
    async with tcp_server(say()) as port:
        ways = detect_echo_ways()
        result = await ping(EchoWays(ways.icmp, ways.privileged, tcp_ports=(port,)), "127.0.0.1", count=2)

    assert result.failure is None
    assert result.facts.method == ("icmp" if ways.icmp else "tcp")
    assert result.address == "127.0.0.1"
    assert result.timings.first_byte_ms is not None
    assert 0 <= result.timings.first_byte_ms < 1000


async def test_the_mean_round_trip_is_the_time_of_the_answer(fake_ping: MakePing) -> None:
    result = await ping(fake_ping("\n".join([reply(1, "=1"), reply(2, "=2.5"), reply(3, "<1")])))

    assert result.failure is None
    assert result.facts.method == "ping"
    assert result.timings.first_byte_ms == pytest.approx(1.5)


async def test_ping_is_asked_in_plain_english_for_numbers_only(fake_ping: MakePing, tmp_path: Path) -> None:
    asked = tmp_path / "asked"

    await ping(fake_ping(f'echo "$LC_ALL $@" > {asked}'), "127.0.0.1", count=4)

    assert asked.read_text() == "C -n -c 4 -i 0.2 -W 2 127.0.0.1\n"


async def test_some_lost_echoes_are_packet_loss(fake_ping: MakePing) -> None:
    result = await ping(fake_ping(f"{reply(1)}\n{reply(3)}"))

    assert result.failure is not None
    assert result.failure.reason is Reason.PACKET_LOSS
    assert result.failure.detail == "1 of 3 echo requests went unanswered"
    assert result.outcome is Outcome.DEGRADED


async def test_a_request_answered_twice_counts_once(fake_ping: MakePing) -> None:
    result = await ping(fake_ping(f"{reply(1)}\n{reply(1)} \n{reply(2)}"))

    assert result.failure is not None
    assert result.failure.reason is Reason.PACKET_LOSS


async def test_all_lost_echoes_are_no_echo(fake_ping: MakePing) -> None:
    result = await ping(fake_ping("echo '3 packets transmitted, 0 received, 100% packet loss, time 2041ms'; exit 1"))

    assert result.failure is not None
    assert result.failure.reason is Reason.NO_ECHO
    assert result.failure.detail == "None of 3 echo requests was answered"


async def test_a_ping_that_hangs_is_ended_and_judged_by_what_it_said(fake_ping: MakePing, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    os.mkfifo(pid_file)
    script = f"{reply(1)}\necho $$ > {pid_file}\nexec sleep 60"
    looking = asyncio.ensure_future(ping(fake_ping(script), timeout=timedelta(seconds=60)))
    pid = int(await asyncio.to_thread(pid_file.read_text))

    await let_pass(55)
    result = await looking

    assert result.failure is not None
    assert result.failure.reason is Reason.PACKET_LOSS
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_ping_that_floods_is_ended(fake_ping: MakePing) -> None:
    result = await ping(fake_ping("exec yes 'nothing to see here'"), timeout=timedelta(seconds=5))

    assert result.failure is not None
    assert result.timings.total_ms is not None
    assert result.timings.total_ms < 4000


async def test_a_child_of_ping_that_stays_does_not_hold_the_look(fake_ping: MakePing, tmp_path: Path) -> None:
    said = tmp_path / "said"
    os.mkfifo(said)
    script = f"sleep 10 &\n{reply(1)}\necho > {said}"
    looking = asyncio.ensure_future(ping(fake_ping(script), count=1, timeout=timedelta(seconds=60)))
    await asyncio.to_thread(said.read_text)

    await let_pass(55)
    result = await looking

    assert result.failure is None
    assert result.timings.total_ms is not None
    assert result.timings.total_ms > 55_000


async def test_a_cancelled_look_ends_the_ping(fake_ping: MakePing, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    os.mkfifo(pid_file)
    looking = asyncio.ensure_future(ping(fake_ping(f"echo $$ > {pid_file}\nexec sleep 60")))
    pid = int(await asyncio.to_thread(pid_file.read_text))

    looking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await looking

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("script", ["echo 'ping: socktype: SOCK_RAW' >&2; exit 2", "exit 127"])
async def test_a_ping_without_permission_is_never_down(script: str, fake_ping: MakePing) -> None:
    result = await ping(fake_ping(script))

    assert result.failure is not None
    assert result.failure.reason is Reason.NO_PERMISSION
    assert result.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("mode", [0o644, None])
async def test_a_ping_that_cannot_be_run_leads_to_the_next_way(mode: int | None, tmp_path: Path) -> None:
    path = tmp_path / "ping"
    if mode:
        path.touch(mode)
    with refusing_port() as port:
        result = await ping(EchoWays(ping_path=str(path), tcp_ports=(port,)))

    assert result.failure is None
    assert result.facts.method == "tcp"


async def test_a_machine_with_nothing_cannot_tell() -> None:
    result = await ping(NOBODY)

    assert result.failure is not None
    assert result.failure.reason is Reason.TOOL_MISSING
    assert result.outcome is Outcome.UNKNOWN


async def test_an_open_port_is_a_sign_of_life() -> None:
    async with tcp_server(say()) as port:
        result = await ping(EchoWays(tcp_ports=(port,)))

    assert result.failure is None
    assert result.facts.method == "tcp"


async def test_silence_on_one_port_leads_to_the_next() -> None:
    with black_hole() as silent, refusing_port() as refusing:
        result = await ping(EchoWays(tcp_ports=(silent, refusing)), timeout=timedelta(seconds=0.4))

    assert result.failure is None


async def test_silence_on_all_ports_proves_nothing() -> None:
    with black_hole() as port:
        result = await ping(EchoWays(tcp_ports=(port,)), timeout=timedelta(seconds=0.2))

    assert result.failure is not None
    assert result.failure.reason is Reason.TOOL_MISSING
    assert result.outcome is Outcome.UNKNOWN


async def test_without_a_way_to_the_address_the_network_is_unreachable() -> None:
    # TCP to a multicast address is "network unreachable" on every Linux machine.
    result = await ping(EchoWays(), "224.0.0.1")

    assert result.failure is not None
    assert result.failure.reason is Reason.NETWORK_UNREACHABLE


@pytest.mark.parametrize("privileged", [True, False])
async def test_icmp_that_is_not_allowed_after_all_leads_to_the_next_way(privileged: bool) -> None:
    # Nobody may send to this address: it is the limited broadcast, for TCP "network unreachable".
    result = await ping(EchoWays(icmp=True, privileged=privileged), "255.255.255.255")

    assert result.failure is not None
    assert result.failure.reason is Reason.NETWORK_UNREACHABLE


def test_the_target_is_the_host() -> None:
    assert PingCheck(host="host.example").target == "host.example"
