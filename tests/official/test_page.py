"""Pages read over a real server on loopback, from their endpoints to what they tell or why they tell nothing."""

import gzip
import json
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import pytest

from fakes.clock import FakeClock
from fakes.resolver import make_network
from manara.model import OfficialPage, OfficialState, PageKind, Unreadable
from manara.official.asking import LONGEST_RETRY_S, retry_after_s
from manara.official.page import read_page
from manara.official.table import DIALECTS
from manara.probes import Fetched
from official.samples import AT, HTML, SAMPLES, feed, item, psn, statuspage
from servers.http_server import drip, endless, http_server, raw, redirect, reply

JSON = [("Content-Type", "application/json; charset=utf-8")]
GOOD = reply(json.dumps(statuspage()), headers=JSON)
SICK = reply(json.dumps(SAMPLES[PageKind.STATUSPAGE].sick), headers=JSON)


def page(*endpoints, kind=PageKind.STATUSPAGE, url="https://status.example/"):
    return OfficialPage(kind, url, endpoints)


async def read(asked, known=None, *, within_s=10.0):
    return await read_page(asked, make_network(), FakeClock(AT), known=known, within_s=within_s)


async def test_a_good_page_is_read():
    async with http_server(GOOD) as server:
        reading = await read(page(server.url("/api")))

    assert reading.told is not None
    assert (reading.told.state, reading.unreadable, reading.at) == (OfficialState.OPERATIONAL, None, AT)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (reply(HTML, headers=[("Content-Type", "text/html")]), Unreadable.NOT_ITS_FORMAT),
        (reply(HTML, headers=JSON), Unreadable.NOT_ITS_FORMAT),
        (reply(b"", headers=JSON), Unreadable.NOT_ITS_FORMAT),
        (reply("{}", 200, [*JSON, ("Content-Encoding", "br")]), Unreadable.NOT_ITS_FORMAT),
        (reply("{}", 204, JSON), Unreadable.ERROR),
        (reply("{}", 304, JSON), Unreadable.ERROR),
        (reply("{}", 401, JSON), Unreadable.TURNED_AWAY),
        (reply("{}", 403, JSON), Unreadable.TURNED_AWAY),
        (reply("{}", 429, JSON), Unreadable.TURNED_AWAY),
        (reply(json.dumps(statuspage()), 200, [*JSON, ("cf-mitigated", "challenge")]), Unreadable.TURNED_AWAY),
        (reply("{}", 404, JSON), Unreadable.ERROR),
        (reply("{}", 503, JSON), Unreadable.ERROR),
        (redirect("/api"), Unreadable.ERROR),
        (redirect("http://status.example/"), Unreadable.ERROR),
        (raw(b"\x00\xff\x00"), Unreadable.ERROR),
        (raw(b"", reset=True), Unreadable.NO_ANSWER),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), Unreadable.NO_ANSWER),
        (endless(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", b"[" * 100_000), Unreadable.TOO_LARGE),
    ],
)
async def test_what_goes_wrong_has_a_reason_and_is_never_well(answer, why):
    async with http_server(answer) as server:
        reading = await read(page(server.url("/api")))

    assert (reading.told, reading.unreadable) == (None, why)


async def test_a_page_that_hangs_is_given_up():
    async with http_server(raw(b"", hang=True)) as server:
        reading = await read(page(server.url()), within_s=0.2)

    assert reading.unreadable is Unreadable.NO_ANSWER


async def test_a_page_that_comes_drop_by_drop_is_given_up():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    async with http_server(drip(head + json.dumps(statuspage()).encode() + b" " * 100_000, 0.001)) as server:
        reading = await read(page(server.url()), within_s=0.3)

    assert (reading.told, reading.unreadable) == (None, Unreadable.NO_ANSWER)


async def test_a_page_of_fifty_megabytes_is_not_held_in_memory():
    packed = gzip.compress(json.dumps(statuspage()).encode() + b" " * 50_000_000)
    tracemalloc.start()
    try:
        async with http_server(reply(packed, headers=[*JSON, ("Content-Encoding", "gzip")])) as server:
            reading = await read(page(server.url()))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (reading.told, reading.unreadable) == (None, Unreadable.TOO_LARGE)
    assert most < 4 * DIALECTS[PageKind.STATUSPAGE].limit


@pytest.mark.parametrize("kind", [PageKind.HTML, PageKind.HTML_TEXT])
async def test_a_page_for_people_is_not_asked(kind):
    assert (await read(page(kind=kind))).unreadable is Unreadable.NOT_FOR_PROGRAMS


async def test_the_second_endpoint_answers_where_the_first_does_not():
    async with http_server({"/one": reply(HTML), "/two": GOOD}) as server:
        reading = await read(page(server.url("/one"), server.url("/two")))

        assert reading.told is not None
        assert [asked.target for asked in server.asked] == ["/one", "/two"]


async def test_when_none_answers_the_best_one_says_why():
    async with http_server({"/one": reply(status=403), "/two": reply(HTML)}) as server:
        assert (await read(page(server.url("/one"), server.url("/two")))).unreadable is Unreadable.TURNED_AWAY


async def test_a_page_without_endpoints_is_asked_where_its_kind_is_usual():
    async with http_server({"/api/v2/summary.json": GOOD}) as server:
        assert (await read(page(url=server.url("/anything")))).told is not None


async def test_what_has_not_changed_is_not_sent_again():
    async def answer(exchange):
        unchanged = exchange.asked.headers.get("if-none-match") == '"a"'
        await (reply("", 304) if unchanged else reply(json.dumps(statuspage()), 200, [*JSON, ("ETag", '"a"')]))(
            exchange
        )

    async with http_server(answer) as server:
        first = await read(page(server.url()))
        second = await read(page(server.url()), first.validators)

    assert second.told == first.told
    assert second.told is not None
    assert server.asked[1].headers["if-none-match"] == '"a"'
    assert second.validators == first.validators


async def test_a_date_is_a_condition_as_well():
    async with http_server(reply(json.dumps(statuspage()), 200, [*JSON, ("Last-Modified", "yesterday")])) as server:
        first = await read(page(server.url()))
        await read(page(server.url()), first.validators)

    assert server.asked[1].headers["if-modified-since"] == "yesterday"
    assert "if-none-match" not in server.asked[1].headers


@pytest.mark.parametrize("etag", ["x" * 500, "env:HOME\x00"])
async def test_a_condition_that_is_not_fit_to_be_sent_is_dropped(etag):
    async with http_server(
        raw(f"HTTP/1.1 200 OK\r\nETag: {etag}\r\n\r\n{json.dumps(statuspage())}".encode())
    ) as server:
        first = await read(page(server.url()))

    assert all(not known.etag for known in first.validators.by_url.values())


async def test_what_names_a_secret_is_sent_back_as_it_is_and_reveals_nothing():
    async with http_server(reply(json.dumps(statuspage()), 200, [*JSON, ("ETag", "env:HOME")])) as server:
        first = await read(page(server.url()))
        await read(page(server.url()), first.validators)

    assert server.asked[1].headers["if-none-match"] == "env:HOME"


async def test_a_page_that_is_busy_says_for_how_long():
    async with http_server(reply(status=429, headers=[("Retry-After", "120")])) as server:
        reading = await read(page(server.url()))

    assert (reading.unreadable, reading.retry_after_s) == (Unreadable.TURNED_AWAY, 120)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("30", 30),
        (format_datetime(AT + timedelta(minutes=2)), 120),
        (format_datetime(AT - timedelta(minutes=2)), 0),
        ("99999999999999999999", LONGEST_RETRY_S),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
    ],
)
def test_how_long_to_wait_is_read_in_both_forms_and_bounded(written, seconds):
    assert retry_after_s(Fetched(503, {"retry-after": written}), AT) == seconds
    assert retry_after_s(Fetched(200, {"retry-after": written}), AT) == 0


