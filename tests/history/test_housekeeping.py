import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.history import (
    OFFLINE,
    ON_FILES,
    SITE,
    START_MS,
    HistoryFile,
    history_file,
    moment,
    recounted,
    rolled_up,
    sample,
    window,
)
from manara.history.batch import Batch
from manara.history.housekeeping import (
    EVERY_MS,
    KEEP_FACTS,
    KEEP_MS,
    KEEP_REMOVED_MS,
    LATE_MS,
    SETTLED_MS,
    STEP_S,
    Housekeeping,
)
from manara.history.rollup import DAY_S, HOUR_S, MINUTE_S
from manara.history.schema import VERSION
from manara.history.series import series
from manara.history.timeline import Piece, Watch
from manara.model import Circumstance, Interval, Reason, Transition, Verdict

DAY_MS = 86_400_000
MADE_BY = Path(__file__).parent / "made_by"
API = SITE._replace(target="api")
NOW_MS = START_MS + 10 * 365 * DAY_MS


def settle(file, now_ms=NOW_MS, for_ms=SETTLED_MS):
    """Let somebody have watched for so long."""
    file.store.write(Batch(watches={now_ms - for_ms: Watch(now_ms - for_ms, now_ms, None)}))


def keep_house(file, now_ms=NOW_MS, keep_looks_days=14):
    steps = file.keep_house(now_ms, keep_looks_days)
    file.reopen()
    return steps


def do_all(housekeeping, now_ms, keep_looks_ms=14 * DAY_MS):
    while housekeeping.step(now_ms, keep_looks_ms):
        pass


def ago(days, reason=None, **fields):
    """A look so many days before now."""
    return sample(NOW_MS - START_MS - round(days * DAY_MS), reason, **fields)


def ages(file, statement):
    """How many days ago something was that is still in the file."""
    return [round((NOW_MS - at) / DAY_MS, 3) for (at,) in file.rows(statement)]


LOOKS = "SELECT at FROM samples ORDER BY at DESC"
UNITS = "SELECT begin * unit * 1000 FROM rollups WHERE unit = {} ORDER BY begin DESC"


def test_looks_are_summed_up_a_minute_after_they_began(file):
    file.write(sample(0), sample(1000))

    keep_house(file, START_MS + LATE_MS + 1)

    assert {summary.looks for summary in rolled_up(file).values()} == {1}


def test_looks_that_were_summed_up_are_not_summed_up_again(file):
    file.write(*(sample(number * 1000) for number in range(3)))

    for minutes in range(5):
        keep_house(file, START_MS + LATE_MS + 1 + minutes * EVERY_MS)

    assert rolled_up(file) == recounted(file)


def test_there_is_something_to_do_only_every_few_minutes(file):
    housekeeping = Housekeeping(file.store)
    file.write(sample(0))
    do_all(housekeeping, NOW_MS)
    file.write(sample(1000))

    assert not housekeeping.step(NOW_MS + EVERY_MS - 1, DAY_MS)
    assert {summary.looks for summary in rolled_up(file).values()} == {1}
    do_all(housekeeping, NOW_MS + EVERY_MS)
    assert {summary.looks for summary in rolled_up(file).values()} == {2}


def test_a_clock_that_was_set_back_does_not_stop_the_housekeeping(file):
    housekeeping = Housekeeping(file.store)
    do_all(housekeeping, NOW_MS)
    file.write(sample(0))

    do_all(housekeeping, START_MS + DAY_MS)

    assert rolled_up(file) == recounted(file) != {}


def test_single_looks_are_kept_as_many_days_as_the_user_wants(file):
    settle(file)
    file.write(ago(0.5), ago(1.999), ago(2.001), ago(3))

    keep_house(file, keep_looks_days=2)

    assert ages(file, LOOKS) == [0.5, 1.999]


@pytest.mark.parametrize("unit_s", [MINUTE_S, HOUR_S, DAY_S])
def test_minutes_hours_and_days_are_kept_for_their_time(file, unit_s):
    settle(file)
    days = KEEP_MS[unit_s] / DAY_MS
    file.write(ago(days - 0.5), ago(days + 1.5))

    keep_house(file)

    (age,) = ages(file, UNITS.format(unit_s))
    assert age <= days + unit_s / DAY_S


def test_of_what_is_older_than_everything_nothing_is_left(file):
    settle(file)
    file.write(ago(2000), ago(2001))
    keep_house(file)

    assert rolled_up(file) == {}
    assert file.rows(LOOKS) == []


