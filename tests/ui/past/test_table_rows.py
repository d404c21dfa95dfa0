from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from manara.model import Bucket, Circumstance, Latency, Layer, Phases, Reason, Series, Span, Verdict, Window
from manara.ui.past.lane import Kind, Lane
from manara.ui.past.table_rows import columns, table_rows
from manara.wording import Translator

TR = Translator()
START = datetime(2021, 10, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = (START + 5 * HOUR).astimezone(ZoneInfo("Europe/Berlin"))
WHOLE = Window(START, START + 5 * HOUR)
TOOK = Latency(143.0, 210.0, 390.4, 900.0)


def bucket(begin, looks=60, latency=TOOK, **fields):
    return Bucket(START + begin * HOUR, START + (begin + 1) * HOUR, looks, latency, **fields)


def span(begin, end, verdict=Verdict.UP, cause=None):
    return Span(START + begin * HOUR, START + end * HOUR, verdict, cause)


def lane(buckets, spans, service_id="shop", name="Shop"):
    return Lane(service_id, name, Series(service_id, 3600.0, tuple(buckets)), tuple(spans))


def told(lanes, window=WHOLE, kind=Kind.LATENCY):
    shown = columns(kind, several=len(lanes) > 1)
    return [[column.words(TR, row, NOW) for column in shown] for row in table_rows(lanes, window)]


def test_each_bucket_is_a_row_and_the_newest_comes_first():
    rows = told([lane([bucket(0), bucket(1, failures={Layer.DNS: 2, Layer.HTTP: 1})], [span(0, 5)])])

    assert rows == [
        ["15:00:00 – 16:00:00", "Up", "143 ms", "210 ms", "390 ms", "900 ms", "60", "DNS 2, HTTP 1"],
        ["14:00:00 – 15:00:00", "Up", "143 ms", "210 ms", "390 ms", "900 ms", "60", ""],
    ]


def test_the_columns_are_named():
    assert [column.title for column in columns(Kind.LATENCY, several=False)] == [
        *("Time", "Verdict", "Median", "90 %", "99 %", "Longest", "Looks", "Failed")
    ]
    assert [column.title for column in columns(Kind.PHASES, several=True)] == [
        *("Service", "Time", "Verdict", "DNS", "Connection", "TLS", "First byte", "Looks", "Failed")
    ]


def test_the_worst_of_a_bucket_is_told_with_its_reason():
    spans = [span(0, 0.2), span(0.2, 0.5, Verdict.DOWN, Reason.DNS_TIMEOUT), span(0.5, 5, Verdict.DEGRADED)]

    assert told([lane([bucket(0, latency=None)], spans)])[0][1:3] == ["Down: the name servers did not answer", ""]


def test_a_time_in_which_nobody_looked_is_a_row_of_its_own():
    spans = [span(0, 0.5), span(0.5, 9, Verdict.UNKNOWN, Circumstance.NOT_OBSERVED)]

    rows = told([lane([bucket(0)], spans)])

    assert rows == [
        ["14:30:00 – 19:00:00", "Not observed: nobody was looking", "", "", "", "", "", ""],
        ["14:00:00 – 15:00:00", "Up", "143 ms", "210 ms", "390 ms", "900 ms", "60", ""],
    ]


def test_a_single_look_has_one_time():
    assert told([lane([bucket(0, looks=1)], [span(0, 5)])])[0][0] == "14:00:00"


def test_phases_are_told_as_far_as_they_were_measured():
    measured = bucket(0, phases=Phases(4.0, None, 20.0, 80.0))

    assert told([lane([measured], [span(0, 5)])], kind=Kind.PHASES)[0][2:6] == ["4.0 ms", "", "20 ms", "80 ms"]


def test_what_lies_outside_of_the_window_is_left_out():
    shown = lane([bucket(0), bucket(1), bucket(2)], [span(0, 5)])

    assert [row[0] for row in told([shown], Window(START + HOUR, START + 2 * HOUR))] == ["15:00:00 – 16:00:00"]


def test_compared_services_follow_each_other_at_the_same_time():
    both = [lane([bucket(0), bucket(1)], [], name="B"), lane([bucket(0), bucket(1)], [], "bank", "A")]

    assert [row[:3] for row in told(both)] == [
        ["B", "15:00:00 – 16:00:00", "Not observed"],
        ["A", "15:00:00 – 16:00:00", "Not observed"],
        ["B", "14:00:00 – 15:00:00", "Not observed"],
        ["A", "14:00:00 – 15:00:00", "Not observed"],
    ]


def test_of_a_service_that_is_not_known_yet_there_are_no_rows():
    assert told([Lane("shop", "Shop")]) == []
