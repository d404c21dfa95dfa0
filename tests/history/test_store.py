import json
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import FakeCheck, make_result, make_service
from fakes.clock import START
from fakes.history import (
    OFFLINE,
    ON_FILES,
    SITE,
    START_MS,
    history_file,
    moment,
    recounted,
    rolled_up,
    sample,
    window,
)
from manara.history.batch import Batch, CheckKey, OpenSpan
from manara.history.latest import latest
from manara.history.reader import UnknownToHistory
from manara.history.series import looks
from manara.history.timeline import Piece, Watch
from manara.model import (
    CheckState,
    Circumstance,
    Interval,
    Reason,
    Transition,
    Verdict,
    Witness,
)

DOWN = Piece(START_MS, START_MS + 5000, Verdict.DOWN, Reason.SERVER_ERROR, START_MS - 1000)
SHOP = make_service("shop", FakeCheck(name="site"))


def spans(file, service_id="shop"):
    return file.ask(
        lambda reader: [
            (span.begin, span.end, span.verdict, span.cause, span.after)
            for span in reader.spans(service_id, window(-3600, 3600))
            if span.observed
        ]
    )


def test_a_closed_span_is_in_the_file(file):
    file.store.write(Batch(closed=[("shop", DOWN)]))

    assert spans(file) == [(moment(0), moment(5), Verdict.DOWN, Reason.SERVER_ERROR, moment(-1))]


def test_an_open_span_reaches_as_far_as_somebody_was_watching(file):
    opened = OpenSpan(START_MS, None, Verdict.UP, None, None, START_MS)
    file.store.write(Batch(opened={"shop": opened}, watches={START_MS: Watch(START_MS, START_MS + 2000, None)}))
    file.store.write(Batch(watches={START_MS: Watch(START_MS, START_MS + 9000, None)}))

    assert spans(file) == [(moment(0), moment(9), Verdict.UP, None, None)]


def test_an_open_span_of_which_nobody_watched_anything_claims_nothing(file):
    file.store.write(Batch(opened={"shop": OpenSpan(START_MS, None, Verdict.UP, None, None, START_MS)}))

    assert spans(file) == []


def test_a_service_that_is_not_watched_any_more_has_no_open_span(file):
    opened = OpenSpan(START_MS, None, Verdict.UP, None, None, START_MS)
    file.store.write(Batch(opened={"shop": opened}, watches={START_MS: Watch(START_MS, START_MS + 9000, None)}))
    file.store.write(Batch(opened={"shop": None}))

    assert spans(file) == []


def test_a_crash_closes_what_was_open_at_the_last_moment_that_was_written(file):
    opened = OpenSpan(START_MS, START_MS - 700, Verdict.DOWN, Reason.SERVER_ERROR, None, START_MS)
    file.store.write(Batch(opened={"shop": opened}, watches={START_MS: Watch(START_MS, START_MS + 9000, None)}))

    file.reopen()
    file.store.close_what_a_crash_left_open()
    file.store.close_what_a_crash_left_open()

    assert spans(file) == [(moment(0), moment(9), Verdict.DOWN, Reason.SERVER_ERROR, moment(-0.7))]
    assert file.rows("SELECT * FROM open_spans") == []
    assert file.ask(lambda reader: reader.spans("shop", window(10, 20)))[0].cause is Circumstance.NOT_RUNNING


def test_a_crash_right_after_a_span_was_opened_leaves_nothing(file):
    opened = OpenSpan(START_MS + 9000, None, Verdict.UP, None, None, START_MS)
    file.store.write(Batch(opened={"shop": opened}, watches={START_MS: Watch(START_MS, START_MS + 9000, None)}))

    file.store.close_what_a_crash_left_open()

    assert spans(file) == []


def test_a_file_without_a_crash_has_nothing_to_close(file):
    file.store.write(Batch(closed=[("shop", DOWN)]))

    file.store.close_what_a_crash_left_open()

    assert len(spans(file)) == 1


