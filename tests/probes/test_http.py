"""The `http` check from its options to its verdict; how bad servers are met stands in test_transport."""

import gzip
import json
import ssl
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fakes.fair_loop import LoopClock
from fakes.keyring import FakeRing
from manara.model import CheckResult, Failure, Outcome, Reason
from manara.probes.content import JsonOperator
from manara.probes.hosts import Hosts
from manara.probes.http import HttpCheck
from manara.probes.look import look
from manara.probes.network import Network
from manara.probes.request import USER_AGENT
from manara.probes.resolver import Resolver
from manara.probes.statuses import WhenRefused
from manara.probes.trust import Trust
from manara.secrets import Keyring
from servers.http_server import endless, http_server, raw, redirect, reply
from servers.tls import Authority, make_authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def network(authority: Authority) -> Network:
    return Network(Resolver((), Hosts.parse("127.0.0.1 shop.example other.example")), Trust(authority.ca_file))


async def looked(network: Network, url: str, **options: object) -> CheckResult:
    return await look(HttpCheck(url=url, timeout=timedelta(seconds=5), **options), network, LoopClock())


def reason_of(result: CheckResult) -> Reason | None:
    return result.failure.reason if result.failure else None


def test_a_check_says_what_and_whom_it_looks_at() -> None:
    check = HttpCheck(url="https://Shop.example:8443/path?q=1")

    assert (check.type, check.target, check.host) == ("http", "https://Shop.example:8443/path?q=1", "shop.example")
    assert HttpCheck(url="http://[::1]/").host == "::1"


async def test_a_good_answer_is_good_and_what_was_seen_is_noted(network: Network) -> None:
    async with http_server(reply("hello", headers=[("Server", "shop/1.0")])) as server:
        result = await looked(network, server.url(host="shop.example"))

    assert result.failure is None
    assert result.address == "127.0.0.1"
    assert (result.facts.http_status, result.facts.http_server) == (200, "shop/1.0")
    assert (result.facts.body_bytes, result.facts.body_cut, result.facts.redirects) == (5, False, ())
    assert result.facts.addresses == ("127.0.0.1",)


async def test_who_carried_the_answer_and_when_it_asks_to_come_back_are_noted(network: Network) -> None:
    headers = [("Via", "1.1 varnish"), ("X-Served-By", "cache-fra1"), ("Retry-After", "90")]

    async with http_server(reply("down", 503, headers)) as server:
        result = await looked(network, server.url(host="shop.example"))

    assert result.facts.carriers == (("via", "1.1 varnish"), ("x-served-by", "cache-fra1"))
    assert result.facts.retry_after_s == 90.0


async def test_the_request_is_what_the_options_say(network: Network) -> None:
    async with http_server(reply()) as server:
        await looked(network, server.url("/path?q=1#part"), method="POST", body="é", headers=(("X-One", "1"),))

    asked = server.asked[0]
    assert (asked.method, asked.target, asked.body) == ("POST", "/path?q=1", "é".encode())
    assert (asked.headers["x-one"], asked.headers["user-agent"]) == ("1", USER_AGENT)
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"


async def test_an_answer_to_head_has_no_body(network: Network) -> None:
    async with http_server(raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n")) as server:
        result = await looked(network, server.url(), method="HEAD")

    assert result.failure is None
    assert result.facts.body_bytes == 0


@pytest.mark.parametrize(
    ("status", "options", "reason"),
    [
        (204, {}, None),
        (503, {}, Reason.SERVER_ERROR),
        (404, {}, Reason.NOT_FOUND),
        (404, {"accept": ("404",)}, None),
        (200, {"accept": ("404",)}, Reason.UNEXPECTED_STATUS),
        (403, {}, Reason.REFUSES_AUTOMATION),
    ],
)
async def test_the_status_is_judged(network: Network, status: int, options: dict, reason: Reason | None) -> None:
    async with http_server(reply(b"", status=status)) as server:
        result = await looked(network, server.url(), **options)

    assert reason_of(result) is reason
    assert result.facts.http_status == status


async def test_a_refusal_of_automatic_checks_is_noted_but_good_where_it_is_known(network: Network) -> None:
    async with http_server(reply("", 503, [("cf-mitigated", "challenge")])) as server:
        result = await looked(network, server.url(), when_refused=WhenRefused.UP, contains="Cart")

    assert result.outcome is Outcome.OK
    assert result.failure == Failure(Reason.REFUSES_AUTOMATION, "HTTP 503", excused=True)


async def test_a_bad_status_counts_even_when_its_body_never_ends(network: Network) -> None:
    async with http_server(raw(b"HTTP/1.1 500 Oops\r\nContent-Length: 9\r\n\r\n", hang=True)) as server:
        result = await looked(network, server.url())

    assert reason_of(result) is Reason.SERVER_ERROR


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"contains": "Cart"}, None),
        ({"contains": "Basket"}, Reason.TEXT_MISSING),
        ({"lacks": "Cart"}, Reason.TEXT_PRESENT),
        ({"matches": r"Cart \(\d\)"}, None),
        ({"lacks_match": r"\d"}, Reason.TEXT_PRESENT),
        ({"json_path": "$.a"}, Reason.NOT_JSON),
    ],
)
async def test_the_text_is_judged(network: Network, options: dict[str, str], reason: Reason | None) -> None:
    async with http_server(reply("Your Cart (3)")) as server:
        result = await looked(network, server.url(), **options)

    assert reason_of(result) is reason


