"""The bad servers of the world, one after the other, in the clear and over TLS."""

import gzip
import ssl
import tracemalloc
from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.fair_loop import LoopClock
from manara.model import CheckResult, Clock, Reason, SystemClock
from manara.probes.border import LookFailed
from manara.probes.hosts import Hosts
from manara.probes.http import HttpCheck
from manara.probes.look import look
from manara.probes.network import Network
from manara.probes.resolver import Family, Resolver
from manara.probes.sighting import Phase, Sighting
from manara.probes.transport import MAX_HEAD_BYTES, Transport
from manara.probes.trust import Trust
from servers.http_server import (
    Answer,
    Exchange,
    HttpServer,
    drip,
    endless,
    http_server,
    raw,
    reply,
    tunnel,
)
from servers.tls import Authority, make_authority

HEAD = b"HTTP/1.1 200 OK\r\n"
BODY_OF_TEN = HEAD + b"Content-Length: 10\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def network(authority: Authority) -> Network:
    return Network(Resolver((), Hosts.parse("127.0.0.1 shop.example proxy.example")), Trust(authority.ca_file))


@pytest.fixture(params=["http", "https"])
def tls(request: pytest.FixtureRequest, authority: Authority) -> ssl.SSLContext | None:
    return authority.server("127.0.0.1") if request.param == "https" else None


async def looked(
    network: Network, url: str, *, timeout_s: float = 5.0, clock: Clock | None = None, **options: object
) -> CheckResult:
    check = HttpCheck(url=url, timeout=timedelta(seconds=timeout_s), **options)
    return await look(check, network, clock or LoopClock())


def reason_of(result: CheckResult) -> Reason | None:
    return result.failure.reason if result.failure else None


async def shut(exchange: Exchange) -> None:
    """Close the connection without a word."""