@ON_FILES
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50), st.sampled_from(Verdict)), max_size=12))
def test_spans_in_the_file_never_overlap_and_the_newest_counts(pieces):
    newest = {}
    with history_file() as file:
        for begin, length, verdict in pieces:
            file.store.write(Batch(closed=[("shop", Piece(begin, begin + length, verdict, None))]))
            newest |= dict.fromkeys(range(begin, begin + length), verdict.value)

        file.reopen()

        rows = file.rows("SELECT begin, until, word FROM spans JOIN words ON words.id = verdict")
        found = [(at, verdict) for begin, until, verdict in rows for at in range(begin, until)]
        assert sorted(found) == sorted(newest.items())


TABLES = ("services", "checks", "samples", "spans", "open_spans", "watches", "transitions", "facts", "latest", "lines")


def full_batch():
    """A batch that has something for every table."""
    return Batch(
        names={"shop": "Shop"},
        samples=[sample(0, Reason.SERVER_ERROR)],
        closed=[("shop", DOWN)],
        opened={"shop": OpenSpan(START_MS + 5000, None, Verdict.UP, None, None, START_MS)},
        watches={START_MS: Watch(START_MS, START_MS + 9000, None)},
        transitions=[Transition("shop", Verdict.UP, Verdict.DOWN, None, Interval(None, START))],
        facts={(SITE, "server", "nginx"): START_MS},
        latest={SITE: (CheckState(Verdict.DOWN, None), make_result(Reason.SERVER_ERROR))},
        lines={START_MS: OFFLINE},
    )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("how", ["ABORT", "ROLLBACK"])
def test_all_of_a_batch_is_written_or_nothing(file, table, how):
    refusal = f"CREATE TEMP TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE({how}, 'full'); END"
    file.connection.execute(refusal)

    with pytest.raises(sqlite3.Error, match="full"):
        file.store.write(full_batch())

    assert [each for each in (*TABLES, "words") if file.all_of(each)] == []


def test_a_batch_that_was_not_written_can_be_written_again(file):
    refusal = "CREATE TEMP TRIGGER full BEFORE INSERT ON lines BEGIN SELECT RAISE(ROLLBACK, 'full'); END"
    file.connection.execute(refusal)
    with pytest.raises(sqlite3.Error, match="full"):
        file.store.write(full_batch())
    file.connection.execute("DROP TRIGGER full")

    file.store.write(full_batch())

    assert spans(file)[0] == (moment(0), moment(5), Verdict.DOWN, Reason.SERVER_ERROR, moment(-1))
    (look,) = file.ask(lambda reader: list(looks(reader, "shop", window(0, 1))))
    assert look.result.failure.reason is Reason.SERVER_ERROR


def test_a_batch_that_is_written_twice_counts_once(file):
    file.store.write(full_batch())
    before = {table: file.all_of(table) for table in TABLES}

    file.reopen()
    file.store.write(full_batch())

    after = {table: file.all_of(table) for table in TABLES}
    # Watches are numbered in the order of writing.
    assert [row[1:] for row in after.pop("watches")] == [row[1:] for row in before.pop("watches")]
    assert after == before


def test_a_name_is_that_of_the_last_batch(file):
    file.store.write(Batch(names={"shop": "Shop"}))
    file.store.write(Batch(names={"shop": "Ye Olde Shoppe"}))

    assert [known.name for known in file.ask(lambda reader: reader.services())] == ["Ye Olde Shoppe"]


def test_two_looks_in_one_millisecond_are_one(file):
    file.write(sample(0), sample(0, Reason.SERVER_ERROR))

    (look,) = file.ask(lambda reader: list(looks(reader, "shop", window(0, 1))))
    assert look.result.failure is None


def test_a_look_that_comes_after_its_time_was_summed_up_is_added(file):
    file.write(sample(0), sample(59_000))
    file.keep_house(START_MS + 3_600_000)
    file.reopen()

    file.write(sample(30_000, Reason.DNS_TIMEOUT), sample(30_000), sample(59_000, Reason.SERVER_ERROR))

    assert rolled_up(file) == recounted(file)
    assert {summary.looks for summary in rolled_up(file).values()} == {3}


