from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.clock import START
from fakes.history import ON_FILES, SITE, START_MS, history_file, moment, sample, window
from manara.history.batch import Batch
from manara.history.moments import ms_from, ms_of
from manara.history.reader import UnknownToHistory
from manara.history.series import latency, looks, series
from manara.history.timeline import Watch
from manara.model import CheckResult, Failure, Latency, Layer, Phases, Reason, Timings, Window

MINUTE, HOUR, DAY = 60, 3600, 86_400
API = SITE._replace(target="api")


def points_of(file, asked, points):
    return file.ask(lambda reader: series(reader, "shop", asked, points))


def counted(found):
    return [bucket.looks for bucket in found.buckets]


def heard(file, until_s):
    """Let somebody have watched until then: what is kept is counted back from there."""
    watch = Watch(START_MS - 1, START_MS + round(until_s * 1000), None)
    file.store.write(Batch(watches={watch.begin: watch}))


def every(seconds, *, until_s, begin_s=0, **fields):
    return [sample(at * 1000, **fields) for at in range(begin_s, until_s, seconds)]


def test_few_looks_are_read_one_by_one(file):
    file.write(*every(10, until_s=60))

    found = points_of(file, window(0, 60), 6)

    assert (found.service_id, found.resolution_s, counted(found)) == ("shop", 10.0, [1] * 6)
    assert [bucket.begin for bucket in found.buckets] == [moment(10 * number) for number in range(6)]


def test_a_time_without_a_look_has_no_point(file):
    file.write(sample(0), sample(50_000))

    found = points_of(file, window(0, 60), 6)

    assert [(bucket.begin, bucket.end) for bucket in found.buckets] == [
        (moment(0), moment(10)),
        (moment(50), moment(60)),
    ]


def test_a_point_tells_latency_failures_and_phases(file):
    file.write(sample(0, total_ms=10.0), sample(1, total_ms=30.0), sample(2, Reason.DNS_TIMEOUT))

    (bucket,) = points_of(file, window(0, 60), 1).buckets

    assert (bucket.looks, bucket.failures, bucket.latency.max_ms) == (3, {Layer.DNS: 1}, 30.0)
    assert bucket.phases == Phases(dns_ms=2.0, first_byte_ms=9.5)
    assert bucket.latency.p50_ms == pytest.approx(10, rel=0.03)


@pytest.mark.parametrize(
    ("length_s", "points", "width_s"),
    [(HOUR, 60, MINUTE), (HOUR, 10, 6 * MINUTE), (DAY, 24, HOUR), (10 * DAY, 10, DAY), (10 * DAY, 3, 4 * DAY)],
)
def test_a_chart_is_made_of_the_widest_roll_up_that_gives_enough_points(file, length_s, points, width_s):
    file.write(*every(600, until_s=DAY))
    file.keep_house(START_MS + 2 * DAY * 1000)
    begin = START - timedelta(hours=15, minutes=30)

    found = points_of(file, Window(begin, begin + timedelta(seconds=length_s)), points)

    assert found.resolution_s == width_s
    assert len(found.buckets) <= points


def test_old_looks_that_were_dropped_are_taken_from_the_roll_ups(file):
    file.write(*every(60, until_s=3 * DAY))
    now_s = 20 * DAY
    heard(file, now_s)
    file.keep_house(START_MS + now_s * 1000)
    assert file.rows("SELECT count(*) FROM samples") == [(0,)]

    found = points_of(file, window(DAY, DAY + HOUR), 1000)

    # Half past: the window touches two hours.
    assert (found.resolution_s, counted(found)) == (HOUR, [60, 60])


