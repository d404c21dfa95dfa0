"""Asking a host for a sign of life, in three ways. A way that this machine does not allow gives None, not a failure."""

import asyncio
import contextlib
import os
import re
from dataclasses import dataclass

from icmplib import ICMPLibError, async_ping  # type: ignore[import-untyped]  # it carries no types

from manara.probes.dialer import connected_socket
from manara.probes.icmp import EchoWays

_PAUSE_S = 0.2
_MAX_WAIT_S = 2.0
_MAX_OUTPUT = 64 * 1024
# 64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.05 ms; other programs write `seq=1`, or `time<1 ms`.
_REPLY = re.compile(rb"seq=(\d+)[^\n]*?\btime[=<]([0-9]+(?:\.[0-9]+)?) ?ms")
_NO_ECHO_STATUS = 1


@dataclass(frozen=True, slots=True)
class Echoes:
    """What came back."""

    asked: int
    round_trips_ms: tuple[float, ...]


async def echo_by_icmp(address: str, count: int, budget_s: float, ways: EchoWays) -> Echoes | None:
    """Send echo requests over a socket of our own."""
    if not ways.icmp:
        return None
    pause_s = min(_PAUSE_S, budget_s / (4 * count))
    wait_s = min(_MAX_WAIT_S, budget_s / (2 * count))
    try:
        host = await async_ping(address, count, interval=pause_s, timeout=wait_s, privileged=ways.privileged)
    except ICMPLibError:
        return None
    if not host.packets_sent:
        return None
    # The library takes the times by the clock on the wall, which may be set back meanwhile.
    return Echoes(count, tuple(max(0.0, round_trip_ms) for round_trip_ms in host.rtts))


async def echo_by_ping(address: str, count: int, budget_s: float, ways: EchoWays) -> Echoes | None:
    """Let the system's `ping` do it; ended by force when the time is up, with what it has said until then."""
    if not ways.ping_path:
        return None
    wait_s = max(1, round(min(_MAX_WAIT_S, budget_s)))
    options = ("-n", "-c", str(count), "-i", str(_PAUSE_S), "-W", str(wait_s))
    try:
        output, status = await _run((ways.ping_path, *options, address), budget_s)
    except (FileNotFoundError, PermissionError):
        return None
    # Each reply counts once: a request may be answered twice.
    round_trips_ms = {number: float(time_ms) for number, time_ms in _REPLY.findall(output)}
    if not round_trips_ms and status > _NO_ECHO_STATUS:
        return None
    return Echoes(count, tuple(round_trips_ms.values())[:count])


async def echo_by_tcp(address: str, count: int, budget_s: float, ways: EchoWays) -> Echoes | None:  # noqa: ARG001 - one connection tells as much as several
    """Knock at well-known ports: a refusal is a sign of life, silence proves nothing."""
    loop = asyncio.get_running_loop()
    for port in ways.tcp_ports:
        started_s = loop.time()
        try:
            async with asyncio.timeout(budget_s / len(ways.tcp_ports)):
                sock = await connected_socket(address, port)
            sock.close()
        except TimeoutError:
            continue
        except (ConnectionRefusedError, ConnectionResetError):
            pass
        return Echoes(1, ((loop.time() - started_s) * 1000,))
    return None


class _Listener(asyncio.SubprocessProtocol):
    """Keeps what a program says."""

    def __init__(self) -> None:
        self.output = bytearray()
        self.said_enough = asyncio.Event()
        self.exited = asyncio.Event()

    def pipe_data_received(self, _fd: int, data: bytes) -> None:
        self.output += data
        if len(self.output) > _MAX_OUTPUT:
            self.said_enough.set()

    def process_exited(self) -> None:
        self.exited.set()

    def connection_lost(self, _error: Exception | None) -> None:
        self.said_enough.set()


async def _run(command: tuple[str, ...], budget_s: float) -> tuple[bytes, int]:
    """Return what a program says until it ends or must end, and its exit status, 0 when it was ended by us."""
    # Not with `asyncio.subprocess`: its streams wait for ever for a program that is ended while it floods.
    transport, listener = await asyncio.get_running_loop().subprocess_exec(
        _Listener,
        *command,
        env={**os.environ, "LC_ALL": "C"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(budget_s):
                await listener.said_enough.wait()
        status = transport.get_returncode() or 0
    finally:
        transport.close()
        await listener.exited.wait()
    return bytes(listener.output), status
