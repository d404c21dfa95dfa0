"""The `tcp` check: does a port take connections and, if wished, say what it should?"""

import re
from dataclasses import dataclass
from typing import ClassVar

from manara.model import Check, Failure, Reason, option
from manara.probes.accepts import usable_host
from manara.probes.content import PATTERN_LIMIT_S, is_found, usable_pattern
from manara.probes.dialer import Connection, connect
from manara.probes.network import Network
from manara.probes.resolver import Family
from manara.probes.sighting import Phase, Sighting

_MAX_REPLY = 64 * 1024
_MAX_SHOWN = 80
_ESCAPE = re.compile(rb"\\(?:x([0-9a-fA-F]{2})|(.?))", re.DOTALL)
_ESCAPED = {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"0": b"\0", b"\\": b"\\"}


def unescaped(text: str) -> bytes:
    r"""Return the bytes of a text in UTF-8 with `\r \n \t \0 \\ \xHH` replaced; raise `ValueError` on other escapes."""

    def meant(match: re.Match[bytes]) -> bytes:
        hexadecimal, letter = match.groups()
        if hexadecimal:
            return bytes.fromhex(hexadecimal.decode())
        if letter not in _ESCAPED:
            raise ValueError(r"a backslash must be followed by r, n, t, 0, xHH or another backslash")
        return _ESCAPED[letter]

    return _ESCAPE.sub(meant, text.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class TcpCheck(Check):
    """Connects to a port; may send a line and wait for the right answer."""

    type: ClassVar[str] = "tcp"

    host: str = option(help="Host name or address", accepts=usable_host)
    port: int = option(help="Port number", minimum=1, maximum=65_535)
    send: str = option(
        "",
        help=r"Text to send once connected; \r, \n, \t, \0, \xHH and \\ stand for special bytes",
        maximum=8_192,
        accepts=unescaped,
    )
    expect: str = option("", help="Text that the reply must contain", maximum=8_192)
    expect_regex: str = option(
        "", help="Regular expression that must match in the reply", maximum=1_000, accepts=usable_pattern, advanced=True
    )
    family: Family = option(Family.ANY, help="Which addresses to use: any, ipv4 or ipv6", advanced=True)

    @property
    def target(self) -> str:
        """Host and port."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


async def probe_tcp(check: TcpCheck, network: Network, sighting: Sighting) -> Failure | None:
    """Look once."""
    connection = await connect(network, check.host, check.port, sighting, family=check.family)
    try:
        with sighting.measure(Phase.REPLY):
            if check.send:
                connection.writer.write(unescaped(check.send))
                await connection.writer.drain()
            if check.expect or check.expect_regex:
                return await _judge_reply(check, connection)
    finally:
        connection.close()
    return None


async def _judge_reply(check: TcpCheck, connection: Connection) -> Failure | None:
    reply = bytearray()
    wanted, pattern = check.expect.encode(), check.expect_regex
    while len(reply) < _MAX_REPLY:
        chunk = await connection.reader.read(_MAX_REPLY - len(reply))
        if not chunk:
            break
        reply += chunk
        try:
            if wanted in reply and (not pattern or await is_found(pattern, reply.decode("utf-8", "replace"))):
                return None
        except TimeoutError:
            return Failure(Reason.RULE_TOO_SLOW, f"The pattern took longer than {PATTERN_LIMIT_S:g} s")
    if not reply:
        return Failure(Reason.CONNECTION_CLOSED, "The connection was closed without a word")
    return Failure(Reason.UNEXPECTED_REPLY, f"The reply begins with {_shown(reply)}")


def _shown(reply: bytearray) -> str:
    return repr(bytes(reply[:_MAX_SHOWN]).decode("utf-8", "replace"))
