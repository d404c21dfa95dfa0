from datetime import timedelta

import pytest

from fakes.fair_loop import LoopClock
from manara.model import CheckResult, Failure, Reason
from manara.probes.hosts import Hosts
from manara.probes.http import HttpCheck
from manara.probes.look import look
from manara.probes.network import Network
from manara.probes.resolver import Resolver
from manara.probes.trust import Trust
from servers.http_server import Exchange, http_server, redirect, reply


@pytest.fixture
def network() -> Network:
    return Network(Resolver((), Hosts.parse("127.0.0.1 shop.example other.example")), Trust())


async def looked(network: Network, url: str, **options: object) -> CheckResult:
    return await look(HttpCheck(url=url, timeout=timedelta(seconds=5), **options), network, LoopClock())


def reason_of(result: CheckResult) -> Reason | None:
    return result.failure.reason if result.failure else None


async def test_the_last_answer_of_a_chain_is_judged_and_the_way_is_noted(network: Network) -> None:
    answers = {"/": redirect("/a"), "/a": redirect("b?q=1", 307), "/b": reply("here", 404)}

    async with http_server(answers) as server:
        result = await looked(network, server.url())

    assert reason_of(result) is Reason.NOT_FOUND
    assert result.facts.redirects == (server.url("/a"), server.url("/b?q=1"))
    assert result.facts.http_status == 404
    assert server.connections == 3


async def test_the_phases_of_a_chain_add_up(network: Network) -> None:
    async with http_server({"/": redirect("/a"), "/a": reply()}) as server:
        result = await looked(network, server.url())

    assert result.timings.total_ms >= result.timings.connect_ms + result.timings.first_byte_ms


async def test_a_redirect_that_is_not_followed_is_good(network: Network) -> None:
    async with http_server({"/": redirect("/a")}) as server:
        result = await looked(network, server.url(), follow_redirects=False)

    assert result.failure is None
    assert (result.facts.http_status, result.facts.redirects, server.connections) == (302, (), 1)


async def test_a_redirect_that_leads_nowhere_is_judged_by_its_status(network: Network) -> None:
    async with http_server(reply(status=302)) as server:
        result = await looked(network, server.url(), accept=("200",))

    assert reason_of(result) is Reason.UNEXPECTED_STATUS


async def test_a_hundred_redirects_are_too_many(network: Network) -> None:
    async with http_server({f"/{n}": redirect(f"/{n + 1}") for n in range(100)}) as server:
        result = await looked(network, server.url("/0"))

    assert result.failure == Failure(Reason.TOO_MANY_REDIRECTS, "Gave up after 5 redirects")
    assert server.connections == 6
    assert len(result.facts.redirects) == 5


async def test_as_many_redirects_as_allowed_are_followed(network: Network) -> None:
    answers = {"/0": redirect("/1"), "/1": redirect("/2"), "/2": reply()}

    async with http_server(answers) as server:
        enough = await looked(network, server.url("/0"), max_redirects=2)
        too_few = await looked(network, server.url("/0"), max_redirects=1)

    assert enough.failure is None
    assert reason_of(too_few) is Reason.TOO_MANY_REDIRECTS


@pytest.mark.parametrize(
    "answers",
    [{"/": redirect("/")}, {"/": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/a#again")}],
    ids=["itself", "circle"],
)
async def test_a_circle_is_noticed_before_it_is_gone_round_twice(network: Network, answers: dict) -> None:
    async with http_server(answers) as server:
        result = await looked(network, server.url(), max_redirects=20)

    assert reason_of(result) is Reason.REDIRECT_LOOP
    assert server.connections == len(answers)


async def test_a_page_may_set_a_cookie_and_lead_back_to_itself(network: Network) -> None:
    async def answer(exchange: Exchange) -> None:
        known = exchange.asked.headers.get("cookie") == "seen=yes"
        await (reply() if known else redirect("/", headers=[("Set-Cookie", "seen=yes")]))(exchange)

    async with http_server(answer) as server:
        result = await looked(network, server.url())

    assert result.failure is None
    assert server.connections == 2


async def test_cookies_last_for_the_whole_chain_and_no_longer(network: Network) -> None:
    answers = {"/": redirect("/a", headers=[("Set-Cookie", "one=1")]), "/a": redirect("/b"), "/b": reply()}

    async with http_server(answers) as server:
        await looked(network, server.url())
        await looked(network, server.url())

    assert [asked.headers.get("cookie") for asked in server.asked] == [None, "one=1", "one=1"] * 2


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://shop.example/",
        "http://shop.example:0/",
        "http://shop.example:99999/",
        "http://shop.example:port/",
        "http://[::1/",
        "http://a\tb/",
    ],
    ids=lambda location: location[:20],
)
async def test_nothing_but_usable_http_urls_is_followed(network: Network, location: str) -> None:
    async with http_server(redirect(location)) as server:
        result = await looked(network, server.url())

    assert reason_of(result) is Reason.UNUSABLE_REDIRECT
    assert server.connections == 1


async def test_a_gigantic_url_is_noted_in_short(network: Network) -> None:
    async with http_server({"/": redirect("/" + "x" * 60_000), "": reply()}) as server:
        result = await looked(network, server.url())

    assert result.failure is None
    assert len(result.facts.redirects[0]) == 500


async def test_a_name_that_no_host_can_have_is_a_failure_too(network: Network) -> None:
    async with http_server(redirect("http://a..b/")) as server:
        result = await looked(network, server.url())

    assert reason_of(result) is Reason.UNUSABLE_NAME


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [(301, "POST", "GET"), (302, "POST", "GET"), (303, "PUT", "GET"), (307, "POST", "POST"), (308, "PUT", "PUT")],
)
async def test_the_method_changes_as_browsers_change_it(network: Network, status: int, method: str, then: str) -> None:
    async with http_server({"/": redirect("/a", status), "/a": reply()}) as server:
        await looked(network, server.url(), method=method, body="text")

    assert (server.asked[1].method, server.asked[1].body) == (then, b"" if then == "GET" else b"text")


async def test_secrets_stay_with_the_host_they_are_meant_for(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "t0ken")

    async def answer(exchange: Exchange) -> None:
        ways = {"/": redirect("/a"), "/a": redirect(server.url("/b", host="other.example")), "/b": reply()}
        await ways[exchange.asked.target](exchange)

    async with http_server(answer) as server:
        await looked(
            network,
            server.url(host="shop.example"),
            bearer="env:TOKEN",
            headers=(("X-Key", "env:TOKEN"), ("X-Plain", "yes")),
        )

    seen = [(a.headers.get("authorization"), a.headers.get("x-key"), a.headers.get("x-plain")) for a in server.asked]
    assert seen == [("Bearer t0ken", "t0ken", "yes")] * 2 + [(None, None, "yes")]


async def test_a_user_name_in_a_redirect_is_neither_used_nor_shown(network: Network) -> None:
    async def answer(exchange: Exchange) -> None:
        away = server.url("/a").replace("://", "://user:hunter2@")
        await (redirect(away) if exchange.asked.target == "/" else reply())(exchange)

    async with http_server(answer) as server:
        result = await looked(network, server.url())

    assert result.failure is None
    assert "authorization" not in server.asked[1].headers
    assert "hunter2" not in repr(result)