def test_a_change_of_verdict_is_in_the_file(file):
    transition = Transition("shop", Verdict.UP, Verdict.DOWN, Reason.SERVER_ERROR, Interval(moment(0), moment(1)))
    again = replace(transition, cause=None, when=Interval(None, moment(3)))

    file.store.write(Batch(transitions=[transition, transition, again]))

    numbers = dict(file.rows("SELECT word, id FROM words"))
    up, down, error = numbers["up"], numbers["down"], numbers["server-error"]
    assert file.rows("SELECT * FROM transitions") == [
        (1, START_MS + 1000, START_MS, up, down, error),
        (1, START_MS + 3000, None, up, down, None),
    ]


def test_a_fact_keeps_when_it_was_seen_first_and_last(file):
    for at in (10, 30, 20):
        file.store.write(Batch(facts={(SITE, "server", "nginx"): at}))

    assert file.rows("SELECT kind, value, first_seen, last_seen FROM facts") == [("server", "nginx", 10, 30)]


def test_a_fact_without_end_is_cut(file):
    file.store.write(Batch(facts={(SITE, "server", "x" * 1_000_000): 1}))

    assert file.rows("SELECT length(value) FROM facts") == [(20_000,)]


def test_half_a_character_of_a_server_is_kept_as_a_question_mark(file):
    file.store.write(Batch(facts={(SITE, "server", "nginx \ud800"): 1}))

    assert file.rows("SELECT value FROM facts") == [("nginx ?",)]


def test_half_a_character_in_what_was_seen_last_comes_back(file):
    result = make_result(Reason.JSON_MISMATCH)
    result = replace(result, failure=replace(result.failure, detail='status is "\ud800", not = ok'))
    file.write(sample(0, Reason.JSON_MISMATCH), latest={SITE: (CheckState(Verdict.DOWN, None), result)})

    (state,) = file.ask(lambda reader: latest(reader, [SHOP], START)).states
    assert state.checks[0].last.failure == result.failure


def test_what_was_known_of_the_line_is_in_the_file(file):
    line = replace(OFFLINE, witnesses=(Witness("far.example", False, "no answer \ud800", 12.5), Witness("b", True, "")))
    file.store.write(Batch(lines={START_MS: line}))

    assert file.ask(lambda reader: latest(reader, (), START)).line == replace(line, at=START)
    assert json.loads(file.rows("SELECT witnesses FROM lines")[0][0])["witnesses"][1][:4] == ["b", True, "", None]


def test_a_label_has_a_number_by_which_it_is_taken_back(file):
    first = file.store.label("shop", window(0, 10), Verdict.MAINTENANCE, "new shelves")
    second = file.store.label("shop", window(0, 10), Verdict.UP, "")

    assert file.store.unlabel(first)
    assert not file.store.unlabel(first)
    assert [label.id for label in file.ask(lambda reader: reader.labels("shop"))] == [second]


def test_a_label_of_a_service_without_a_history_begins_one(file):
    file.store.label("shop", window(0, 10), Verdict.UP, "")

    assert file.ask(lambda reader: reader.uptime("shop", window(0, 10))).coverage == 1
    with pytest.raises(UnknownToHistory), file.reader() as reader:
        reader.number("bank")


def test_checks_that_differ_only_in_their_order_are_kept_apart(file):
    second = SITE._replace(ordinal=1)

    file.write(sample(0), sample(0, Reason.SERVER_ERROR, key=second))

    measured = file.ask(lambda reader: list(looks(reader, "shop", window(0, 1))))
    assert [each.result.failure is None for each in measured] == [True, False]


def test_numbers_of_checks_are_found_again_after_opening(file):
    keys = [SITE, CheckKey("bank", "fake", "site", 0), SITE._replace(type="http")]
    numbers = [file.store.check(key) for key in keys]

    file.reopen()

    assert [file.store.check(key) for key in reversed(keys)] == numbers[::-1]
    assert [known.service_id for known in file.ask(lambda reader: reader.services())] == ["shop", "bank"]
