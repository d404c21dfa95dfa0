import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from fakes.resolver import make_network
from manara.diagnosis.anchor import AnchorLook, clock_ahead, expected_of
from manara.model import Reason, SystemClock
from manara.probes import Family
from servers.http_server import http_server, raw, redirect, reply

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
WITHIN = timedelta(seconds=20)
NO_CONTENT = raw(b"HTTP/1.1 204 No Content\r\n\r\n")


async def seen(answer, path="/generate_204"):
    async with http_server(answer) as server:
        return await AnchorLook(server.url(path, "good.example"), make_network(), SystemClock()).run(WITHIN)


async def test_a_page_that_answers_as_agreed_is_right():
    page = await seen(NO_CONTENT)

    assert (page.result.failure, page.result.address, page.result.facts.http_status) == (None, "127.0.0.1", 204)


async def test_no_cache_may_answer_in_its_place_and_redirects_are_not_followed():
    async with http_server(redirect("/elsewhere")) as server:
        look = AnchorLook(server.url("/generate_204"), make_network(), SystemClock())
        page = await look.run(WITHIN)

    [asked] = server.asked
    assert (asked.method, asked.headers["cache-control"], asked.headers["pragma"]) == ("GET", "no-cache", "no-cache")
    assert (page.result.failure.reason, page.location) == (Reason.UNEXPECTED_STATUS, "/elsewhere")


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        ("/generate_204", reply("sign in"), Reason.UNEXPECTED_STATUS),
        ("/generate_204", reply("sign in", 511), Reason.UNEXPECTED_STATUS),
        ("/hotspot-detect.html", reply("<BODY>Success</BODY>"), None),
        ("/hotspot-detect.html", reply("sign in"), Reason.TEXT_MISSING),
        ("/connecttest.txt", reply("Microsoft Connect Test"), None),
        ("/connecttest.txt", reply("Microsoft Connect Test <a>sign in</a>"), Reason.TEXT_MISSING),
        ("/ncsi.txt", reply("Microsoft NCSI"), None),
        ("/success.txt", reply("success\n"), None),
        ("/check_network_status.txt", reply("NetworkManager is online\n"), None),
        ("/check_network_status.txt", reply(b"x" * 100_000), Reason.TEXT_MISSING),
        ("/anything", reply("hello", 201), None),
        ("/anything", reply("hello", 404), Reason.UNEXPECTED_STATUS),
    ],
)
async def test_what_a_page_must_answer_is_known_by_its_name(path, answer, reason):
    page = await seen(answer, path)

    assert (page.result.failure and page.result.failure.reason) is reason


def test_some_are_known_by_their_host():
    assert expected_of("http://connectivity-check.ubuntu.com/").judge(200, "") is not None
    assert expected_of("http://connectivity-check.ubuntu.com/").judge(204, "") is None


async def test_a_look_that_nobody_waits_for_says_how_far_it_came():
    asked = asyncio.Event()

    async def hang(exchange):
        asked.set()
        await exchange.hang()

    async with http_server(hang) as server:
        look = AnchorLook(server.url("/generate_204"), make_network(), SystemClock(), family=Family.IPV4)
        task = asyncio.create_task(look.run(WITHIN))
        async with asyncio.timeout(10):
            await asked.wait()
        page = look.cut_short()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert (page.result.failure.reason, page.family) == (Reason.RESPONSE_TIMEOUT, Family.IPV4)


def test_a_look_that_did_not_begin_was_silent():
    look = AnchorLook("http://good.example/", make_network(), SystemClock())

    assert look.cut_short().result.failure.reason is Reason.CONNECT_TIMEOUT


@pytest.mark.parametrize(
    ("headers", "ahead"),
    [
        ({"date": format_datetime(NOW - timedelta(hours=2), usegmt=True)}, timedelta(hours=2)),
        ({"date": format_datetime(NOW + timedelta(days=9), usegmt=True)}, timedelta(days=-9)),
        ({"date": format_datetime(NOW - timedelta(hours=2)), "age": "7200"}, timedelta(0)),
        ({"date": "Fri, 02 Jan 2026 12:00:00 -0000"}, timedelta(0)),
        ({}, None),
        ({"date": "yesterday"}, None),
        ({"date": "Fri, 02 Jan 99999 12:00:00 GMT"}, None),
        ({"date": format_datetime(NOW), "age": "old"}, None),
        ({"date": format_datetime(NOW), "age": "nan"}, None),
        ({"date": format_datetime(NOW), "age": "1e300"}, None),
        ({"date": format_datetime(NOW), "age": "-5"}, None),
    ],
)
def test_how_far_our_clock_is_ahead_of_that_of_a_page(headers, ahead):
    assert clock_ahead(NOW, httpx.Headers(headers)) == ahead
