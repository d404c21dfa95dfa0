"""Whether an X server lets us in: the first message of a client and what is answered, and nothing else of X11.

Sources: X Window System Protocol, chapter 8, for the messages; Xau(3) for the file of cookies; libxcb's `xcb_auth.c`
and `xcb_util.c`, which Qt uses, for where a server is and which cookie it is shown.
"""

import ipaddress
import os
import socket
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from manara.wording import one_line

CONNECT_WITHIN_S = 3.0
ANSWER_WITHIN_S = 10.0
"""The other end of a tunnel may be far away."""
_PORT = 6000
_MAGIC_COOKIE = b"MIT-MAGIC-COOKIE-1"
_FAILED = 0
_IPV4 = 4
_LARGEST_FILE = 1_000_000


class Refused(Exception):  # noqa: N818 - an answer of the server
    """The server is there and lets us not in; the reason is its own text, on one line, perhaps empty."""


class _Family(IntEnum):
    INTERNET = 0
    INTERNET_6 = 6
    LOCAL = 256
    WILD = 65535


@dataclass(frozen=True, slots=True)
class Display:
    """Where an X server is."""

    host: str
    """Empty for a socket of this machine; a path if that is where it is."""
    number: int


def display_of(name: str) -> Display | None:
    """Read the variable DISPLAY: `:0`, `:0.0`, `unix:0`, `host:10`, `tcp/host:0`, `[::1]:0`, `/path:0`."""
    place, _, number = name.removeprefix("unix:" if name.startswith("unix:/") else "").rpartition(":")
    number = number.partition(".")[0]
    if not number.isdecimal():
        return None
    if not place.startswith("/"):
        protocol, _, host = place.rpartition("/")
        place = "" if "unix" in (protocol, host) else host.strip("[]")
    return Display(place, int(number))


def connect(display: Display) -> socket.socket:
    """Connect the ways that X clients have: an abstract socket, one in a folder, or TCP; raises `OSError`."""
    if display.host and not display.host.startswith("/"):
        return socket.create_connection((display.host, _PORT + display.number), CONNECT_WITHIN_S)
    usual = f"/tmp/.X11-unix/X{display.number}"  # noqa: S108 - where X servers listen
    paths = [f"{display.host}:{display.number}", display.host] if display.host else [f"\0{usual}", usual]
    try:
        return _connect_to(paths[0])
    except OSError:
        return _connect_to(paths[1])


def be_let_in(client: socket.socket, display: Display, environment: Mapping[str, str]) -> None:
    """Say what every client says first; raises `Refused`, or `OSError` where no answer comes."""
    known = dict(reversed(_authorisations(client, display, environment)))
    if known and _MAGIC_COOKIE not in known:
        # A way to prove who we are that only libxcb knows; Qt will see.
        return
    name, cookie = (_MAGIC_COOKIE, known[_MAGIC_COOKIE]) if known else (b"", b"")
    lengths = struct.pack("<cxHHHHxx", b"l", 11, 0, len(name), len(cookie))
    client.settimeout(ANSWER_WITHIN_S)
    client.sendall(lengths + _padded(name) + _padded(cookie))
    answer = _read(client, 8)
    if answer[0] == _FAILED:
        reason = _read(client, answer[1]).decode("latin-1")
        raise Refused(one_line(reason))


def known_as(family: int, peer: Any) -> tuple[int, bytes]:
    """Return under which family and address a server stands in the file; this machine stands there by its name."""
    if family != socket.AF_UNIX:
        address = ipaddress.ip_address(peer[0].partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        if not address.is_loopback:
            return (_Family.INTERNET if address.version == _IPV4 else _Family.INTERNET_6), address.packed
    return _Family.LOCAL, os.fsencode(socket.gethostname())


def _connect_to(path: str) -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(CONNECT_WITHIN_S)
    try:
        client.connect(path)
    except OSError:
        client.close()
        raise
    return client


def _read(client: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = client.recv(count - len(data))
        if not more:
            raise ConnectionResetError
        data += more
    return data


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _authorisations(
    client: socket.socket, display: Display, environment: Mapping[str, str]
) -> list[tuple[bytes, bytes]]:
    """Return names and secrets of what the user's file has for this server."""
    family, address = known_as(client.family, client.getpeername())
    number = str(display.number).encode()
    return [
        (name, secret)
        for its_family, its_address, its_number, name, secret in _entries(_cookies(environment))
        if (its_family == _Family.WILD or (its_family, its_address) == (family, address))
        and its_number in (b"", number)
    ]


def _cookies(environment: Mapping[str, str]) -> bytes:
    path = environment.get("XAUTHORITY") or Path(environment.get("HOME", "/"), ".Xauthority")
    try:
        with Path(path).open("rb") as file:
            return file.read(_LARGEST_FILE)
    except OSError:
        return b""


def _entries(data: bytes) -> Iterator[tuple[int, bytes, bytes, bytes, bytes]]:
    """Read family, address, number, name and secret of each entry, up to the first that makes no sense."""
    place = 0
    while place + 2 <= len(data):
        (family,) = struct.unpack_from(">H", data, place)
        place += 2
        fields = []
        for _ in range(4):
            length = int.from_bytes(data[place : place + 2], "big")
            fields.append(data[place + 2 : place + 2 + length])
            place += 2 + length
        if place > len(data):
            return
        address, number, name, secret = fields
        yield family, address, number, name, secret