def test_of_a_day_from_which_looks_are_being_dropped_none_is_missing(file):
    midnight_s = DAY - (START_MS // 1000) % DAY
    file.write(*every(60, begin_s=midnight_s, until_s=midnight_s + DAY))
    now_s = midnight_s + 14 * DAY + 8 * HOUR
    heard(file, now_s)
    file.keep_house(START_MS + now_s * 1000)
    assert file.rows("SELECT min(at) FROM samples") == [(START_MS + (midnight_s + 8 * HOUR) * 1000,)]

    found = points_of(file, window(midnight_s + 6 * HOUR, midnight_s + 10 * HOUR), 1000)

    assert counted(found) == [60] * 4


def test_years_ago_there_are_only_days(file):
    file.write(*every(HOUR, until_s=2 * DAY))
    heard(file, 400 * DAY)
    file.keep_house(START_MS + 400 * DAY * 1000)

    found = points_of(file, window(0, HOUR), 60)

    assert found.resolution_s == DAY


def test_what_is_not_summed_up_yet_is_added_from_the_looks(file):
    file.write(*every(10, until_s=HOUR))
    file.keep_house(START_MS + 1830 * 1000)

    for points, width_s in ((60, MINUTE), (7, 9 * MINUTE), (1, 2 * HOUR)):
        found = points_of(file, window(0, HOUR), points)
        assert (found.resolution_s, sum(counted(found))) == (width_s, 360)


def test_a_window_that_ends_within_a_minute_gives_the_same_before_and_after_summing_up(file):
    file.write(*every(5, until_s=HOUR))
    asked = window(0, 1817)
    before = points_of(file, asked, 30), points_of(file, asked, 7)

    file.keep_house(START_MS + 2 * HOUR * 1000)

    assert (points_of(file, asked, 30), points_of(file, asked, 7)) == before


def test_several_checks_of_a_service_are_one_line(file):
    file.write(*every(10, until_s=HOUR), *every(20, until_s=HOUR, key=API))
    file.keep_house(START_MS + 1830 * 1000)

    assert counted(points_of(file, window(0, HOUR), 60)) == [9] * 60


def test_too_many_looks_are_not_read_one_by_one(file):
    file.write(*(sample(number * 100) for number in range(20_500)))
    file.keep_house(START_MS + HOUR * 1000)

    found = points_of(file, window(0, 2050), 100)

    assert (found.resolution_s, sum(counted(found))) == (MINUTE, 20_500)


def test_a_window_within_a_millisecond_has_no_points(file):
    file.write(sample(0))
    tiny = Window(START + timedelta(microseconds=1), START + timedelta(microseconds=2))

    assert points_of(file, tiny, 10).buckets == ()
    assert file.ask(lambda reader: latency(reader, "shop", tiny)) is None


def test_a_service_without_looks_has_no_points(file):
    file.store.write(Batch(names={"shop": "Shop"}))

    assert points_of(file, window(0, 60), 10).buckets == ()
    assert file.ask(lambda reader: latency(reader, "shop", window(0, 60))) is None


@pytest.mark.parametrize(
    "question",
    [lambda reader: series(reader, "bank", window(0, 1), 1), lambda reader: list(looks(reader, "bank", window(0, 1)))],
)
def test_a_service_without_a_history_is_told(file, question):
    with file.reader() as reader, pytest.raises(UnknownToHistory, match="bank"):
        question(reader)


def test_the_latency_of_a_window_is_one_number_of_each_kind(file):
    file.write(*(sample(number * 1000, total_ms=float(number)) for number in range(101)))

    found = file.ask(lambda reader: latency(reader, "shop", window(0, 101)))

    assert found.max_ms == 100
    assert found.p50_ms == pytest.approx(50, rel=0.03)
    assert found.p90_ms == pytest.approx(90, rel=0.03)


def test_a_window_in_which_nothing_answered_has_no_latency(file):
    file.write(sample(0, Reason.DNS_TIMEOUT))

    assert file.ask(lambda reader: latency(reader, "shop", window(0, 60))) is None
    (bucket,) = points_of(file, window(0, 60), 1).buckets
    assert bucket.latency is None


def test_a_ready_made_point_without_an_answer_has_no_latency(file):
    file.write(sample(0, Reason.DNS_TIMEOUT), sample(MINUTE * 1000, total_ms=0.0))
    file.keep_house(START_MS + HOUR * 1000)

    failed, answered = points_of(file, window(0, 2 * MINUTE), 2).buckets

    assert (failed.latency, failed.failures) == (None, {Layer.DNS: 1})
    assert answered.latency == Latency(0.0, 0.0, 0.0, 0.0)


def test_single_looks_come_back_with_what_there_was_room_for(file):
    file.write(
        sample(0, timings={"tls_ms": 3.1}),
        sample(60_000, Reason.CLIENT_ERROR, excused=True),
        sample(0, Reason.SERVER_ERROR, None, key=API),
        sample(3_600_000),
    )

    found = file.ask(lambda reader: list(looks(reader, "shop", window(0, HOUR))))

    assert [(each.service_id, each.check_type, each.target) for each in found] == [
        ("shop", "fake", "site"),
        ("shop", "fake", "site"),
        ("shop", "fake", "api"),
    ]
    assert found[0].result == CheckResult(START, None, Timings(2.0, None, 3.1, 9.5, 12.0))
    assert found[1].result.failure == Failure(Reason.CLIENT_ERROR, excused=True)
    assert (found[2].result.failure, found[2].result.timings.total_ms) == (Failure(Reason.SERVER_ERROR), None)


def test_a_look_that_failed_for_a_reason_of_a_later_version_failed(file):
    file.write(sample(0, Reason.SERVER_ERROR))
    file.connection.execute("UPDATE words SET word = 'sunspots' WHERE word = 'server-error'")

    (look,) = file.ask(lambda reader: list(looks(reader, "shop", window(0, 1))))
    (bucket,) = points_of(file, window(0, 60), 1).buckets

    assert look.result.failure == Failure(Reason.INTERNAL_ERROR)
    assert bucket.failures == {Layer.LOCAL: 1}


def test_a_late_look_of_years_ago_does_not_hide_what_was_dropped(file):
    file.write(*every(600, until_s=DAY))
    heard(file, 20 * DAY)
    file.keep_house(START_MS + 20 * DAY * 1000)
    file.write(sample(-5 * 365 * DAY * 1000))

    found = points_of(file, window(HOUR, 2 * HOUR), 1000)

    assert (found.resolution_s, sum(counted(found))) == (HOUR, 12)


moments_ms = st.integers(0, 3 * DAY * 1000) | st.integers(0, 2 * HOUR * 1000)


@ON_FILES
@given(
    st.lists(moments_ms, max_size=40, unique=True),
    st.lists(moments_ms, max_size=20, unique=True),
    st.integers(0, 4 * DAY),
    st.builds(
        lambda begin_us, length_us: window(begin_us / 1e6, (begin_us + length_us) / 1e6),
        st.integers(0, 3 * DAY * 1_000_000),
        st.integers(1, 3 * DAY * 1_000_000) | st.integers(1, 10_000_000_000),
    ),
    st.integers(1, 500),
)
def test_points_count_every_look_of_their_time_once_whatever_is_summed_up(first, second, now_s, asked, points):
    with history_file() as file:
        file.write(*(sample(at) for at in first), *(sample(at, key=API) for at in second))
        file.keep_house(START_MS + now_s * 1000, keep_looks_days=100)

        with file.reader() as reader:
            if not reader.services():
                return
            found = series(reader, "shop", asked, points)

        buckets = found.buckets
        times = [START_MS + at for at in (*first, *second)]
        assert len(buckets) <= points
        assert all(left.end <= right.begin for left, right in pairwise(buckets))
        assert all(bucket.begin < bucket.end for bucket in buckets)
        for bucket in buckets:
            assert bucket.looks == sum(ms_of(bucket.begin) <= at < ms_of(bucket.end) for at in times)
        inside = [at for at in times if ms_from(asked.begin) <= at < ms_of(asked.end)]
        for at in inside:
            assert any(ms_of(bucket.begin) <= at < ms_of(bucket.end) for bucket in buckets)