def test_a_dropped_look_is_still_in_the_sums(file):
    settle(file)
    file.write(ago(20), ago(20.0001), ago(80))

    keep_house(file)

    assert file.rows(LOOKS) == []
    assert [(unit, summary.looks) for (_, unit, _), summary in rolled_up(file).items()] == [
        (HOUR_S, 1),
        (HOUR_S, 2),
        (DAY_S, 1),
        (DAY_S, 2),
    ]


def test_spans_and_changes_of_five_years_are_kept(file):
    settle(file)
    before_ms = NOW_MS - KEEP_MS[DAY_S]
    pieces = [Piece(before_ms + at, before_ms + at + 10, Verdict.UP, None) for at in (-20, -5, 5)]
    changes = [
        Transition("shop", Verdict.UP, Verdict.DOWN, None, Interval(None, moment((before_ms + at - START_MS) / 1000)))
        for at in (-20, 5)
    ]
    file.store.write(Batch(closed=[("shop", piece) for piece in pieces], transitions=changes))

    keep_house(file)

    # The span that reaches into the five years stays.
    assert file.rows("SELECT begin FROM spans") == [(before_ms - 5,), (before_ms + 5,)]
    assert file.rows("SELECT at FROM transitions") == [(before_ms + 5,)]


def test_what_was_known_of_the_line_and_who_watched_when_is_kept_as_long_as_spans(file):
    settle(file)
    before_ms = NOW_MS - KEEP_MS[DAY_S]
    watches = [Watch(before_ms + at, before_ms + at + 10, Circumstance.NOT_RUNNING) for at in (-20, -5, 5)]
    lines = dict.fromkeys([before_ms - 5, before_ms + 5], OFFLINE)
    file.store.write(Batch(watches={watch.begin: watch for watch in watches}, lines=lines))

    keep_house(file)

    assert file.rows("SELECT begin FROM watches WHERE begin < ?", NOW_MS - SETTLED_MS) == [
        (before_ms - 5,),
        (before_ms + 5,),
    ]
    assert file.rows("SELECT at FROM lines") == [(before_ms + 5,)]


def test_the_newest_facts_of_each_kind_are_kept(file):
    settle(file)
    facts = {(SITE, "address", f"10.0.0.{number}"): number for number in range(KEEP_FACTS + 20)}
    facts |= {(SITE, "server", "nginx"): 0, (API, "address", "10.0.0.1"): 0}
    file.store.write(Batch(facts=facts))

    keep_house(file)

    assert file.rows("SELECT count(*), min(last_seen) FROM facts WHERE kind = 'address' AND check_id = 1") == [
        (KEEP_FACTS, 20)
    ]
    assert file.rows("SELECT count(*) FROM facts") == [(KEEP_FACTS + 2,)]


def test_labels_are_kept_for_ever(file):
    settle(file)
    file.store.label("shop", window(0, 10), Verdict.UP, "a decade ago")

    keep_house(file)

    assert file.rows("SELECT note FROM labels") == [("a decade ago",)]


@pytest.mark.parametrize("for_ms", [None, 0, SETTLED_MS - 1])
def test_nothing_is_dropped_before_the_clock_has_gone_on_for_a_while(file, for_ms):
    file.write(ago(100), ago(2000))
    file.store.write(Batch(closed=[("shop", Piece(START_MS, START_MS + 10, Verdict.UP, None))]))
    if for_ms is not None:
        settle(file, for_ms=for_ms)

    keep_house(file)

    assert ages(file, LOOKS) == [100, 2000]
    assert len(file.rows("SELECT * FROM spans")) == 1
    assert rolled_up(file) == recounted(file)


def test_a_long_watch_that_has_ended_says_nothing_about_the_clock_of_now(file):
    watch = Watch(NOW_MS - DAY_MS, NOW_MS - 1000, Circumstance.NOT_OBSERVED)
    file.store.write(Batch(watches={watch.begin: watch, NOW_MS: Watch(NOW_MS, NOW_MS + 5, None)}))
    file.write(ago(100))

    keep_house(file)

    assert ages(file, LOOKS) == [100]


def test_looks_that_are_not_summed_up_yet_are_never_dropped(file):
    """Of a clock that is behind, everything new lies in the future."""
    settle(file)
    file.write(ago(-50), ago(30))

    keep_house(file, keep_looks_days=-100)

    assert ages(file, LOOKS) == [-50]