async def test_parts_of_a_page_are_all_needed():
    well, sick = psn(), psn({"statusId": "1", "statusType": "Outage"})
    answers = {"/a": reply(json.dumps(well), headers=JSON), "/b": reply(json.dumps(sick), headers=JSON)}
    async with http_server({**answers, "/c": reply(status=503)}) as server:
        both = await read(page(server.url("/a"), server.url("/b"), kind=PageKind.PLAYSTATION))
        half = await read(page(server.url("/a"), server.url("/c"), kind=PageKind.PLAYSTATION))

    assert both.told is not None
    assert (both.told.state, len(both.told.components)) == (OfficialState.MAJOR_OUTAGE, 2)
    assert (half.told, half.unreadable) == (None, Unreadable.ERROR)


async def test_additions_add_and_are_not_missed():
    well = {"page": {"name": "Shop", "url": "", "status": "UP"}}
    parts = {"components": [{"id": "a", "name": "API", "status": "PARTIALOUTAGE"}]}
    answers = {"/summary.json": reply(json.dumps(well), headers=JSON)}
    async with http_server({**answers, "/v2/components.json": reply(json.dumps(parts), headers=JSON)}) as server:
        told = (await read(page(url=server.url(), kind=PageKind.INSTATUS))).told
    async with http_server(answers) as server:
        alone = (await read(page(url=server.url(), kind=PageKind.INSTATUS))).told

    assert told is not None
    assert alone is not None
    assert (told.state, [part.name for part in told.components]) == (OfficialState.PARTIAL_OUTAGE, ["API"])
    assert (alone.state, alone.components) == (OfficialState.OPERATIONAL, ())


