from datetime import UTC, datetime, timedelta
from itertools import pairwise

from fakes.checks import FakeCheck
from fakes.past import Chronicle, named
from manara.history import Known, read_history
from manara.model import Reason, Verdict, Window
from manara.monitor.past import DAYS, nothing_known, read_past

BEGIN = datetime(2026, 7, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def past(folder, window, **options):
    with read_history(folder) as reader:
        (known,) = reader.services()
        return read_past(reader, known, window, UTC, **options)


def watched(folder, minutes, *, every=1, bad=()):
    with Chronicle(folder) as chronicle:
        chronicle.begin(BEGIN)
        for minute in range(0, minutes, every):
            chronicle.look(BEGIN + minute * MINUTE, Reason.SERVER_ERROR if minute in bad else None)
        chronicle.hear(BEGIN + minutes * MINUTE)
        chronicle.write()


def test_the_past_of_a_window_and_of_the_days_up_to_its_end(tmp_path):
    watched(tmp_path, 60, bad=range(30, 40))

    found = past(tmp_path, Window(BEGIN, BEGIN + 60 * MINUTE), with_latency=True, points=60)

    assert found.uptime.down == 10 * MINUTE
    assert len(found.outages) == 1
    assert [day.worst for day in found.days] == [Verdict.UNKNOWN] * (DAYS - 1) + [Verdict.DOWN]
    assert found.last is Verdict.UP
    assert not found.down_when_heard
    assert found.latency.max_ms == 12.0
    assert len(found.series.buckets) == 60


def test_latency_and_series_are_read_only_if_wanted(tmp_path):
    watched(tmp_path, 10)

    found = past(tmp_path, Window(BEGIN, BEGIN + 10 * MINUTE))

    assert (found.latency, found.series) == (None, None)


def test_the_verdict_is_that_at_the_end_of_the_window_and_also_when_somebody_watched_last(tmp_path):
    watched(tmp_path, 60, bad=range(30, 60))

    found = past(tmp_path, Window(BEGIN, BEGIN + 20 * MINUTE))

    assert found.last is Verdict.UP
    assert found.down_when_heard


def test_between_one_look_and_the_next_a_series_has_no_hole(tmp_path):
    watched(tmp_path, 300, every=5)

    found = past(tmp_path, Window(BEGIN, BEGIN + 300 * MINUTE), points=200)

    buckets = found.series.buckets
    assert 30 <= len(buckets) <= 60
    assert all(before.end == after.begin for before, after in pairwise(buckets))


def test_a_series_without_looks_is_empty(tmp_path):
    watched(tmp_path, 10)

    found = past(tmp_path, Window(BEGIN - 60 * MINUTE, BEGIN), points=200)

    assert found.series.buckets == ()
    assert found.last is Verdict.UNKNOWN


def test_a_service_that_was_only_named_has_no_days(tmp_path):
    with Chronicle(tmp_path, named("a", "A", FakeCheck(name="a"))) as chronicle:
        chronicle.write()
        chronicle._store.label("a", Window(BEGIN, BEGIN + MINUTE), Verdict.MAINTENANCE, "")

    with read_history(tmp_path) as reader:
        found = read_past(reader, Known("a", "A", None), Window(BEGIN, BEGIN + 2 * MINUTE), UTC)

    assert not found.down_when_heard
    assert found.uptime.maintenance == MINUTE


def test_of_a_service_without_a_history_nothing_is_known():
    window = Window(BEGIN, BEGIN + MINUTE)

    found = nothing_known(Known("a", "A", None), window, UTC, points=10)

    assert found.uptime.ratio is not None
    assert found.uptime.coverage == 0
    assert found.uptime.not_observed == MINUTE
    assert found.last is Verdict.UNKNOWN
    assert found.series.resolution_s == 6
    assert nothing_known(Known("a", "A", None), window, UTC).series is None