def test_much_to_do_is_done_in_many_small_steps(file):
    settle(file)
    file.write(*(ago(30 + number / 86_400) for number in range(100_000)))

    steps = 1
    housekeeping = Housekeeping(file.store)
    looks_per_step = []
    while housekeeping.step(NOW_MS, DAY_MS):
        steps += 1
        rows = file.rows("SELECT ifnull(sum(looks), 0) FROM rollups WHERE unit = 86400")
        looks_per_step.append(rows[0][0])

    assert STEP_S <= 0.05
    assert steps > 10
    assert file.rows("SELECT sum(looks) FROM rollups WHERE unit = 86400") == [(100_000,)]
    assert file.rows("SELECT count(*) FROM samples") == [(0,)]


@pytest.mark.parametrize("table", ["rollups", "checks", "samples"])
def test_work_that_is_interrupted_is_done_again_from_where_it_was(file, table):
    settle(file)
    file.write(*(ago(20 + number / 86_400) for number in range(3000)))
    expected = recounted(file)
    kind = {"rollups": "INSERT", "checks": "UPDATE", "samples": "DELETE"}[table]
    limit = "(SELECT count(*) FROM rollups) > 20" if table == "rollups" else "1"
    file.connection.execute(
        f"CREATE TEMP TRIGGER full BEFORE {kind} ON {table} WHEN {limit} BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    housekeeping = Housekeeping(file.store)
    with pytest.raises(sqlite3.Error, match="full"):
        do_all(housekeeping, NOW_MS)
    file.connection.execute("DROP TRIGGER full")

    do_all(housekeeping, NOW_MS + EVERY_MS)

    assert file.rows("SELECT count(*) FROM samples") == [(0,)]
    kept = {place: summary for place, summary in expected.items() if place[1] != MINUTE_S}
    assert rolled_up(file) == kept


def test_what_is_flushed_between_two_steps_is_not_lost(file):
    file.write(*(sample(number * 1000) for number in range(5000)))
    housekeeping = Housekeeping(file.store)
    now_ms = START_MS + DAY_MS
    late = iter(range(5000))

    while housekeeping.step(now_ms, DAY_MS * 14):
        file.write(*(sample(next(late) * 1000 + 500) for _ in range(50)))
    keep_house(file, now_ms + EVERY_MS)

    assert rolled_up(file) == recounted(file)


actions = st.lists(
    st.one_of(
        st.tuples(st.just("looks"), st.lists(st.integers(-DAY_MS, 2 * DAY_MS), max_size=12)),
        st.tuples(st.just("looks"), st.lists(st.integers(0, 600_000), max_size=12)),
        st.tuples(st.just("house"), st.integers(-DAY_MS, 3 * DAY_MS) | st.integers(0, 900_000)),
        st.tuples(st.just("fail"), st.integers(0, 3 * DAY_MS)),
        st.tuples(st.just("reopen")),
    ),
    max_size=12,
)


@ON_FILES
@given(actions, st.sampled_from([None, Reason.DNS_TIMEOUT, Reason.SLOW]))
def test_roll_ups_are_those_of_all_looks_however_late_they_come_and_whatever_is_interrupted(acts, reason):
    with history_file() as file:
        file.write(sample(0))
        for name, *parts in acts:
            match name:
                case "looks":
                    file.write(
                        *(sample(at, reason if at % 3 else None, key=SITE if at % 2 else API) for at in parts[0])
                    )
                case "house":
                    file.keep_house(START_MS + parts[0])
                case "fail":
                    file.connection.execute(
                        "CREATE TEMP TRIGGER full BEFORE UPDATE ON checks BEGIN SELECT RAISE(ABORT, 'full'); END"
                    )
                    with suppress(sqlite3.Error):
                        file.keep_house(START_MS + parts[0])
                    file.connection.execute("DROP TRIGGER full")
                case "reopen":
                    file.reopen()
        file.keep_house(START_MS + 9 * DAY_MS)

        assert rolled_up(file) == recounted(file)


def test_a_series_counts_the_same_while_house_is_being_kept(file):
    file.write(*(sample(number * 7_000) for number in range(5000)))
    housekeeping = Housekeeping(file.store)
    end_s = 40_000
    going_on = True

    while going_on:
        going_on = housekeeping.step(START_MS + DAY_MS, 14 * DAY_MS)
        with file.reader() as reader:
            for points in (3, 10, 700):
                assert sum(bucket.looks for bucket in series(reader, "shop", window(0, end_s), points).buckets) == 5000


def remove(file, days_ago, service_id="shop"):
    file.write(removed={service_id: NOW_MS - round(days_ago * DAY_MS)})


def rest_of(file, *numbers):
    """How many rows each table has of a service, by its number and those of its checks."""
    owners = {"service_id": numbers[:1], "check_id": numbers[1:]}
    rows = {}
    for (table,) in file.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        for _, column, *_ in file.rows(f"PRAGMA table_info({table})"):
            if column in owners:
                statement = f"SELECT 1 FROM {table} WHERE {column} = ?"  # noqa: S608 - names of our schema
                rows[table] = sum(len(file.rows(statement, owner)) for owner in owners[column])
    return rows


def test_a_removed_service_is_purged_after_its_days(file):
    settle(file)
    file.write(ago(0.5), ago(0.6, key=API), ago(0.5, key=SITE._replace(service_id="blog")))
    remove(file, 7.01)

    keep_house(file)

    assert [service for (service,) in file.rows("SELECT service FROM services")] == ["blog"]
    assert len(file.rows("SELECT id FROM checks")) == len(file.rows(LOOKS)) == 1
    assert {summary.looks for summary in rolled_up(file).values()} == {1}


def test_a_removed_service_keeps_its_past_for_some_days(file):
    settle(file)
    file.write(ago(0.5))
    remove(file, 6.99)

    keep_house(file)

    assert ages(file, LOOKS) == [0.5]


def test_a_service_that_was_only_not_watched_is_not_purged(file):
    settle(file)
    file.write(names={"shop": "Shop"})
    file.write(ago(13))

    keep_house(file)

    assert ages(file, LOOKS) == [13]


def test_a_service_that_came_back_keeps_its_past(file):
    settle(file)
    file.write(ago(0.5))
    remove(file, 8)
    file.write(names={"shop": "Shop"})

    keep_house(file)

    assert ages(file, LOOKS) == [0.5]


def test_nothing_of_a_purged_service_is_left_in_any_table(tmp_path):
    shutil.copy(MADE_BY / f"version-{VERSION}.sqlite3", tmp_path / "history.sqlite3")
    with closing(HistoryFile(tmp_path / "history.sqlite3")) as file:
        settle(file)
        (shop,) = file.rows("SELECT id FROM services WHERE service = 'shop'")[0]
        checks = [number for (number,) in file.rows("SELECT id FROM checks WHERE service_id = ?", shop)]
        before = rest_of(file, shop, *checks)
        remove(file, 8)

        keep_house(file)

        assert all(before.values())
        assert rest_of(file, shop, *checks) == dict.fromkeys(before, 0)


def begin_purge(file):
    """Purge a part of many looks."""
    settle(file)
    file.write(*(ago(number / DAY_MS) for number in range(1, 30_001)))
    remove(file, 8)
    housekeeping = Housekeeping(file.store)
    while len(file.rows(LOOKS)) == 30_000:
        housekeeping.step(NOW_MS, 14 * DAY_MS)
    return housekeeping


def test_a_purge_goes_on_where_it_was_interrupted(file):
    begin_purge(file)
    left = len(file.rows(LOOKS))
    file.reopen()

    keep_house(file)

    assert 0 < left < 30_000
    assert file.rows("SELECT id FROM services") == file.rows(LOOKS) == []


def test_a_service_that_comes_back_during_its_purge_keeps_what_is_left(file):
    housekeeping = begin_purge(file)

    file.write(names={"shop": "Shop"})
    left = len(file.rows(LOOKS))
    do_all(housekeeping, NOW_MS)

    # The piece that is next when it comes back may still go.
    assert len(file.rows(LOOKS)) >= left - 500
    assert file.rows("SELECT service, removed_at FROM services") == [("shop", None)]


def test_a_service_can_be_watched_anew_after_its_purge(file):
    settle(file)
    file.write(ago(0.5), ago(0.5, key=SITE._replace(service_id="blog")))
    remove(file, 8)
    do_all(Housekeeping(file.store), NOW_MS)

    file.write(ago(0.1), ago(0.1, key=SITE._replace(service_id="blog")))

    file.reopen()
    looks = file.rows(
        "SELECT service, count(*) FROM samples JOIN checks ON check_id = checks.id "
        "JOIN services ON service_id = services.id GROUP BY service"
    )
    assert dict(looks) == {"shop": 1, "blog": 2}


def test_a_clock_that_just_jumped_purges_nothing(file):
    settle(file, for_ms=SETTLED_MS - 1)
    file.write(ago(0.5))
    remove(file, KEEP_REMOVED_MS / DAY_MS * 100)

    keep_house(file)

    assert ages(file, LOOKS) == [0.5]