async def reset(exchange: Exchange) -> None:
    exchange.reset()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(shut, Reason.HTTP_CLOSED, id="closes without a word"),
        pytest.param(raw(HEAD + b"Server: x"), Reason.HTTP_CLOSED, id="closes within the head"),
        pytest.param(reset, Reason.CONNECTION_RESET, id="resets"),
        pytest.param(raw(BODY_OF_TEN + b"12345"), Reason.INCOMPLETE_BODY, id="shorter than announced"),
        pytest.param(raw(CHUNKED + b"5\r\n123"), Reason.INCOMPLETE_BODY, id="closes within a chunk"),
        pytest.param(raw(CHUNKED + b"5\r\n12345\r\n"), Reason.INCOMPLETE_BODY, id="closes before the last chunk"),
        pytest.param(raw(CHUNKED + b"five\r\n12345\r\n"), Reason.HTTP_PROTOCOL, id="garbage in the place of a chunk"),
        pytest.param(raw(b"\x00\xff\x16garbage\r\n\r\n" * 100), Reason.HTTP_PROTOCOL, id="garbage"),
        pytest.param(raw(b"<html>Hello</html>"), Reason.HTTP_PROTOCOL, id="HTTP/0.9"),
        pytest.param(raw(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00"), Reason.HTTP_PROTOCOL, id="HTTP/2"),
        pytest.param(raw(b"SSH-2.0-OpenSSH_9.2\r\n", hang=True), Reason.HTTP_PROTOCOL, id="SSH"),
        pytest.param(raw(b"HTTP/1.1 2OO OK\r\n\r\n"), Reason.HTTP_PROTOCOL, id="no status"),
        pytest.param(raw(b"HTTP/1.1 099 OK\r\n\r\n"), Reason.HTTP_PROTOCOL, id="impossible status"),
        pytest.param(raw(b"HTTP/1.1 101 OK\r\n\r\n", hang=True), Reason.HTTP_PROTOCOL, id="switches protocols unasked"),
        pytest.param(raw(HEAD + b"No colon\r\n\r\n"), Reason.HTTP_PROTOCOL, id="header without colon"),
        pytest.param(raw(HEAD + b"Content-Length: -1\r\n\r\n"), Reason.HTTP_PROTOCOL, id="negative length"),
        pytest.param(
            raw(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n12"), Reason.HTTP_PROTOCOL, id="two lengths"
        ),
        pytest.param(endless(b"HTTP/1.1 200 ", b"O" * 8192), Reason.HTTP_PROTOCOL, id="endless status line"),
        pytest.param(endless(HEAD + b"X: ", b"x" * 8192), Reason.HTTP_PROTOCOL, id="endless header"),
        pytest.param(endless(HEAD, b"X-Header: x\r\n" * 500), Reason.HTTP_PROTOCOL, id="endless headers"),
        pytest.param(endless(b"", b"HTTP/1.1 103 Hints\r\n\r\n" * 100), Reason.HTTP_PROTOCOL, id="endless hints"),
        pytest.param(endless(b"", b"\xff" * 8192), Reason.HTTP_PROTOCOL, id="endless garbage"),
    ],
)
async def test_every_way_to_misbehave_is_told_apart(
    network: Network, tls: ssl.SSLContext | None, answer: Answer, reason: Reason
) -> None:
    async with http_server(answer, tls) as server:
        result = await looked(network, server.url())

    assert reason_of(result) is reason
    assert result.address == "127.0.0.1"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(raw(BODY_OF_TEN + b"1234567890 and more than was announced"), id="longer than announced"),
        pytest.param(raw(HEAD + b"\r\nuntil the end"), id="ends with the connection"),
        pytest.param(raw(b"HTTP/1.0 200 OK\r\n\r\nold"), id="HTTP/1.0"),
        pytest.param(raw(CHUNKED + b"2\r\nok\r\n0\r\nTrailer: x\r\n\r\n"), id="chunks and a trailer"),
        pytest.param(raw(b"HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" * 3 + BODY_OF_TEN + b"1234567890"), id="hints"),
        pytest.param(raw(HEAD + "Server: منارة\r\nX: café\r\n\r\nok".encode()), id="headers beyond ASCII"),
        pytest.param(raw(HEAD + b"Server: caf\xe9\r\nContent-Type: ;;=\xff\r\n\r\nok"), id="headers in Latin-1"),
        pytest.param(reply(headers=[("X", "x" * (MAX_HEAD_BYTES - 200))]), id="large head"),
    ],
)
async def test_what_is_odd_but_allowed_is_good(network: Network, tls: ssl.SSLContext | None, answer: Answer) -> None:
    async with http_server(answer, tls) as server:
        result = await looked(network, server.url(), lacks="Error")

    assert result.failure is None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(raw(b"", hang=True), Reason.RESPONSE_TIMEOUT, id="hangs before the answer"),
        pytest.param(raw(HEAD + b"Server: x", hang=True), Reason.RESPONSE_TIMEOUT, id="hangs within the head"),
        pytest.param(raw(BODY_OF_TEN + b"12345", hang=True), Reason.BODY_TIMEOUT, id="hangs within the body"),
        pytest.param(drip(HEAD + b"X: x\r\n" * 10_000, 0.02), Reason.RESPONSE_TIMEOUT, id="drips the head"),
        pytest.param(drip(HEAD + b"\r\n" + b"x" * 10_000, 0.002), Reason.BODY_TIMEOUT, id="drips the body"),
    ],
)
async def test_the_deadline_holds_at_every_stage_and_names_it(network: Network, answer: Answer, reason: Reason) -> None:
    async with http_server(answer) as server:
        result = await looked(network, server.url(), timeout_s=0.4)

    assert reason_of(result) is reason
    assert result.timings.total_ms is not None
    assert 390 <= result.timings.total_ms < 3_000


async def test_the_deadline_holds_over_tls_too(network: Network, authority: Authority) -> None:
    async with http_server(raw(b"", hang=True), authority.server("127.0.0.1")) as server:
        result = await looked(network, server.url(), timeout_s=1.0)

    assert reason_of(result) is Reason.RESPONSE_TIMEOUT


async def test_a_server_that_takes_no_handshake_is_named_so(network: Network) -> None:
    async with http_server(reply()) as server:
        result = await looked(network, server.url().replace("http", "https"), timeout_s=0.4)

    assert reason_of(result) in (Reason.TLS_TIMEOUT, Reason.TLS_PROTOCOL, Reason.TLS_CLOSED)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(HEAD.__add__))
async def test_no_bytes_lead_to_an_error_of_the_program(network: Network, answer: bytes) -> None:
    async with http_server(raw(answer)) as server:
        result = await looked(network, server.url(), contains="nowhere")

    assert reason_of(result) not in (None, Reason.INTERNAL_ERROR)