async def test_parts_that_a_summary_leaves_out_are_read_beside_it():
    more = {"page": {"id": "x"}, "components": [{"id": "m", "name": "Mail", "status": "major_outage"}]}
    answers = {"/api/v2/summary.json": GOOD, "/api/v2/components.json": reply(json.dumps(more), headers=JSON)}
    async with http_server(answers) as server:
        asked = page(url=server.url("/"))
        plain = await read(asked)
        enough = await read(replace(asked, components=("API",)))
        all_of_it = await read(replace(asked, components=("API", "Mail")), plain.validators)

        assert [one.target for one in server.asked].count("/api/v2/components.json") == 1
    assert plain.told == enough.told
    assert plain.told is not None
    assert all_of_it.told is not None
    assert [part.name for part in all_of_it.told.components] == ["API", "Website", "Mail"]
    assert all_of_it.told.state is OfficialState.MAJOR_OUTAGE


async def test_where_the_list_of_parts_is_missing_the_summary_stays():
    async with http_server({"/api/v2/summary.json": GOOD, "/other": GOOD}) as server:
        reading = await read(replace(page(url=server.url("/")), components=("Mail",)))
        elsewhere = await read(replace(page(server.url("/other")), components=("Mail",)))

        assert len(server.asked) == 3
    assert reading.told == elsewhere.told
    assert reading.told is not None


async def test_parts_are_also_read_of_a_page_whose_kind_was_found_out():
    more = {"page": {"id": "x"}, "components": [{"id": "m", "name": "Mail", "status": "operational"}]}
    answers = {"/api/v2/summary.json": GOOD, "/api/v2/components.json": reply(json.dumps(more), headers=JSON)}
    async with http_server(answers) as server:
        asked = replace(page(kind=PageKind.AUTO, url=server.url("/")), components=("Mail",))
        first = await read(asked)

    assert first.told is not None
    assert [part.name for part in first.told.components] == ["API", "Website", "Mail"]


def detected(page_url, kind, *endpoints):
    return OfficialPage(kind, page_url, endpoints)


async def test_the_kind_of_a_page_is_found_out_once_and_remembered():
    async with http_server({"/api/v2/summary.json": GOOD}) as server:
        asked = page(kind=PageKind.AUTO, url=server.url("/status"))
        first = await read(asked)
        second = await read(asked, first.validators)

        assert [one.target for one in server.asked] == ["/api/v2/summary.json"] * 2
    assert first.told == second.told
    assert first.validators.found == detected(asked.url, PageKind.STATUSPAGE, server.url("/api/v2/summary.json"))
    assert second.validators.found == first.validators.found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v2/summary.json", PageKind.INSTATUS),
        ("/summary.json", PageKind.INSTATUS),
        ("/index.json", PageKind.BETTER_STACK),
        ("/index.json", PageKind.CSTATE),
        ("/api/v1/components", PageKind.CACHET),
        ("/", PageKind.STATUS_IO),
        ("/", PageKind.SORRY),
    ],
)
async def test_a_page_is_known_by_its_shape(path, kind):
    async with http_server({path: reply(json.dumps(SAMPLES[kind].sick), headers=JSON)}) as server:
        reading = await read(page(kind=PageKind.AUTO, url=server.url()))

    assert reading.validators.found is not None
    assert reading.validators.found.kind is kind
    assert reading.told is not None
    assert reading.told.state is SAMPLES[kind].trouble


