from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import FakeCheck, make_service
from fakes.clock import FakeClock
from fakes.history import OFFLINE, ON_FILES, START_MS, Watcher, history_file, moment, window
from manara.history.batch import Batch, OpenSpan
from manara.history.reader import Known, UnknownToHistory
from manara.history.timeline import Piece, Watch
from manara.model import (
    OBSERVED,
    Circumstance,
    Counted,
    HistoryOptions,
    Interval,
    Label,
    Reason,
    Span,
    Verdict,
    Window,
)

SHOP = make_service("shop")
UP, DEGRADED, DOWN, UNKNOWN, MAINTENANCE = (
    Verdict.UP,
    Verdict.DEGRADED,
    Verdict.DOWN,
    Verdict.UNKNOWN,
    Verdict.MAINTENANCE,
)
MS = timedelta(milliseconds=1)


def spans(file, asked, service_id="shop"):
    return file.ask(lambda reader: reader.spans(service_id, asked))


def uptime(file, asked, service_id="shop"):
    return file.ask(lambda reader: reader.uptime(service_id, asked))


def outages(file, asked, service_id="shop"):
    return file.ask(lambda reader: reader.outages(service_id, asked))


def measured(file, *pieces):
    """Write spans of the shop: from and until in seconds, verdict, and perhaps a cause."""
    rows = [
        ("shop", Piece(START_MS + begin * 1000, START_MS + until * 1000, verdict, *(cause or (None,))))
        for begin, until, verdict, *cause in pieces
    ]
    file.store.write(Batch(names={"shop": "Shop"}, closed=rows))


def an_outage(watcher):
    """A service that is up for a minute, down for one, and up again for one."""
    watcher.watch(SHOP)
    watcher.looks("shop", *[None] * 6, every_s=10)
    watcher.looks("shop", *[Reason.SERVER_ERROR] * 6, every_s=10)
    watcher.looks("shop", *[None] * 6, every_s=10)
    watcher.flush()


def test_a_confirmed_outage_reaches_back_to_the_first_bad_look(watcher):
    an_outage(watcher)

    assert spans(watcher.file, window(0, 180)) == (
        Span(moment(0), moment(60), UP),
        Span(moment(60), moment(120), DOWN, Reason.SERVER_ERROR, after=moment(50)),
        Span(moment(120), moment(180), UP, after=moment(110)),
    )


def test_uptime_counts_time_and_not_looks(watcher):
    an_outage(watcher)

    found = uptime(watcher.file, window(0, 180))

    assert (found.up, found.down, found.not_observed) == (
        timedelta(seconds=120),
        timedelta(seconds=60),
        timedelta(0),
    )
    assert (found.coverage, found.ratio(HistoryOptions())) == (1, pytest.approx(2 / 3))
    assert found.first_seen == moment(0)


def test_a_window_that_reaches_beyond_what_was_watched_is_not_observed_there(watcher):
    an_outage(watcher)

    found = uptime(watcher.file, window(-180, 360))

    assert found.not_observed == timedelta(seconds=360)
    assert found.coverage == pytest.approx(1 / 3)


def test_a_window_in_which_nothing_was_observed_has_no_ratio(watcher):
    an_outage(watcher)

    found = uptime(watcher.file, window(1000, 2000))

    assert (found.coverage, found.ratio(HistoryOptions())) == (0, None)


@pytest.mark.parametrize(
    ("counted", "ratio"),
    [(Counted.UP, 2 / 3), (Counted.DOWN, 1 / 3), (Counted.LEFT_OUT, 1 / 2)],
)
def test_degraded_and_maintenance_count_as_the_user_wants(file, counted, ratio):
    measured(file, (0, 10, UP), (10, 20, DOWN), (20, 30, DEGRADED), (30, 99, UNKNOWN))

    found = uptime(file, window(0, 99))

    assert found.ratio(HistoryOptions(degraded=counted)) == pytest.approx(ratio)
    assert found.degraded == timedelta(seconds=10)


def test_maintenance_is_left_out_of_the_uptime_unless_the_user_says_otherwise(file):
    measured(file, (0, 10, UP), (10, 20, MAINTENANCE))

    found = uptime(file, window(0, 20))

    assert (found.ratio(HistoryOptions()), found.coverage) == (1, 1)
    assert found.ratio(HistoryOptions(maintenance=Counted.DOWN)) == 0.5