async def test_a_value_in_json_is_judged(network: Network) -> None:
    rule = {"json_path": "$.queue", "json_operator": JsonOperator.LESS}

    async with http_server(reply(json.dumps({"queue": 12}))) as server:
        short = await looked(network, server.url(), **rule, json_value="13")
        long = await looked(network, server.url(), **rule, json_value="12")

    assert short.failure is None
    assert long.failure == Failure(Reason.JSON_MISMATCH, "$.queue is 12, not < 12")


async def test_compressed_text_is_read(network: Network) -> None:
    page = gzip.compress("السلة".encode("windows-1256"))
    headers = [("Content-Encoding", "gzip"), ("Content-Type", "text/html; charset=windows-1256")]

    async with http_server(reply(page, headers=headers)) as server:
        result = await looked(network, server.url(), contains="السلة")

    assert result.failure is None
    assert result.facts.body_bytes == 5
    assert server.asked[0].headers["accept-encoding"] == "gzip, deflate"


async def test_what_cannot_be_read_matters_only_where_it_is_judged(network: Network) -> None:
    async with http_server(reply(b"\x8b\x00\x80", headers=[("Content-Encoding", "br")])) as server:
        unjudged = await looked(network, server.url())
        judged = await looked(network, server.url(), lacks="Error")

    assert unjudged.failure is None
    assert reason_of(judged) is Reason.UNREADABLE_BODY


async def test_a_body_without_end_is_judged_by_its_beginning(network: Network) -> None:
    async with http_server(endless(b"HTTP/1.1 200 OK\r\n\r\nCart", b"x" * 4096)) as server:
        result = await looked(network, server.url(), contains="Cart", read_limit=10_000)

    assert result.failure is None
    assert (result.facts.body_bytes, result.facts.body_cut) == (10_000, True)


async def test_json_that_was_cut_at_the_limit_is_not_called_bad_json(network: Network) -> None:
    async with http_server(reply(json.dumps(["x"] * 1000))) as server:
        result = await looked(network, server.url(), json_path="$", read_limit=100)

    assert result.failure == Failure(Reason.UNREADABLE_BODY, "The JSON goes on beyond the read limit of 100 bytes")


async def test_how_much_was_read_is_noted_even_when_the_rest_fails_to_come(network: Network) -> None:
    async with http_server(reply("12345", length=10)) as server:
        result = await looked(network, server.url())

    assert reason_of(result) is Reason.INCOMPLETE_BODY
    assert result.facts.body_bytes == 5


# Certificates.


async def test_a_certificate_that_ends_soon_is_told_in_days(network: Network, authority: Authority) -> None:
    ends_soon = authority.server("shop.example", ends=timedelta(days=5, hours=1))

    async with http_server(reply(), ends_soon) as server:
        warned = await looked(network, server.url(host="shop.example"))
        unwarned = await looked(network, server.url(host="shop.example"), days_left_warning=5)

    assert warned.failure == Failure(Reason.CERTIFICATE_EXPIRES_SOON, "The certificate ends in 5 days")
    assert warned.outcome is Outcome.DEGRADED
    assert unwarned.failure is None
    assert unwarned.facts.certificate.names == ("shop.example",)