async def test_a_feed_is_found_by_its_own_address_and_by_a_page_that_names_it():
    fed = reply(feed(item("Monitoring")), headers=[("Content-Type", "application/rss+xml")])
    html = '<link rel="stylesheet" href="x"><LINK rel="alternate" type="application/rss+xml" href="/feed.rss">'
    named = reply(html, headers=[("Content-Type", "text/html")])
    async with http_server({"/": named, "/feed.rss": fed}) as server:
        by_itself = await read(page(kind=PageKind.AUTO, url=server.url("/feed.rss")))
        by_name = await read(page(kind=PageKind.AUTO, url=server.url("/")))

    for reading in (by_itself, by_name):
        assert reading.told is not None
        assert reading.told.state is OfficialState.DEGRADED
    assert by_name.validators.found == detected(server.url("/"), PageKind.RSS, server.url("/feed.rss"))


async def test_a_page_that_says_json_and_sends_none_is_not_believed():
    everywhere = reply(HTML, headers=[("Content-Type", "text/html")])
    async with http_server(everywhere) as server:
        reading = await read(page(kind=PageKind.AUTO, url=server.url()))

    assert (reading.told, reading.unreadable, reading.validators.found) == (None, Unreadable.NOT_FOR_PROGRAMS, None)


@pytest.mark.parametrize("document", ['{"hello": "world"}', "[]", "{}"])
async def test_json_of_no_known_shape_is_not_for_programs(document):
    async with http_server(reply(document, headers=JSON)) as server:
        assert (await read(page(kind=PageKind.AUTO, url=server.url()))).unreadable is Unreadable.NOT_FOR_PROGRAMS


@pytest.mark.parametrize(
    ("answer", "why"), [(reply(status=429), Unreadable.TURNED_AWAY), (raw(b"", reset=True), Unreadable.NO_ANSWER)]
)
async def test_a_host_that_does_not_want_to_answer_is_asked_once(answer, why):
    async with http_server(answer) as server:
        reading = await read(page(kind=PageKind.AUTO, url=server.url()))

        assert server.connections == 1
    assert reading.unreadable is why


async def test_a_host_that_forbids_what_it_does_not_have_is_asked_for_the_rest():
    answers = {"": reply(status=403), "/index.json": reply(json.dumps(SAMPLES[PageKind.CSTATE].well), headers=JSON)}
    async with http_server(answers) as server:
        reading = await read(page(kind=PageKind.AUTO, url=server.url()))

    assert reading.validators.found is not None


async def test_what_a_page_names_and_does_not_have_is_passed_over():
    html = '<link rel="alternate" type="application/rss+xml" href="/feed.rss">'
    answers = {"/": reply(html, headers=[("Content-Type", "text/html")]), "/summary.json": reply("{}", headers=JSON)}
    async with http_server(answers) as server:
        reading = await read(page(kind=PageKind.AUTO, url=server.url("/")))

    assert reading.unreadable is Unreadable.NOT_FOR_PROGRAMS


async def test_a_host_that_has_nothing_is_an_error():
    async with http_server({}) as server:
        assert (await read(page(kind=PageKind.AUTO, url=server.url()))).unreadable is Unreadable.ERROR


async def test_a_page_that_has_moved_to_another_maker_is_found_out_anew():
    answers = {"/api/v2/summary.json": GOOD}
    async with http_server(answers) as server:
        asked = page(kind=PageKind.AUTO, url=server.url("/"))
        first = await read(asked)
        answers["/api/v2/summary.json"] = reply(status=404)
        answers["/index.json"] = reply(json.dumps(SAMPLES[PageKind.CSTATE].well), headers=JSON)
        second = await read(asked, first.validators)
        third = await read(asked, second.validators)

    assert (second.unreadable, second.validators.found) == (Unreadable.ERROR, None)
    assert third.validators.found is not None
    assert third.validators.found.kind is PageKind.CSTATE


async def test_a_page_that_is_away_for_a_while_keeps_its_kind():
    async with http_server(GOOD) as server:
        asked = page(kind=PageKind.AUTO, url=server.url("/"))
        first = await read(asked)
    second = await read(asked, first.validators)

    assert second.unreadable is Unreadable.NO_ANSWER
    assert second.validators.found == first.validators.found
