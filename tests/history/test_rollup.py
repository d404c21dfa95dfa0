from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.history import ON_FILES, START_MS, history_file, recounted, rolled_up, sample
from manara.history.packing import packed_numbers
from manara.history.rollup import add_to_rollups, failures_of
from manara.model import Layer, Reason

_DAY_MS = 86_400_000


def roll_up(file, *samples):
    """Write looks and sum all of them up at once."""
    file.write(*samples)
    rows = file.rows("SELECT at, reason, total, phases FROM samples ORDER BY at")
    with file.store.transaction():
        add_to_rollups(file.connection, file.store.words, 1, rows)


def test_a_look_is_counted_in_its_minute_its_hour_and_its_day(file):
    roll_up(file, sample(0))

    assert sorted(unit for _, unit, _ in rolled_up(file)) == [60, 3600, 86_400]
    assert rolled_up(file) == recounted(file)


def test_minutes_hours_and_days_are_those_of_utc(file):
    midnight = -(START_MS % _DAY_MS)

    roll_up(file, sample(midnight - 1), sample(midnight))

    days = {begin: summary.looks for (_, unit, begin), summary in rolled_up(file).items() if unit == 86_400}
    assert list(days.values()) == [1, 1]


def test_looks_are_added_to_those_that_are_summed_up_already(file):
    roll_up(file, sample(0), sample(1000, Reason.DNS_TIMEOUT))
    with file.store.transaction():
        add_to_rollups(file.connection, file.store.words, 1, [(START_MS + 2000, None, 500, None)])

    (minute,) = (summary for (_, unit, _), summary in rolled_up(file).items() if unit == 60)
    assert (minute.looks, minute.failures, minute.longest) == (3, {Layer.DNS: 1}, 500)


@pytest.mark.parametrize(
    ("look", "failures", "answers"),
    [
        (sample(0), {}, 1),
        (sample(0, Reason.SLOW, 9000.0), {}, 1),
        (sample(0, Reason.CLIENT_ERROR, 80.0, excused=True), {}, 1),
        (sample(0, Reason.SERVER_ERROR), {Layer.HTTP: 1}, 0),
        (sample(0, Reason.NO_PERMISSION, None), {Layer.LOCAL: 1}, 0),
        (sample(0, None, None), {}, 0),
    ],
)
def test_only_looks_that_were_answered_count_for_the_latency(file, look, failures, answers):
    roll_up(file, look)

    for summary in rolled_up(file).values():
        assert (summary.looks, summary.failures, sum(summary.bins.values())) == (1, failures, answers)


def test_a_failure_that_only_a_later_version_knows_counts_as_one_of_this_computer(file):
    file.write(sample(0, Reason.SERVER_ERROR))
    file.connection.execute("UPDATE words SET word = 'sunspots' WHERE word = 'server-error'")
    file.reopen()

    roll_up(file, sample(1000, Reason.NO_PERMISSION))

    assert {tuple(summary.failures.items()) for summary in rolled_up(file).values()} == {((Layer.LOCAL, 2),)}


def test_failures_on_layers_that_only_a_later_version_knows_add_up(file):
    words = file.store.words
    with file.store.transaction():
        file.connection.execute("INSERT INTO words (word) VALUES ('quantum'), ('aether')")
        numbers = dict(file.rows("SELECT word, id FROM words"))
        numbers["local"] = words.number(Layer.LOCAL)

    packed = packed_numbers([numbers["local"], 3, numbers["quantum"], 2, numbers["aether"], 1])

    assert failures_of(words, packed) == {Layer.LOCAL: 6}


def test_nothing_to_add_changes_nothing(file):
    roll_up(file)

    assert rolled_up(file) == {}


reasons = st.sampled_from([None, Reason.DNS_TIMEOUT, Reason.SERVER_ERROR, Reason.SLOW, Reason.NO_PERMISSION])
looks = st.builds(
    lambda at, reason, total, dns: sample(at, reason, total, timings={"dns_ms": dns}),
    st.integers(-_DAY_MS, _DAY_MS),
    reasons,
    st.none() | st.floats(0, 300_000),
    st.none() | st.floats(0, 5_000),
)


@ON_FILES
@given(st.lists(looks, max_size=30), st.lists(st.integers(0, 30), max_size=4))
def test_in_however_many_parts_looks_are_added_the_sum_is_that_of_all(samples, cuts):
    with history_file() as file:
        file.write(*samples)
        rows = file.rows("SELECT at, reason, total, phases FROM samples ORDER BY total")
        edges = [0, *sorted(cuts), len(rows)]

        for begin, end in pairwise(edges):
            with file.store.transaction():
                add_to_rollups(file.connection, file.store.words, 1, rows[begin:end])

        assert rolled_up(file) == recounted(file)