async def test_a_reset_within_the_body_is_no_short_body(network: Network) -> None:
    async with http_server(raw(BODY_OF_TEN + b"12345", reset=True)) as server:
        result = await looked(network, server.url())

    assert reason_of(result) is Reason.CONNECTION_RESET


BOMB = gzip.compress(bytes(50_000_000))


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(BOMB, headers=[("Content-Encoding", "gzip")]), id="bomb"),
        pytest.param(endless(HEAD + b"\r\n", b"x" * 16_384), id="endless body"),
        pytest.param(endless(CHUNKED, b"1\r\nx\r\n" * 1_000), id="endless crumbs"),
        pytest.param(endless(HEAD + b"X: ", b"x" * 16_384), id="endless header"),
        pytest.param(endless(b"", b"HTTP/1.1 103 Hints\r\n\r\n" * 500), id="endless hints"),
    ],
)
async def test_no_answer_takes_more_memory_than_the_limit_allows(network: Network, answer: Answer) -> None:
    async with http_server(answer) as server:
        tracemalloc.start()
        result = await looked(network, server.url(), contains="nowhere", read_limit=20_000)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    # On a busy machine, many crumbs can take longer than the look may.
    assert reason_of(result) in (Reason.TEXT_MISSING, Reason.HTTP_PROTOCOL, Reason.BODY_TIMEOUT)
    assert peak < 2_000_000


async def test_the_connection_is_dropped_after_the_answer_and_never_used_again(
    network: Network, tls: ssl.SSLContext | None
) -> None:
    dropped = 0

    async def answer(exchange: Exchange) -> None:
        nonlocal dropped
        await exchange.send(BODY_OF_TEN + b"1234567890")
        await exchange.hang()
        dropped += 1

    async with http_server(answer, tls) as server:
        for _ in range(3):
            await looked(network, server.url())
            while server.ended < server.connections:
                await server.one_ended()

    assert (server.connections, dropped) == (3, 3)


async def test_each_phase_is_timed(network: Network, authority: Authority) -> None:
    async with http_server(reply(), authority.server("shop.example")) as server:
        result = await looked(network, server.url(host="shop.example"), clock=SystemClock())

    assert result.failure is None
    timings = result.timings
    assert None not in (timings.dns_ms, timings.connect_ms, timings.tls_ms, timings.first_byte_ms)
    assert timings.total_ms > timings.connect_ms + timings.tls_ms + timings.first_byte_ms
    assert result.facts.tls_version.startswith("TLSv1.")


async def test_the_chosen_family_of_addresses_is_used(network: Network) -> None:
    async with http_server(reply()) as server:
        result = await looked(network, server.url(), family=Family.IPV6)

    assert reason_of(result) is Reason.NO_ADDRESSES
    assert server.connections == 0


# Through a proxy.


def proxy_url(proxy: HttpServer) -> str:
    return proxy.url("", host="me:p%40ss@proxy.example")


async def test_an_http_url_is_asked_of_the_proxy(network: Network) -> None:
    async with http_server(reply("through the proxy")) as proxy:
        result = await looked(network, "http://nowhere.example/path?q=1", proxy=proxy_url(proxy), contains="through")

    assert result.failure is None
    assert proxy.asked[0].target == "http://nowhere.example/path?q=1"
    assert proxy.asked[0].headers["host"] == "nowhere.example"
    assert proxy.asked[0].headers["proxy-authorization"] == "Basic bWU6cEBzcw=="


async def test_an_https_url_is_reached_through_a_tunnel(network: Network, authority: Authority) -> None:
    async with http_server(reply(), authority.server("nowhere.example")) as server, http_server(tunnel) as proxy:
        result = await looked(network, server.url(host="nowhere.example"), proxy=proxy_url(proxy))

    assert result.failure is None
    assert result.facts.certificate.names == ("nowhere.example",)
    assert result.timings.tls_ms is not None
    # The address of the proxy would pass for that of the service.
    assert result.address is None
    assert (proxy.asked[0].method, proxy.asked[0].target) == ("CONNECT", f"nowhere.example:{server.port}")
    assert proxy.asked[0].headers["proxy-authorization"] == "Basic bWU6cEBzcw=="
    assert "proxy-authorization" not in server.asked[0].headers


