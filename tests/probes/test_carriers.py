"""The headers that tell who carried an answer."""

from datetime import UTC, datetime

import pytest

from manara.probes.carriers import carriers_of, retry_after_s

NOW = datetime(2021, 6, 8, 9, 50, tzinfo=UTC)


def test_headers_of_delivery_networks_are_kept_in_lower_case():
    found = carriers_of([("Server", "Varnish"), ("Content-Type", "text/html"), ("X-Served-By", " cache-ams21 ")])

    assert found == (("server", "Varnish"), ("x-served-by", "cache-ams21"))


def test_families_of_headers_are_known_by_their_beginning():
    found = carriers_of([("X-Akamai-Request-Id", "1"), ("X-Fastly-Trace", "2"), ("X-Vercel-Id", "3"), ("X-Own", "4")])

    assert [name for name, _ in found] == ["x-akamai-request-id", "x-fastly-trace", "x-vercel-id"]


def test_a_header_is_kept_once_and_cut():
    ((name, value),) = carriers_of([("Via", "1.1 varnish" * 100), ("via", "other")])

    assert (name, len(value), value[:11]) == ("via", 200, "1.1 varnish")


def test_a_flood_of_headers_is_bounded():
    assert len(carriers_of((f"x-akamai-{number}", "1") for number in range(1_000))) == 24


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("9" * 100, 31_536_000.0),
        ("Tue, 08 Jun 2021 09:52:00 GMT", 120.0),
        ("Tue, 08 Jun 2021 09:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 31_536_000.0),
        ("Tue, 08 Jun 2021 09:52:00 -0000", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("Tue, 08 Jun 99999 09:52:00 GMT", None),
        ("", None),
    ],
)
def test_when_to_come_back_is_read_as_seconds_or_as_a_date(text, seconds):
    assert retry_after_s({"retry-after": text}, NOW) == seconds


def test_an_answer_that_says_nothing_asks_for_nothing():
    assert retry_after_s({}, NOW) is None
