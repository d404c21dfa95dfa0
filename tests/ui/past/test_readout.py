from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fakes.long_past import HOSTILE, LONG
from manara.model import Bucket, Circumstance, Label, Latency, Layer, Phases, Reason, Series, Span, Verdict, Window
from manara.ui.past.lane import Kind, Lane
from manara.ui.past.readout import chart_words, lane_words, moment_words, name_of, span_words
from manara.wording import Translator

TR = Translator()
START = datetime(2021, 10, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = (START + 2 * HOUR).astimezone(ZoneInfo("Europe/Berlin"))
UP = Span(START, START + HOUR, Verdict.UP)
MANY = Bucket(START, START + HOUR, 60, Latency(143.0, 210.0, 390.4, 900.0), {}, Phases(4.0, None, 20.0, 80.0))
ONE = Bucket(START, START + HOUR, 1, Latency(143.0, 143.0, 143.0, 143.0))


def words(bucket, span=UP, kind=Kind.LATENCY):
    buckets = () if bucket is None else (bucket,)
    lane = Lane("shop", "Shop", Series("shop", 3600.0, buckets), (span,))
    return lane_words(TR, lane, START + HOUR / 2, kind, NOW)


def test_a_moment_has_its_day_and_its_offset():
    assert moment_words(TR, START, NOW) == "Mon 4 Oct 2021 14:00:00 (UTC+02:00)"


def test_many_looks_are_summed_up():
    assert words(MANY) == (
        "Up · median 143 ms · 90 % 210 ms · 99 % 390 ms · max 900 ms · 60 looks from 14:00:00 to 15:00:00"
    )


def test_a_single_look_has_no_percentiles():
    assert words(ONE) == "Up · answered in 143 ms · 1 look"


def test_failed_looks_are_counted_by_layer():
    down = Span(START, START + HOUR, Verdict.DOWN, Reason.DNS_TIMEOUT)
    failed = Bucket(START, START + HOUR, 3, None, {Layer.DNS: 2, Layer.HTTP: 1})

    assert words(failed, down) == (
        "Down: the name servers did not answer · 3 looks, failed: DNS 2, HTTP 1 from 14:00:00 to 15:00:00"
    )


def test_phases_are_told_one_by_one():
    assert words(MANY, kind=Kind.PHASES).startswith("Up · DNS 4.0 ms · TLS 20 ms · First byte 80 ms · 60 looks")


def test_a_bucket_of_days_has_its_dates():
    days = replace(MANY, end=START + 25 * HOUR)

    assert "from 14:00:00 to 2021-10-05 15:00:00" in words(days)


def test_where_nothing_is_known_that_is_said():
    asleep = Span(START, START + HOUR, Verdict.UNKNOWN, Circumstance.NOT_OBSERVED)

    assert words(None, asleep) == "Not observed: nobody was looking"
    assert span_words(TR, None) == "Not observed"


@pytest.mark.parametrize(("note", "told"), [("", ""), ("new <b>server</b>", ": new <b>server</b>")])
def test_a_label_is_told_as_the_users_word(note, told):
    label = Label(1, "shop", Window(START, START + HOUR), Verdict.MAINTENANCE, note)

    labelled = replace(UP, verdict=Verdict.MAINTENANCE, label=label)

    assert span_words(TR, labelled) == f"Under maintenance, as you labelled it{told}"


def test_names_stay_text_and_short():
    assert name_of(Lane("x", HOSTILE)).startswith("<b>Bold</b>")
    assert len(name_of(Lane("x", LONG))) == 40


def test_the_chart_says_what_it_shows_and_how_it_is_used():
    name, description = chart_words(TR, ["Shop", "Bank"], Kind.LATENCY, ["Up 100 %", ""], 2)

    assert name == "Latency of Shop, Bank"
    assert description.startswith("Up 100 %. 2 outages in this time. The arrow keys")
    assert chart_words(TR, ["Shop"], Kind.PHASES, [], 0)[0] == "Phases of the answers of Shop"
