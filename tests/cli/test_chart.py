from datetime import UTC, datetime, timedelta

import pytest

from manara.cli.chart import HEIGHT, Column, columns_of, latency_chart, plot, time_axis
from manara.cli.glyphs import ASCII, BLOCKS
from manara.model import Bucket, Latency, Layer, Series, Window
from manara.wording import Translator

TR = Translator()
BEGIN = datetime(2026, 7, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
WINDOW = Window(BEGIN, BEGIN + 20 * HOUR)
NOW = WINDOW.end


def bucket(hour, p50=None, p90=None, *, hours=1, failures=()):
    latency = None if p50 is None else Latency(p50, p90 or p50, p90 or p50, p90 or p50)
    begin = BEGIN + hour * HOUR
    return Bucket(begin, begin + hours * HOUR, 5, latency, dict.fromkeys(failures, 1))


def series(*buckets):
    return Series("shop", 3600, buckets)


def drawn(*buckets, width=30, glyphs=BLOCKS, window=WINDOW):
    return [line.plain for line in latency_chart(TR, series(*buckets), window, NOW, width=width, glyphs=glyphs)]


def test_the_median_is_solid_the_rest_shaded_failures_below_and_holes_blank():
    lines = drawn(
        bucket(0, 60, 120), bucket(1, 120), bucket(2, 5, 100), bucket(5, 90, failures=[Layer.DNS]), bucket(6, 30),
        width=27,
    )  # fmt: skip

    assert lines == [
        "120 ms ░█",
        "       ░█░  ▄",
        "       ░█░  █",
        "       ██░  █",
        "       ██░  █▄",
        "     0 ██▂  ██",
        "            ✖",
        "       00:00:00    20:00:00",
    ]


def test_without_failures_there_is_no_row_for_them():
    lines = drawn(bucket(0, 60))

    assert len(lines) == HEIGHT + 1
    assert not any("✖" in line for line in lines)


def test_what_could_not_be_looked_at_is_no_failure_of_the_service():
    assert not any("✖" in line for line in drawn(bucket(0, 60, failures=[Layer.LOCAL])))


def test_where_every_look_failed_only_the_failures_are_drawn():
    lines = drawn(bucket(0, failures=[Layer.TCP]), width=27)

    assert lines[0] == "1.0 ms"
    assert lines[-2].strip() == "✖"


def test_an_outlier_does_not_flatten_the_rest():
    lines = drawn(*[bucket(hour, 100) for hour in range(19)], bucket(19, 30_000))

    assert lines[0].startswith(">500 ms")
    assert lines[0].endswith("█")
    assert "█" in lines[-2]


def test_a_terminal_that_knows_only_ascii_gets_ascii():
    lines = drawn(bucket(0, 60, 120), bucket(1, 120, failures=[Layer.DNS]), glyphs=ASCII)

    assert all(line.isascii() for line in lines)
    assert "#" in lines[-3]
    assert "x" in lines[-2]


@pytest.mark.parametrize("width", [18, 40, 80, 200])
def test_no_line_is_wider_than_there_is_room(width):
    lines = drawn(*[bucket(hour, 10 + hour, 50, failures=[Layer.TCP]) for hour in range(20)], width=width)

    assert lines
    assert max(map(len, lines)) <= width


def test_without_room_or_without_looks_nothing_is_drawn():
    assert drawn(bucket(0, 60), width=15) == []
    assert drawn() == []


def test_a_bucket_narrower_than_a_column_is_not_lost():
    columns = columns_of(series(bucket(19.9, 60, hours=0.05, failures=[Layer.TCP])), WINDOW, 10)

    assert columns == [Column()] * 9 + [Column(60, 60, failed=True)]


def test_a_bucket_that_reaches_over_an_edge_fills_what_lies_within():
    columns = columns_of(series(bucket(-5, 60, hours=9), bucket(18, 70, hours=9)), WINDOW, 10)

    assert columns == [Column(60, 60)] * 2 + [Column()] * 7 + [Column(70, 70)]


def test_a_bucket_outside_of_the_window_is_not_drawn():
    assert columns_of(series(bucket(-5, 60), bucket(20, 60)), WINDOW, 10) == [Column()] * 10


def test_whatever_was_measured_is_seen():
    assert plot([Column(0.0, 0.0)], 1000, BLOCKS)[-1].plain == "▁"


def test_the_axis_names_days_where_there_are_several_and_drops_the_end_without_room():
    days = Window(BEGIN, BEGIN + 30 * 24 * HOUR)

    assert time_axis(Translator(), days, NOW, 30).plain == "2026-07-01          2026-07-31"
    assert time_axis(Translator(), days, NOW, 20).plain == "2026-07-01"