async def test_the_certificate_behind_a_proxy_is_that_of_the_service(network: Network, authority: Authority) -> None:
    async with http_server(reply(), authority.expired("nowhere.example")) as server, http_server(tunnel) as proxy:
        result = await looked(network, server.url(host="nowhere.example"), proxy=proxy.url(""))

    assert reason_of(result) is Reason.CERTIFICATE_EXPIRED


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(status=407), id="wants a sign-in"),
        pytest.param(reply(status=502), id="cannot"),
        pytest.param(shut, id="closes"),
        pytest.param(raw(b"garbage"), id="garbage"),
        pytest.param(reset, id="resets"),
        pytest.param(raw(HEAD + b"\r\nsomething before the handshake"), id="talks too much"),
    ],
)
async def test_a_proxy_that_fails_says_nothing_about_the_service(network: Network, answer: Answer) -> None:
    async with http_server(answer) as proxy:
        result = await looked(network, "https://nowhere.example/", proxy=proxy_url(proxy))

    assert reason_of(result) is Reason.PROXY_FAILED
    assert "p@ss" not in repr(result)


async def test_a_proxy_that_wants_a_sign_in_for_http_fails_too(network: Network) -> None:
    async with http_server(reply(status=407)) as proxy:
        result = await looked(network, "http://nowhere.example/", proxy=proxy.url(""))

    assert reason_of(result) is Reason.PROXY_FAILED


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
async def test_a_proxy_that_is_not_there_fails_too(network: Network, host: str) -> None:
    async with http_server(reply()) as gone:
        pass

    result = await looked(network, "http://nowhere.example/", proxy=gone.url("", host=host))

    assert reason_of(result) is Reason.PROXY_FAILED


async def test_a_proxy_that_hangs_fails_by_the_deadline(network: Network) -> None:
    async with http_server(raw(b"", hang=True)) as proxy:
        result = await looked(network, "https://nowhere.example/", proxy=proxy.url(""), timeout_s=0.4)

    assert reason_of(result) is Reason.PROXY_FAILED


async def test_an_ipv6_literal_is_bracketed_for_the_proxy(network: Network) -> None:
    async with http_server(reply(status=502)) as proxy:
        await looked(network, "https://[2001:db8::1]/", proxy=proxy.url(""))

    assert proxy.asked[0].target == "[2001:db8::1]:443"


async def test_the_word_none_keeps_the_proxy_of_the_settings_out(network: Network) -> None:
    async with http_server(reply()) as server, http_server(reply(status=502)) as proxy:
        proxied = Network(network.resolver, network.trust, proxy.url(""))
        direct = await looked(proxied, server.url(), proxy="none")
        through = await looked(proxied, server.url())

    assert direct.failure is None
    assert reason_of(through) is Reason.SERVER_ERROR
    assert len(server.asked) == 1


# On its own.


def transport_of(network: Network, sighting: Sighting) -> Transport:
    return Transport(network, sighting, lambda _host: network.trust.context())


async def test_it_serves_any_client_of_httpx(network: Network) -> None:
    sighting = Sighting(LoopClock())

    async with (
        http_server(reply("hello")) as server,
        httpx.AsyncClient(transport=transport_of(network, sighting), trust_env=False) as client,
    ):
        answers = [(await client.get(server.url())).text for _ in range(2)]

    assert answers == ["hello", "hello"]
    assert server.connections == 2
    assert sighting.phase is Phase.FIRST_BYTE


async def test_a_request_body_in_pieces_is_sent_whole(network: Network) -> None:
    async def pieces():
        yield b"one "
        yield b"two"

    request = httpx.Request("POST", "http://x/", content=pieces(), headers={"Content-Length": "7"})
    async with http_server(reply()) as server:
        request.url = httpx.URL(server.url())
        answer = await transport_of(network, Sighting(LoopClock())).handle_async_request(request)
        await answer.aclose()

    assert server.asked[0].body == b"one two"


async def test_a_failure_drops_the_connection(network: Network) -> None:
    async with http_server(raw(b"garbage", hang=True)) as server:
        with pytest.raises(LookFailed):
            await transport_of(network, Sighting(LoopClock())).handle_async_request(httpx.Request("GET", server.url()))
        while not server.ended:
            await server.one_ended()

    assert server.ended == 1
