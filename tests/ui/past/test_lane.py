from datetime import UTC, datetime, timedelta

import pytest

from manara.model import Bucket, Circumstance, Latency, Layer, Phases, Series, Span, Verdict, Window
from manara.ui.past.lane import Kind, Lane, bucket_at, middle, runs, span_at, stack, top_ms

START = datetime(2021, 10, 4, tzinfo=UTC)


def at(seconds):
    return START + timedelta(seconds=seconds)


def bucket(begin, end, ms=100.0, **fields):
    took = None if ms is None else Latency(ms, ms * 1.2, ms * 2, ms * 3)
    return Bucket(at(begin), at(end), 1, took, **fields)


def span(begin, end, verdict=Verdict.UP, **fields):
    return Span(at(begin), at(end), verdict, **fields)


def lane(buckets, spans=(), resolution_s=60.0):
    return Lane("shop", "Shop", Series("shop", resolution_s, tuple(buckets)), tuple(spans))


def lengths(found):
    return [len(run) for run in found]


def test_looks_far_apart_make_one_line():
    found = runs(lane([bucket(0, 1), bucket(300, 301), bucket(600, 601)], [span(0, 900)]))

    assert lengths(found) == [3]


def test_a_time_in_which_nobody_looked_is_a_gap():
    spans = [span(0, 200), span(200, 500, Verdict.UNKNOWN, cause=Circumstance.NOT_OBSERVED), span(500, 900)]
    found = runs(lane([bucket(0, 60), bucket(60, 120), bucket(540, 600)], spans))

    assert lengths(found) == [2, 1]


def test_a_short_sleep_within_a_wide_bucket_is_no_gap():
    spans = [span(0, 200), span(200, 300, Verdict.UNKNOWN), span(300, 2000)]
    found = runs(lane([bucket(0, 1000), bucket(1000, 2000)], spans))

    assert lengths(found) == [2]


def test_looks_that_all_failed_are_a_gap():
    buckets = [bucket(0, 60), bucket(60, 120, None, failures={Layer.DNS: 1}), bucket(120, 180)]

    assert lengths(runs(lane(buckets))) == [1, 1]


def test_nothing_measured_makes_no_line():
    assert runs(Lane("shop", "Shop")) == []


@pytest.mark.parametrize(("seconds", "place"), [(30, 0), (89, 1), (140, 1), (-60, 0), (400, None)])
def test_the_bucket_at_a_moment_is_the_nearest_unless_that_is_far(seconds, place):
    buckets = (bucket(0, 60), bucket(60, 120))
    found = bucket_at(Series("shop", 60.0, buckets), at(seconds))

    assert found == (None if place is None else buckets[place])


def test_without_measurements_there_is_no_bucket():
    assert bucket_at(None, START) is None
    assert bucket_at(Series("shop", 60.0, ()), START) is None
    assert bucket_at(Series("shop", 60.0, (bucket(0, 60),)), at(10)) is not None


def test_the_span_at_a_moment_is_the_one_that_holds_it():
    spans = (span(0, 10), span(10, 20, Verdict.DOWN))

    assert span_at(spans, at(10)) is spans[1]
    assert span_at(spans, at(20)) is None
    assert span_at(spans, at(-1)) is None


def test_the_axis_ends_a_little_above_what_is_shown():
    buckets = [bucket(0, 60, 100), bucket(60, 120, 150), bucket(10_000, 10_060, 900)]

    assert top_ms(lane(buckets), Window(at(0), at(120)), Kind.LATENCY) == pytest.approx(150 * 1.2 * 1.15)


def test_one_outlier_does_not_flatten_all_the_rest():
    buckets = [bucket(60 * place, 60 * place + 60, 100) for place in range(20)] + [bucket(1200, 1260, 50_000)]

    assert top_ms(lane(buckets), Window(at(0), at(2000)), Kind.LATENCY) < 1000


def test_an_axis_without_anything_has_a_height():
    assert top_ms(lane([]), Window(at(0), at(60)), Kind.LATENCY) == 1
    assert top_ms(Lane("shop", "Shop"), Window(at(0), at(60)), Kind.PHASES) == 1


def test_phases_stand_on_each_other_and_missing_ones_take_no_room():
    phases = Phases(1.0, 2.0, None, 4.0)

    assert stack(phases) == (1, 2, 0, 4)
    assert top_ms(lane([bucket(0, 60, phases=phases)]), Window(at(0), at(60)), Kind.PHASES) == pytest.approx(7 * 1.15)


def test_a_bucket_is_drawn_at_its_middle():
    assert middle(bucket(0, 60)) == at(30)
