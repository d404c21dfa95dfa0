"""Fetching documents: what comes back, and the limits that hold whatever a server does."""

import asyncio
import gzip

import pytest

from fakes.fair_loop import LoopClock
from manara.model import Failure, Reason
from manara.probes import Fetched, fetch
from manara.probes.fetching import MAX_REDIRECTS
from manara.probes.hosts import Hosts
from manara.probes.network import Network
from manara.probes.request import USER_AGENT
from manara.probes.resolver import Resolver
from manara.probes.trust import Trust
from servers.http_server import endless, http_server, raw, redirect, reply, tunnel
from servers.tls import Authority, make_authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


def network_of(authority: Authority, proxy: str = "") -> Network:
    return Network(Resolver((), Hosts.parse("127.0.0.1 status.example")), Trust(authority.ca_file), proxy)


@pytest.fixture(scope="module")
def network(authority: Authority) -> Network:
    return network_of(authority)


async def fetched(url: str, network: Network, *, limit: int = 1_000, within_s: float = 10, **headers: str):
    return await fetch(url, network, LoopClock(), limit=limit, within_s=within_s, headers=headers)


def reason_of(found: Fetched | Failure) -> Reason | None:
    return found.reason if isinstance(found, Failure) else None


async def test_an_answer_comes_with_its_status_and_headers(network):
    async with http_server(reply("hello", 404, [("ETag", '"a"')])) as server:
        found = await fetched(server.url(), network)

    assert isinstance(found, Fetched)
    assert (found.status, found.content, found.cut, found.headers["etag"]) == (404, b"hello", False, '"a"')


async def test_it_says_who_asks_and_sends_the_headers_given(network):
    async with http_server(reply()) as server:
        await fetched(server.url(), network, **{"If-None-Match": '"a"'})

    asked = server.asked[0]
    assert (asked.headers["user-agent"], asked.headers["if-none-match"]) == (USER_AGENT, '"a"')


async def test_a_name_is_asked_by_https_alone(network, authority):
    async with http_server(reply("secured"), tls=authority.server("status.example")) as server:
        good = await fetched(server.url(host="status.example"), network)
    async with http_server(reply("bare")) as server:
        bad = await fetched(server.url(host="status.example"), network)
        assert server.connections == 0

    assert isinstance(good, Fetched)
    assert good.content == b"secured"
    assert reason_of(bad) is Reason.UNUSABLE_REDIRECT


async def test_https_does_not_lead_to_http_on_this_computer(network, authority):
    async with http_server(reply("inside")) as inside:
        away = redirect(inside.url())
        async with http_server(away, tls=authority.server("status.example")) as server:
            found = await fetched(server.url(host="status.example"), network)

        assert inside.connections == 0
    assert reason_of(found) is Reason.UNUSABLE_REDIRECT


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "file:///etc/passwd", "", "https://", "nonsense", "http://[::1"])
async def test_what_is_no_web_address_is_not_asked(network, url):
    assert reason_of(await fetched(url, network)) is Reason.UNUSABLE_REDIRECT


async def test_a_url_without_end_is_not_asked(network):
    assert reason_of(await fetched("http://127.0.0.1/" + "a" * 3_000, network)) is Reason.UNUSABLE_REDIRECT


async def test_redirects_are_followed_up_to_a_limit(network):
    steps = {f"/{step}": redirect(f"/{step + 1}") for step in range(MAX_REDIRECTS + 1)}
    async with http_server({**steps, f"/{MAX_REDIRECTS + 1}": reply("there")}) as server:
        near = await fetched(server.url("/1"), network)
        far = await fetched(server.url("/0"), network)

    assert isinstance(near, Fetched)
    assert near.content == b"there"
    assert reason_of(far) is Reason.TOO_MANY_REDIRECTS


async def test_no_more_is_read_than_the_limit(network):
    async with http_server(endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000)) as server:
        found = await fetched(server.url(), network, limit=25_000)

    assert isinstance(found, Fetched)
    assert (len(found.content), found.cut) == (25_000, True)


async def test_a_compressed_answer_does_not_grow_beyond_the_limit(network):
    bomb = gzip.compress(bytes(50_000_000))
    async with http_server(reply(bomb, headers=[("Content-Encoding", "gzip")])) as server:
        found = await fetched(server.url(), network, limit=25_000)

    assert isinstance(found, Fetched)
    assert (len(found.content), found.cut) == (25_000, True)


async def test_what_cannot_be_decompressed_is_a_failure(network):
    async with http_server(reply("x", headers=[("Content-Encoding", "br")])) as server:
        assert reason_of(await fetched(server.url(), network)) is Reason.UNREADABLE_BODY


async def test_silence_ends_with_the_time_that_was_given(network):
    async with http_server(raw(b"", hang=True)) as server:
        assert reason_of(await fetched(server.url(), network, within_s=0.2)) is Reason.RESPONSE_TIMEOUT


async def test_garbage_is_a_failure(network):
    async with http_server(raw(b"\x00\xff" * 100)) as server:
        assert reason_of(await fetched(server.url(), network)) is Reason.HTTP_PROTOCOL


async def test_the_proxy_of_the_settings_is_used(authority):
    async with (
        http_server(tunnel) as proxy,
        http_server(reply("by proxy"), tls=authority.server("status.example")) as server,
    ):
        found = await fetched(server.url(host="status.example"), network_of(authority, proxy.url()))

    assert isinstance(found, Fetched)
    assert found.content == b"by proxy"
    assert proxy.asked[0].method == "CONNECT"


async def test_the_word_none_means_no_proxy(authority):
    async with http_server(reply("direct")) as server:
        found = await fetched(server.url(), network_of(authority, "none"))

    assert isinstance(found, Fetched)
    assert found.content == b"direct"


async def test_whoever_waits_can_stop_waiting(network):
    begun = asyncio.Event()

    async def answer(exchange):
        begun.set()
        await exchange.hang()

    async with http_server(answer) as server:
        asking = asyncio.create_task(fetched(server.url(), network))
        await begun.wait()
        asking.cancel()

        with pytest.raises(asyncio.CancelledError):
            await asking
