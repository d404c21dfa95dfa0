import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from manara.cli.export import LOOKS, SPANS, write_looks, write_spans
from manara.history import Measured
from manara.model import CheckResult, Circumstance, Failure, Reason, Span, Timings, Verdict

AT = datetime(2026, 7, 1, 12, 0, 0, 250_000, tzinfo=UTC)


def looks_as_written(*looks):
    out = io.StringIO()
    write_looks(looks, out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def look(target="https://shop.example/", failure=None, **timings):
    return Measured("shop", "http", target, CheckResult(AT, failure, Timings(**timings)))


def test_a_look_is_a_row_with_units_in_the_header():
    (row,) = looks_as_written(look(dns_ms=1.5, connect_ms=2.25, tls_ms=3.0, first_byte_ms=40.0, total_ms=46.75))

    assert row == {
        "service": "shop",
        "type": "http",
        "target": "https://shop.example/",
        "at": "2026-07-01T12:00:00.250Z",
        "outcome": "ok",
        "layer": "",
        "reason": "",
        "excused": "false",
        "dns_ms": "1.5",
        "connect_ms": "2.25",
        "tls_ms": "3.0",
        "first_byte_ms": "40.0",
        "total_ms": "46.75",
    }


def test_a_failed_look_names_its_layer_and_reason():
    failed, excused = looks_as_written(
        look(failure=Failure(Reason.DNS_TIMEOUT)), look(failure=Failure(Reason.REFUSES_AUTOMATION, excused=True))
    )

    assert (failed["outcome"], failed["layer"], failed["reason"]) == ("failed", "dns", "dns-timeout")
    assert failed["total_ms"] == ""
    assert (excused["outcome"], excused["excused"]) == ("ok", "true")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\uff1d1", " =1"])
def test_no_cell_is_a_formula(text):
    assert looks_as_written(look(text))[0]["target"].startswith("'")


def test_rows_are_written_as_they_come():
    out = io.StringIO()
    seen = []

    def endless():
        for _ in range(1000):
            seen.append(out.tell())
            yield look()

    write_looks(endless(), out)

    assert seen == sorted(set(seen))


def test_a_span_is_a_row():
    out = io.StringIO()
    down = Span(AT, AT + timedelta(seconds=90), Verdict.DOWN, Reason.DNS_TIMEOUT, AT - timedelta(seconds=60))
    unseen = Span(AT, AT + timedelta(seconds=1.5), Verdict.UNKNOWN, Circumstance.NOT_RUNNING)

    write_spans([("-shop", down), ("mail", unseen)], out)

    assert out.getvalue().splitlines() == [
        "service,from,to,verdict,reason,started_after,duration_s",
        "'-shop,2026-07-01T12:00:00.250Z,2026-07-01T12:01:30.250Z,down,dns-timeout,2026-07-01T11:59:00.250Z,90.0",
        "mail,2026-07-01T12:00:00.250Z,2026-07-01T12:00:01.750Z,unknown,not-running,,1.5",
    ]


def test_without_anything_there_is_still_a_header():
    looks, spans = io.StringIO(), io.StringIO()
    write_looks([], looks)
    write_spans([], spans)

    assert looks.getvalue() == ",".join(LOOKS) + "\n"
    assert spans.getvalue() == ",".join(SPANS) + "\n"
