"""Counts what leaves a network: questions to name servers and connections, packet by packet.

`python -m bench.wire` listens in the network in which it runs, and says what it counted whenever it reads a line.
"""

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from ipaddress import ip_address
from selectors import EVENT_READ, DefaultSelector
from typing import Any

from lab.laboratory import APP, TESTS, Laboratory

SOA = 6

_ALL_PROTOCOLS = 3
_ETHERNET, _IPV6_HEAD, _UDP_HEAD, _DNS_HEAD = 14, 40, 8, 12
_IPV4, _IPV6 = b"\x08\x00", b"\x86\xdd"
_UDP, _TCP = 17, 6
_SYN, _SYN_AND_ACK = 0x02, 0x12
_NAMES = 53
_RECURSION = 0x01
_UNCHECKED = 0x10


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a name server gets it."""

    server: str
    name: str
    kind: int
    """The number of the record type."""
    recursion: bool
    unchecked: bool


@dataclass(frozen=True, slots=True)
class Traffic:
    """What has left a network, and how often."""

    questions: Counter[Question]
    connections: Counter[str]
    """Begun, by the address that they went to."""

    def __sub__(self, before: "Traffic") -> "Traffic":
        return Traffic(self.questions - before.questions, self.connections - before.connections)


class Wire:
    """Listens in the home of a laboratory, which ends it."""

    def __init__(self, lab: Laboratory) -> None:
        command = lab.networks.home_command(sys.executable, "-m", "bench.wire")
        environment = {**os.environ, "PYTHONPATH": f"{APP}:{TESTS}"}
        process = lab.processes.start(command, environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        self._into, self._from = process.stdin, process.stdout
        self._from.readline()

    def traffic(self) -> Traffic:
        """Return what has been counted since the beginning; it blocks for some milliseconds."""
        self._into.write(b"\n")
        self._into.flush()
        told = json.loads(self._from.readline())
        return Traffic(
            Counter({Question(*asked): times for *asked, times in told["questions"]}), Counter(told["connections"])
        )


class _Counts:
    def __init__(self) -> None:
        self._questions: Counter[tuple[bytes, bytes, bytes]] = Counter()
        self._connections: Counter[bytes] = Counter()

    def take(self, frame: bytes) -> None:
        kind = frame[12:_ETHERNET]
        if kind == _IPV4:
            head, protocol, to = (frame[_ETHERNET] & 0x0F) * 4, frame[_ETHERNET + 9], frame[30:34]
        elif kind == _IPV6:
            head, protocol, to = _IPV6_HEAD, frame[_ETHERNET + 6], frame[38:54]
        else:
            return
        inside = frame[_ETHERNET + head :]
        port = int.from_bytes(inside[2:4], "big")
        if protocol == _UDP and port == _NAMES:
            self._question(to, inside[_UDP_HEAD:])
        elif protocol == _TCP and inside[13] & _SYN_AND_ACK == _SYN:
            self._connections[to] += 1

    def _question(self, to: bytes, message: bytes) -> None:
        end = message.index(b"\0", _DNS_HEAD)
        self._questions[to, message[2:4], message[_DNS_HEAD : end + 3].lower()] += 1

    def told(self) -> dict[str, Any]:
        return {
            "questions": [
                (
                    str(ip_address(to)),
                    _text(question[:-2]),
                    int.from_bytes(question[-2:], "big"),
                    bool(flags[0] & _RECURSION),
                    bool(flags[1] & _UNCHECKED),
                    times,
                )
                for (to, flags, question), times in self._questions.items()
            ],
            "connections": {str(ip_address(to)): times for to, times in self._connections.items()},
        }


def _text(labels: bytes) -> str:
    parts = []
    while labels and labels[0]:
        parts.append(labels[1 : labels[0] + 1].decode("ascii", "replace"))
        labels = labels[labels[0] + 1 :]
    return ".".join(parts)


def main() -> None:
    """Count, and tell."""
    counts = _Counts()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL_PROTOCOLS)) as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 2**20)
        wire.setblocking(False)
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for this
        with DefaultSelector() as sources:
            sources.register(wire, EVENT_READ)
            sources.register(sys.stdin, EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in sources.select()}
                if wire in ready:
                    _drain(wire, counts)
                if sys.stdin in ready:
                    if not sys.stdin.readline():
                        return
                    print(json.dumps(counts.told()), flush=True)  # noqa: T201 - what it was asked for


def _drain(wire: socket.socket, counts: _Counts) -> None:
    while True:
        try:
            frame, address = wire.recvfrom(65_535)
        except BlockingIOError:
            return
        if address[2] == socket.PACKET_OUTGOING and address[0] != "lo":
            counts.take(frame)


if __name__ == "__main__":
    main()