def test_a_window_that_begins_within_a_millisecond_has_no_more_time_than_it_has(file):
    measured(file, (0, 10, UP))
    begin = moment(1) + MS / 2

    found = uptime(file, Window(begin, moment(2)))

    assert (found.up, found.not_observed) == (timedelta(seconds=1) - MS, MS / 2)
    assert found.coverage <= 1
    assert spans(file, Window(begin, moment(2)))[0].begin == moment(1.001)


def test_a_window_within_a_millisecond_has_no_spans_and_is_not_observed(file):
    measured(file, (0, 10, UP))
    tiny = Window(moment(1) + MS / 4, moment(1) + MS / 2)

    assert spans(file, tiny) == ()
    assert uptime(file, tiny).not_observed == MS / 4
    assert outages(file, tiny) == ()


def test_sleep_is_not_observed(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, None, every_s=30)
    watcher.sleep(3600)
    watcher.looks("shop", None, every_s=30)
    watcher.flush()

    assert [(span.verdict, span.cause, span.length) for span in spans(watcher.file, window(0, 3690))] == [
        (UP, None, timedelta(seconds=60)),
        (UNKNOWN, Circumstance.NOT_OBSERVED, timedelta(hours=1)),
        (UP, None, timedelta(seconds=30)),
    ]


def test_a_stop_is_not_observed_for_another_reason(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, every_s=60)
    watcher.restart(3600)
    watcher.looks("shop", None, every_s=60)
    watcher.flush()

    assert [(span.verdict, span.cause) for span in spans(watcher.file, window(0, 3720))] == [
        (UP, None),
        (UNKNOWN, Circumstance.NOT_RUNNING),
        (UP, None),
    ]


def test_a_crash_is_a_stop_since_the_last_write(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, every_s=60)
    watcher.flush()
    watcher.looks("shop", None, every_s=60)
    watcher.crash(3600)
    watcher.looks("shop", None, every_s=60)
    watcher.flush()

    assert [(span.begin, span.verdict, span.cause) for span in spans(watcher.file, window(0, 3780))] == [
        (moment(0), UP, None),
        (moment(60), UNKNOWN, Circumstance.NOT_RUNNING),
        (moment(3720), UP, None),
    ]


def test_a_service_that_was_removed_for_a_while_was_not_watched(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, every_s=60)
    watcher.watch()
    watcher.pass_by(60)
    watcher.watch(SHOP)
    watcher.looks("shop", None, every_s=60)
    watcher.flush()

    assert [(span.verdict, span.cause) for span in spans(watcher.file, window(0, 180))] == [
        (UP, None),
        (UNKNOWN, Circumstance.NOT_WATCHED),
        (UP, None),
    ]


def test_our_own_dead_line_is_nobody_s_outage(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, every_s=60)
    for _ in range(4):
        watcher.look("shop", Reason.CONNECT_TIMEOUT, line=OFFLINE)
        watcher.pass_by(60)
    watcher.flush()

    found = uptime(watcher.file, window(0, 300))

    assert (found.up, found.down, found.not_observed) == (
        timedelta(seconds=60),
        timedelta(0),
        timedelta(seconds=240),
    )
    assert spans(watcher.file, window(0, 300))[-1].cause is Circumstance.OWN_LINE


