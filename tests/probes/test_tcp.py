"""The tcp check against servers that behave, and others."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.fair_loop import LoopClock
from fakes.resolver import make_network
from manara.model import CheckResult, Reason
from manara.probes.look import look
from manara.probes.tcp import TcpCheck, unescaped
from servers.tcp_server import Talk, black_hole, drip, echo, flood, refusing_port, reset, say, say_and_close, tcp_server


async def look_at(talk: Talk, **options: object) -> CheckResult:
    """Look once at a server of that behaviour."""
    async with tcp_server(talk) as port:
        check = TcpCheck(host="mail.example", port=port, **options)
        return await look(check, make_network(), LoopClock())


async def test_a_port_that_takes_connections_is_good() -> None:
    result = await look_at(say())

    assert result.failure is None
    assert result.address == "127.0.0.1"


async def test_a_port_that_refuses_is_not() -> None:
    with refusing_port() as port:
        result = await look(TcpCheck(host="mail.example", port=port), make_network(), LoopClock())

    assert result.failure is not None
    assert result.failure.reason is Reason.CONNECTION_REFUSED


async def test_a_port_that_is_silent_ends_at_the_deadline() -> None:
    with black_hole() as port:
        check = TcpCheck(host="mail.example", port=port, timeout=timedelta(seconds=0.1))
        result = await look(check, make_network(), LoopClock())

    assert result.failure is not None
    assert result.failure.reason is Reason.CONNECT_TIMEOUT
    assert result.address == "127.0.0.1"


@pytest.mark.parametrize(
    "options",
    [
        {"expect": "ESMTP"},
        {"expect_regex": r"^220 .* ESMTP"},
        {"expect": "220", "expect_regex": "ESMTP"},
    ],
)
async def test_a_wanted_greeting_is_good(options: dict[str, str]) -> None:
    result = await look_at(say(b"220 mail.exam", b"ple ESMTP\r\n"), **options)

    assert result.failure is None


async def test_a_line_is_sent_and_its_answer_is_awaited() -> None:
    result = await look_at(echo, send=r"PING\r\n", expect_regex=r"^PING\r\n$")

    assert result.failure is None


async def test_a_line_may_be_sent_without_an_answer() -> None:
    assert (await look_at(say(), send="hello")).failure is None


async def test_another_greeting_is_unexpected_and_shown() -> None:
    result = await look_at(say_and_close(b"554 go away\r\n"), expect="220")

    assert result.failure is not None
    assert result.failure.reason is Reason.UNEXPECTED_REPLY
    assert result.failure.detail == "The reply begins with '554 go away\\r\\n'"


async def test_both_wishes_must_be_fulfilled() -> None:
    result = await look_at(say_and_close(b"220 hello"), expect="220", expect_regex="ESMTP")

    assert result.failure is not None
    assert result.failure.reason is Reason.UNEXPECTED_REPLY


async def test_a_peer_that_closes_without_a_word_is_named_so() -> None:
    result = await look_at(say_and_close(), expect="220")

    assert result.failure is not None
    assert result.failure.reason is Reason.CONNECTION_CLOSED


async def test_a_peer_that_resets_is_named_so() -> None:
    result = await look_at(reset, expect="220")

    assert result.failure is not None
    assert result.failure.reason is Reason.CONNECTION_RESET


@pytest.mark.parametrize("talk", [drip, say(b"22")], ids=["one byte after the other", "half a word"])
async def test_a_peer_that_never_comes_to_the_point_ends_at_the_deadline(talk: Talk) -> None:
    result = await look_at(talk, expect="220", timeout=timedelta(seconds=0.15))

    assert result.failure is not None
    assert result.failure.reason is Reason.REPLY_TIMEOUT


async def test_an_endless_reply_is_read_to_the_limit_only() -> None:
    result = await look_at(flood, expect="220")

    assert result.failure is not None
    assert result.failure.reason is Reason.UNEXPECTED_REPLY
    assert len(result.failure.detail) < 200


async def test_a_pattern_that_a_reply_keeps_busy_is_given_up() -> None:
    result = await look_at(say(b"a" * 5_000), expect_regex=r"^(a|aa|a?a)+$(?<=b)")

    assert result.failure is not None
    assert result.failure.reason is Reason.RULE_TOO_SLOW


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", b""),
        ("plain", b"plain"),
        (r"a\r\n\t\0\\n", b"a\r\n\t\0\\n"),
        (r"\xff\x00", b"\xff\x00"),
        ("ü", b"\xc3\xbc"),
    ],
)
def test_escapes_stand_for_bytes(text: str, data: bytes) -> None:
    assert unescaped(text) == data


@pytest.mark.parametrize("text", ["\\", r"\q", r"\x1", "end\\", "\\\n"])
def test_other_escapes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="backslash"):
        unescaped(text)


@given(st.binary(max_size=50))
def test_any_bytes_can_be_written_with_escapes(data: bytes) -> None:
    assert unescaped("".join(f"\\x{byte:02x}" for byte in data)) == data


def test_the_target_is_what_people_write() -> None:
    assert TcpCheck(host="mail.example", port=25).target == "mail.example:25"
    assert TcpCheck(host="::1", port=25).target == "[::1]:25"


async def test_a_cancelled_look_leaves_nothing_open() -> None:
    connected = asyncio.Event()
    closed = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        connected.set()
        await reader.read()
        closed.set()

    async with tcp_server(talk) as port:
        check = TcpCheck(host="mail.example", port=port, expect="220")
        looking = asyncio.ensure_future(look(check, make_network(), LoopClock()))
        await connected.wait()
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking
        await asyncio.wait_for(closed.wait(), 5)

    assert looking.cancelled()