async def test_a_bad_certificate_counts_unless_it_need_not_be_good(network: Network, authority: Authority) -> None:
    async with http_server(reply(), authority.expired("shop.example")) as server:
        verified = await looked(network, server.url(host="shop.example"))
        unverified = await looked(network, server.url(host="shop.example"), verify=False, days_left_warning=0)
        warned = await looked(network, server.url(host="shop.example"), verify=False)

    assert reason_of(verified) is Reason.CERTIFICATE_EXPIRED
    assert reason_of(unverified) is Reason.CERTIFICATE_EXPIRES_SOON
    assert reason_of(warned) is Reason.CERTIFICATE_EXPIRES_SOON


async def test_an_authority_of_its_own_may_be_trusted(network: Network, tmp_path: Path) -> None:
    stranger = make_authority(tmp_path, "stranger")

    async with http_server(reply(), stranger.server("shop.example")) as server:
        unknown = await looked(network, server.url(host="shop.example"))
        known = await looked(network, server.url(host="shop.example"), ca_file=stranger.ca_file)

    assert reason_of(unknown) is Reason.CERTIFICATE_UNKNOWN_ISSUER
    assert known.failure is None


async def test_the_clients_certificate_is_shown_to_its_own_host_only(
    network: Network, authority: Authority, tmp_path: Path
) -> None:
    certificate, key = authority.client(tmp_path)
    demanding = authority.server("shop.example", "other.example")
    demanding.verify_mode = ssl.CERT_OPTIONAL
    authority.ca.configure_trust(demanding)
    shown: dict[str, bool] = {}

    async def answer(exchange) -> None:
        host = exchange.asked.headers["host"].partition(":")[0]
        shown[host] = bool(exchange.writer.get_extra_info("ssl_object").getpeercert())
        away = redirect(server.url(host="other.example"))
        await (away if host == "shop.example" else reply())(exchange)

    async with http_server(answer, demanding) as server:
        url = server.url(host="shop.example")
        result = await looked(network, url, client_certificate=certificate, client_key=key)

    assert result.failure is None
    assert shown == {"shop.example": True, "other.example": False}


async def test_a_file_that_is_not_there_says_nothing_about_the_service(network: Network, tmp_path: Path) -> None:
    result = await looked(network, "https://shop.example/", ca_file=str(tmp_path / "none.pem"))

    assert reason_of(result) is Reason.FILE_UNREADABLE
    assert result.outcome is Outcome.UNKNOWN


# Secrets.


async def test_the_sign_in_is_sent_and_never_shown(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "t0ken")

    async with http_server(reply(status=401)) as server:
        result = await looked(network, server.url(), bearer="env:TOKEN", headers=(("X-Key", "env:TOKEN"),))

    assert (server.asked[0].headers["authorization"], server.asked[0].headers["x-key"]) == ("Bearer t0ken", "t0ken")
    assert "t0ken" not in repr(result)


async def test_a_missing_secret_says_nothing_about_the_service(network: Network) -> None:
    async with http_server(reply()) as server:
        result = await looked(network, server.url(), username="me", password="env:NO_SUCH_VARIABLE")

    assert reason_of(result) is Reason.SECRET_MISSING
    assert result.outcome is Outcome.UNKNOWN
    assert server.connections == 0


async def test_a_secret_of_the_keyring_is_sent_and_never_shown(network: Network) -> None:
    network = replace(network, keyring=Keyring(lambda: FakeRing(shop="s3cret")))

    async with http_server(reply(status=401)) as server:
        result = await looked(network, server.url(), bearer="keyring:shop", headers=(("X-Key", "keyring:shop"),))

    assert (server.asked[0].headers["authorization"], server.asked[0].headers["x-key"]) == ("Bearer s3cret", "s3cret")
    assert "s3cret" not in repr(result)


async def test_a_keyring_that_waits_to_be_unlocked_is_told_before_the_look_runs_out_of_time(network: Network) -> None:
    ring = FakeRing()
    ring.open.clear()
    network = replace(network, keyring=Keyring(lambda: ring))
    check = HttpCheck(url="http://127.0.0.1:1/", bearer="keyring:shop", timeout=timedelta(seconds=0.5))

    result = await look(check, network, LoopClock())
    ring.open.set()

    assert reason_of(result) is Reason.SECRET_MISSING
    assert result.timings.total_ms is not None
    assert result.timings.total_ms < 200
