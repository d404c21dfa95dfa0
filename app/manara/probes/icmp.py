"""How this machine may send echo requests; found out once, since a desktop program often may not."""

import shutil
import socket
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EchoWays:
    """The ways to ask a host for a sign of life that this machine allows, best first."""

    icmp: bool = False
    """ICMP sockets of our own."""
    privileged: bool = False
    """They are raw sockets, as for root, rather than those that Linux gives to groups of users."""
    ping_path: str = ""
    """The system's `ping`; empty when there is none."""
    tcp_ports: tuple[int, ...] = (443, 80)
    """Where a TCP connection is tried when nothing else is possible; a refusal is a sign of life too."""


def detect_echo_ways() -> EchoWays:
    """Find out what this machine allows, without sending anything."""
    unprivileged = _may_open(socket.SOCK_DGRAM)
    privileged = not unprivileged and _may_open(socket.SOCK_RAW)
    return EchoWays(unprivileged or privileged, privileged, shutil.which("ping") or "")


def _may_open(kind: socket.SocketKind) -> bool:
    try:
        socket.socket(socket.AF_INET, kind, socket.IPPROTO_ICMP).close()
    except OSError:
        return False
    return True