def test_a_clock_that_was_set_back_lives_an_hour_twice_and_the_second_time_counts(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", *[None] * 4, every_s=900)
    watcher.sleep(-1800)
    watcher.looks("shop", *[Reason.SERVER_ERROR] * 4, every_s=300)
    watcher.flush()

    assert [(span.begin, span.verdict) for span in spans(watcher.file, window(0, 3600))] == [
        (moment(0), UP),
        (moment(1800), DOWN),
        (moment(3000), UP),
    ]


def test_a_pause_over_a_clock_that_was_set_back_hides_nothing_that_comes_after_it(watcher):
    paused = make_service("shop", paused=True)
    watcher.watch(paused)
    watcher.pass_by(60)
    watcher.sleep(-3600)
    watcher.watch(SHOP)
    watcher.looks("shop", None, None, every_s=60)
    watcher.flush()

    (span,) = spans(watcher.file, window(-3540, -3420))
    assert span.verdict is UP


def test_a_pause_is_not_observed_whatever_happens_in_it(watcher):
    watcher.watch(make_service("shop", paused=True))
    watcher.pass_by(60)
    watcher.sleep(3600)
    watcher.pass_by(60)
    watcher.flush()

    assert [span.verdict for span in spans(watcher.file, window(0, 3720))] == [Verdict.PAUSED]
    assert uptime(watcher.file, window(0, 3720)).coverage == 0


def test_every_service_of_which_anything_is_known_has_an_uptime(watcher):
    watcher.watch(SHOP, make_service("bank"))
    watcher.looks("shop", None, every_s=60)
    watcher.flush()

    found = watcher.file.ask(lambda reader: reader.uptimes(window(0, 60)))

    assert [(each.service_id, each.coverage) for each in found] == [("shop", 1), ("bank", 0)]
    assert watcher.file.ask(lambda reader: reader.services()) == (
        Known("shop", "Shop", moment(0)),
        Known("bank", "Bank", moment(0)),
    )


def test_a_new_file_knows_nothing(file):
    assert file.ask(lambda reader: (reader.services(), reader.heard())) == ((), None)
    with pytest.raises(UnknownToHistory, match="shop"):
        spans(file, window(0, 1))


def test_the_last_moment_that_was_watched_is_known(watcher):
    watcher.watch(SHOP)
    watcher.pass_by(60)
    watcher.flush()
    running = watcher.file.ask(lambda reader: reader.heard())
    watcher.pass_by(5)
    watcher.end()

    assert (running, watcher.file.ask(lambda reader: reader.heard())) == (moment(60), moment(65))


def test_what_is_written_meanwhile_does_not_change_an_answer(file):
    measured(file, (0, 10, UP))
    with file.reader() as reader, reader.at_one_moment():
        before = reader.spans("shop", window(0, 20))
        measured(file, (0, 20, DOWN))

        assert reader.spans("shop", window(0, 20)) == before


def test_verdicts_and_causes_that_only_a_later_version_knows_are_unknown(file):
    measured(file, (0, 10, DOWN, Reason.SERVER_ERROR), (10, 20, UP))
    watches = {START_MS: Watch(START_MS, START_MS + 30_000, Circumstance.NOT_OBSERVED)}
    file.store.write(Batch(watches=watches))
    for word, later in (("down", "on-fire"), ("server-error", "sunspots"), ("not-observed", "hibernated")):
        file.connection.execute("UPDATE words SET word = ? WHERE word = ?", (later, word))

    assert [(span.verdict, span.cause) for span in spans(file, window(0, 40))] == [
        (UNKNOWN, None),
        (UP, None),
        (UNKNOWN, Circumstance.NOT_WATCHED),
        (UNKNOWN, Circumstance.NOT_RUNNING),
    ]
    assert uptime(file, window(0, 40)).not_observed == timedelta(seconds=30)
    assert outages(file, window(0, 40)) == ()


# Labels.


def test_a_label_is_laid_over_what_was_measured(watcher):
    an_outage(watcher)
    number = watcher.file.store.label("shop", window(70, 100), MAINTENANCE, "moving house")

    label = Label(number, "shop", window(70, 100), MAINTENANCE, "moving house")
    assert [(span.begin, span.verdict, span.label) for span in spans(watcher.file, window(0, 180))] == [
        (moment(0), UP, None),
        (moment(60), DOWN, None),
        (moment(70), MAINTENANCE, label),
        (moment(100), DOWN, None),
        (moment(120), UP, None),
    ]
    assert uptime(watcher.file, window(0, 180)).maintenance == timedelta(seconds=30)
    assert watcher.file.ask(lambda reader: reader.labels("shop")) == (label,)


def test_a_label_taken_back_restores_what_was_measured(watcher):
    an_outage(watcher)
    before = spans(watcher.file, window(-10, 200)), outages(watcher.file, window(-10, 200))
    number = watcher.file.store.label("shop", window(-5, 130), UP, "")

    assert (spans(watcher.file, window(-10, 200)), outages(watcher.file, window(-10, 200))) != before
    watcher.file.store.unlabel(number)
    assert (spans(watcher.file, window(-10, 200)), outages(watcher.file, window(-10, 200))) == before


def test_the_later_of_two_labels_counts(file):
    measured(file, (0, 30, UP))
    file.store.label("shop", window(0, 20), DOWN, "")
    later = file.store.label("shop", window(10, 30), MAINTENANCE, "")

    def verdicts():
        return [(span.verdict, span.length.seconds) for span in spans(file, window(0, 30))]

    assert verdicts() == [(DOWN, 10), (MAINTENANCE, 20)]
    file.store.unlabel(later)
    assert verdicts() == [(DOWN, 20), (UP, 10)]


def test_a_label_can_say_what_nobody_saw(file):
    file.store.label("shop", window(0, 10), DOWN, "the whole street had no power")

    assert uptime(file, window(0, 20)).down == timedelta(seconds=10)


def test_a_label_can_say_that_nothing_is_known(file):
    measured(file, (0, 30, DOWN))
    file.store.label("shop", window(0, 30), UNKNOWN, "a false alarm of ours")

    assert uptime(file, window(0, 30)).coverage == 0
    assert outages(file, window(0, 30)) == ()


def test_a_label_shorter_than_a_millisecond_can_be_read_back(file):
    file.store.label("shop", Window(moment(1) + MS / 4, moment(1) + MS / 2), DOWN, "")

    assert uptime(file, window(0, 2)).down == MS
    assert file.ask(lambda reader: reader.labels("shop"))[0].window == Window(moment(1), moment(1) + MS)


def test_a_label_reaches_no_other_service(file):
    measured(file, (0, 30, UP))
    file.store.label("bank", window(0, 30), DOWN, "")

    assert uptime(file, window(0, 30)).up == timedelta(seconds=30)


# Outages.


def test_an_outage_began_and_ended_when_the_engine_says(watcher):
    an_outage(watcher)

    (outage,) = outages(watcher.file, window(0, 180))

    assert outage.began == Interval(moment(50), moment(60))
    assert outage.ended == Interval(moment(110), moment(120))
    assert outage.causes == (Reason.SERVER_ERROR,)


@pytest.mark.parametrize("asked", [window(-99, 999), window(60, 61), window(70, 71), window(119, 121), window(0, 61)])
def test_an_outage_is_whole_in_whatever_window_it_is_met(watcher, asked):
    an_outage(watcher)

    assert outages(watcher.file, asked) == outages(watcher.file, window(0, 180)) != ()


@pytest.mark.parametrize("asked", [window(-99, 60), window(120, 180), window(500, 600)])
def test_an_outage_outside_of_the_window_is_not_in_it(watcher, asked):
    an_outage(watcher)

    assert outages(watcher.file, asked) == ()


def test_an_outage_that_goes_on_is_whole_too(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, *[Reason.SERVER_ERROR] * 5, every_s=10)
    watcher.flush()

    (outage,) = outages(watcher.file, window(30, 31))

    assert (outage.began, outage.ended) == (Interval(moment(0), moment(10)), None)
    assert outage.down == timedelta(seconds=50)


def test_an_outage_over_a_restart_is_one_and_the_stop_does_not_count(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, *[Reason.SERVER_ERROR] * 5, every_s=10)
    watcher.restart(1000)
    watcher.looks("shop", *[Reason.SERVER_ERROR] * 3, *[None] * 3, every_s=10)
    watcher.flush()

    (outage,) = outages(watcher.file, window(500, 501))

    assert outage.began == Interval(moment(0), moment(10))
    assert outage.ended == Interval(moment(1080), moment(1090))
    assert (outage.down, outage.not_observed) == (timedelta(seconds=80), timedelta(seconds=1000))


def test_an_outage_that_reaches_months_beyond_the_window_is_whole(file):
    day = 86_400
    measured(file, (-99 * day, -90 * day, UP), (-90 * day, 90 * day, DOWN), (90 * day, 99 * day, UP))

    (outage,) = outages(file, window(0, 1))

    assert (outage.began.by, outage.ended.by, outage.down) == (
        moment(-90 * day),
        moment(90 * day),
        timedelta(days=180),
    )


def test_an_outage_that_a_label_made_is_whole(file):
    measured(file, (-9999, 9999, UP))
    file.store.label("shop", window(-5000, 5000), DOWN, "it answered, but nobody could log in")

    (outage,) = outages(file, window(0, 1))

    assert (outage.began.by, outage.ended.by) == (moment(-5000), moment(5000))


def test_a_label_that_lengthens_an_outage_is_part_of_it(file):
    measured(file, (-9999, 0, UP), (0, 100, DOWN), (100, 9999, UP))
    file.store.label("shop", window(-50, 0), DOWN, "")

    (outage,) = outages(file, window(50, 51))

    assert (outage.began.by, outage.down) == (moment(-50), timedelta(seconds=150))


def test_an_outage_after_a_clock_was_set_back_is_whole(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", *[None] * 5, every_s=900)
    watcher.sleep(-3000)
    watcher.looks("shop", *[Reason.SERVER_ERROR] * 4, every_s=100)
    watcher.flush()

    (outage,) = outages(watcher.file, window(1800, 1801))

    assert outage.began.by == moment(1500)


def test_summer_time_makes_no_outage_longer():
    berlin = ZoneInfo("Europe/Berlin")
    begin, end = datetime(2021, 10, 31, 1, tzinfo=berlin), datetime(2021, 10, 31, 4, tzinfo=berlin)
    with history_file() as file:
        watcher = Watcher(file, FakeClock(begin.astimezone(ZoneInfo("UTC"))))
        watcher.watch(make_service("shop", FakeCheck(name="shop", confirm=0)))
        watcher.looks("shop", *[Reason.SERVER_ERROR] * 4, every_s=3600)
        watcher.flush()

        found = uptime(file, Window(begin, end))

        # The night has four hours from one o'clock to four.
        assert found.down == timedelta(hours=4)
        assert outages(file, Window(begin, end))[0].down == timedelta(hours=4)


times = st.tuples(st.integers(0, 60), st.integers(1, 20))
claims = st.tuples(times, st.sampled_from([UP, UP, DEGRADED, DOWN, DOWN, UNKNOWN, MAINTENANCE]))


@ON_FILES
@given(st.lists(claims, max_size=10), st.lists(claims, max_size=3), times, st.booleans())
def test_every_outage_is_the_same_in_every_window_that_it_reaches_into(pieces, labels, asked, goes_on):
    with history_file() as file:
        for (begin, length), verdict in pieces:
            measured(file, (begin, begin + length, verdict))
        for (begin, length), verdict in labels:
            file.store.label("shop", window(begin, begin + length), verdict, "")
        if goes_on:
            opened = OpenSpan(START_MS + 30_000, None, DOWN, None, None, START_MS + 30_000)
            watch = Watch(START_MS, START_MS + 70_000, None)
            file.store.write(Batch(opened={"shop": opened}, watches={START_MS: watch}))
        small, large = window(asked[0], asked[0] + asked[1]), window(-100, 1000)

        with file.reader() as reader:
            if not reader.services():
                return
            found, whole = reader.outages("shop", small), reader.outages("shop", large)
            line = reader.spans("shop", large)

        assert found == tuple(
            outage
            for outage in whole
            if outage.began.by < small.end and (outage.ended is None or outage.ended.by > small.begin)
        )
        down = sum((span.length for span in line if span.verdict is DOWN), timedelta(0))
        assert sum((outage.down for outage in whole), timedelta(0)) == down
        assert all(left.ended.by <= right.began.by for left, right in pairwise(whole))


@ON_FILES
@given(st.lists(claims, max_size=8), st.lists(claims, min_size=1, max_size=4), st.data())
def test_labels_count_in_the_order_in_which_they_were_said_and_can_be_taken_back_in_any(pieces, labels, data):
    with history_file() as file:
        second = dict.fromkeys(range(100), UNKNOWN)
        for (begin, length), verdict in pieces:
            measured(file, (begin, begin + length, verdict))
            second |= dict.fromkeys(range(begin, begin + length), verdict)
        numbers = {}
        for (begin, length), verdict in labels:
            number = file.store.label("shop", window(begin, begin + length), verdict, "")
            numbers[number] = (range(begin, begin + length), verdict)
        for number in data.draw(st.lists(st.sampled_from(sorted(numbers)), unique=True)):
            assert file.store.unlabel(number)
            del numbers[number]
        for number in sorted(numbers):
            second |= dict.fromkeys(*numbers[number])

        with file.reader() as reader:
            found = reader.uptime("shop", window(0, 100))

        expected = {verdict: list(second.values()).count(verdict) for verdict in OBSERVED}
        assert {
            UP: found.up.seconds,
            DEGRADED: found.degraded.seconds,
            DOWN: found.down.seconds,
            MAINTENANCE: found.maintenance.seconds,
        } == expected


def test_who_is_heard_is_watching_until_the_watch_ends_or_falls_silent(file):
    watched = {START_MS: Watch(START_MS, START_MS + 5000, None)}
    file.store.write(Batch(watches=watched))

    def watching(at_s):
        return file.ask(lambda reader: reader.watching(moment(at_s)))

    assert [watching(6), watching(19), watching(21)] == [True, True, False]

    file.store.write(Batch(watches={START_MS: Watch(START_MS, START_MS + 5000, Circumstance.NOT_RUNNING)}))
    assert not watching(6)


def test_nobody_is_watching_in_a_new_file(file):
    assert not file.ask(lambda reader: reader.watching(moment(0)))


def test_the_watch_that_was_begun_last_counts_also_after_the_clock_was_set_back(file):
    ahead = START_MS + 365 * 86_400_000
    file.store.write(Batch(watches={ahead: Watch(ahead, ahead + 60_000, Circumstance.NOT_OBSERVED)}))
    file.store.write(Batch(watches={START_MS: Watch(START_MS, START_MS + 5000, Circumstance.NOT_RUNNING)}))

    assert file.ask(lambda reader: reader.heard()) == moment(5)
