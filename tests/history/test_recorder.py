import asyncio
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes.checks import FakeCheck, make_result, make_service
from fakes.clock import START, FakeClock
from fakes.history import OFFLINE, ON_FILES, ONLINE, START_MS, Watcher, history_file, moment
from fakes.recorded import bad_look, good_look
from manara.engine import Engine, Limits
from manara.history.batch import Batch, CheckKey
from manara.history.latest import latest
from manara.history.moments import moment_of, ms_from, ms_of
from manara.history.packing import unpacked_phases
from manara.history.recorder import Recorder
from manara.history.timeline import Watch
from manara.model import (
    OBSERVED,
    Circumstance,
    Failure,
    HistoryKept,
    HistoryOptions,
    Interval,
    Keeping,
    LineChanged,
    NotObserved,
    Reason,
    SettingsRefused,
    Timings,
    Transitioned,
    Verdict,
    Window,
)

SHOP = make_service("shop")
BANK = make_service("bank", FakeCheck(name="site", confirm=1, recover=2), FakeCheck(name="api", required=False))
EDITED = replace(SHOP, name="Shop 2", checks=(FakeCheck(name="shop", confirm=0, recover=1),))
LISTS = (
    (SHOP,),
    (SHOP, BANK),
    (BANK, EDITED),
    (replace(SHOP, paused=True), BANK),
    (),
)
REASONS = (None, Reason.SERVER_ERROR, Reason.SLOW, Reason.DNS_TIMEOUT, Reason.NO_PERMISSION, Reason.CONNECT_TIMEOUT)
YEAR_S = 365 * 86_400

seconds = st.sampled_from([0.0, 0.4, 1.0, 3.0, 60.0]) | st.floats(0, 10).map(lambda each: round(each, 3))
forwards = st.one_of(
    st.tuples(st.just("look"), st.sampled_from(REASONS), st.sampled_from([ONLINE, OFFLINE]), st.integers(0, 2)),
    st.tuples(st.just("look"), st.sampled_from(REASONS[:2]), st.just(ONLINE), st.just(0)),
    st.tuples(st.just("pass"), seconds),
    st.tuples(st.just("sleep"), st.sampled_from([20.0, 3600.0, 86_400.0, YEAR_S])),
    st.tuples(st.just("watch"), st.sampled_from(LISTS)),
    st.tuples(st.just("flush")),
    st.tuples(st.just("crash"), st.sampled_from([0.0, 5.0, 7200.0])),
    st.tuples(st.just("restart"), st.sampled_from([0.0, 5.0, 7200.0])),
)
many = st.tuples(st.just("looks"), st.sampled_from(REASONS), st.integers(3, 4))
forwards |= many
backwards = st.tuples(st.just("sleep"), st.sampled_from([-6.0, -60.0, -3600.0, -YEAR_S]))


def live(watcher, actions):
    """Let a life happen; every look is followed by a moment, as in life."""
    watcher.watch(SHOP, BANK)
    for name, *parts in actions:
        happen(watcher, name, parts)


def happen(watcher, name, parts):
    match name:
        case "look":
            look_at_one(watcher, *parts)
        case "looks":
            for _ in range(parts[1]):
                look_at_one(watcher, parts[0], ONLINE, 0)
        case "pass":
            watcher.pass_by(*parts)
        case "watch":
            watcher.watch(*parts[0])
        case _:
            {"sleep": watcher.sleep, "flush": watcher.flush, "crash": watcher.crash, "restart": watcher.restart}[name](
                *parts
            )


def look_at_one(watcher, reason, line, which):
    watches = watcher.engine._rounds.watches
    if watches:
        watch = watches[which % len(watches)]
        watcher.look(watch.service.id, reason, position=watch.position, line=line)
        watcher.pass_by(0.25)


def lives(watcher):
    """Every window worth asking for: the whole, and around all that happened."""
    edges = sorted({moment for stretch in watcher.observed for moment in stretch})
    first, last = edges[0] - timedelta(days=1), edges[-1] + timedelta(days=1)
    yield Window(first, last)
    for begin, end in pairwise(edges[:: max(1, len(edges) // 5)]):
        yield Window(begin, end)
        yield Window(begin + (end - begin) / 3, end)
        yield Window(begin, end + timedelta(seconds=1))


@contextmanager
def watching():
    with history_file() as file:
        yield Watcher(file)


@ON_FILES
@given(st.lists(forwards | backwards, max_size=25))
def test_whatever_happens_the_spans_make_up_every_window_without_holes(actions):
    with watching() as watcher:
        live(watcher, actions)
        watcher.flush()

        with watcher.file.reader() as reader:
            for window in lives(watcher):
                begin, end = moment_of(ms_from(window.begin)), moment_of(ms_of(window.end))
                for known in reader.services():
                    spans = reader.spans(known.service_id, window)
                    if begin >= end:
                        assert spans == ()
                        continue
                    assert (spans[0].begin, spans[-1].end) == (begin, end)
                    assert all(span.length > timedelta(0) for span in spans)
                    assert all(left.end == right.begin for left, right in pairwise(spans))


@ON_FILES
@given(st.lists(forwards | backwards, max_size=25))
def test_whatever_happens_the_parts_of_the_uptime_add_up_to_the_window(actions):
    with watching() as watcher:
        live(watcher, actions)
        watcher.flush()

        with watcher.file.reader() as reader:
            for window in lives(watcher):
                for uptime in reader.uptimes(window):
                    parts = (uptime.up, uptime.degraded, uptime.down, uptime.maintenance, uptime.not_observed)
                    assert all(part >= timedelta(0) for part in parts)
                    assert sum(parts, timedelta(0)) == window.length
                    assert 0 <= uptime.coverage <= 1
                    assert 0 <= (uptime.ratio(HistoryOptions()) or 0.0) <= 1


@ON_FILES
@given(st.lists(forwards | backwards, max_size=25))
def test_whatever_happens_nothing_is_claimed_for_a_time_in_which_nobody_watched(actions):
    with watching() as watcher:
        live(watcher, actions)
        watcher.flush()

        with watcher.file.reader() as reader:
            for window in lives(watcher):
                for known in reader.services():
                    for span in reader.spans(known.service_id, window):
                        assert not span.observed or covered(watcher.observed, span.begin, span.end)


def covered(stretches, begin, end):
    """Whether stretches of time cover one from `begin` up to `end`, to the millisecond in which they lie."""
    at = begin
    for since, until in sorted(stretches):
        if since - timedelta(milliseconds=1) <= at < until + timedelta(milliseconds=1):
            at = max(at, until + timedelta(milliseconds=1))
    return at >= end


@ON_FILES
@given(st.lists(forwards | backwards, max_size=25))
def test_whatever_happens_what_was_last_known_is_what_the_engine_believes(actions):
    with watching() as watcher:
        live(watcher, actions)
        watcher.flush()

        with watcher.file.reader() as reader:
            known = latest(reader, watcher.engine.services, watcher.clock.now())
        assert known.watching
        assert known.heard == moment_of(ms_of(watcher.clock.now()))
        for state, believed in zip(known.states, watcher.engine.states, strict=True):
            assert (state.verdict, state.cause, state.since) == (believed.verdict, believed.cause, believed.since)


@ON_FILES
@given(st.lists(forwards | backwards, max_size=25))
def test_whatever_happened_what_is_believed_now_is_what_the_last_span_says(actions):
    with watching() as watcher:
        live(watcher, actions)
        watcher.pass_by(10)
        watcher.flush()

        with watcher.file.reader() as reader:
            for state in watcher.engine.states:
                now = watcher.clock.now()
                (span,) = reader.spans(state.service_id, Window(now - timedelta(seconds=1), now))
                assert (span.verdict, span.cause) == (state.verdict, state.cause)


@ON_FILES
@given(st.lists(forwards, max_size=30))
def test_every_outage_begins_and_ends_when_the_engine_says(actions):
    shop = make_service("shop", FakeCheck(name="shop", confirm=1, recover=2))
    with watching() as watcher:
        watcher.watch(shop)
        for name, *parts in actions:
            if name in {"look", "looks"}:
                look_at_one(watcher, parts[0], ONLINE, 0)
                look_at_one(watcher, parts[0], ONLINE, 0)
            elif name in {"pass", "sleep"}:
                getattr(watcher, {"pass": "pass_by"}.get(name, name))(*parts)
            elif name in {"crash", "restart"}:
                watcher.flush()
                watcher.pass_by(0.001)
                getattr(watcher, name)(*parts)
        watcher.flush()

        with watcher.file.reader() as reader:
            outages = reader.outages("shop", next(lives(watcher)))

        changes = [told.transition for told in watcher.told(Transitioned)]
        began = [change.when for change in changes if change.after is Verdict.DOWN]
        ended = [change.when for change in changes if change.before is Verdict.DOWN and change.after in OBSERVED]
        assert all(outage.began in [in_ms(when) for when in began] for outage in outages)
        for when in map(in_ms, ended):
            assert any(outage.ended == when for outage in outages)
        for change in changes:
            if change.after is Verdict.DOWN and change.before in OBSERVED:
                assert any(outage.began == in_ms(change.when) for outage in outages)


def in_ms(when):
    return Interval(when.after and moment_of(ms_of(when.after)), moment_of(ms_of(when.by)))


def test_the_first_good_look_after_the_beginning_opens_a_span(watcher):
    watcher.watch(SHOP)
    watcher.pass_by(2)
    watcher.look("shop")

    opened = watcher.recorder.taken().opened["shop"]

    assert (opened.begin, opened.verdict) == (ms_of(moment(2)), Verdict.UP)


def test_what_is_taken_is_not_taken_again(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None)

    assert len(watcher.recorder.taken().samples) == 1
    assert watcher.recorder.taken() == Batch()


def test_a_look_is_kept_with_its_phases_and_its_failure(watcher):
    watcher.watch(BANK)
    result = replace(bad_look(Reason.SERVER_ERROR, excused=True), timings=Timings(dns_ms=1.5, total_ms=9.0))
    watcher.look("bank", position=1, result=result)

    (sample,) = watcher.recorder.batch.samples

    assert sample.check == CheckKey("bank", "fake", "api", 0)
    assert (sample.at, sample.total, unpacked_phases(sample.phases)) == (START_MS, 90, [15, None, None, None])
    assert (sample.failure.reason, sample.failure.excused) == (Reason.SERVER_ERROR, True)


def test_facts_that_did_not_change_are_noted_once_an_hour(watcher):
    watcher.watch(SHOP)
    noted = []
    for _ in range(5):
        watcher.look("shop", result=good_look())
        noted.append(len(watcher.recorder.taken().facts))
        watcher.pass_by(1200)

    assert [number > 0 for number in noted] == [True, False, False, True, False]


def test_facts_that_changed_are_noted_at_once(watcher):
    watcher.watch(SHOP)
    watcher.look("shop", result=good_look())
    watcher.recorder.taken()
    watcher.look("shop", result=good_look(addresses=("203.0.113.99",)))

    assert (CheckKey("shop", "fake", "shop", 0), "address", "203.0.113.99") in watcher.recorder.batch.facts


def test_a_bad_look_has_no_facts(watcher):
    watcher.watch(SHOP)
    watcher.look("shop", result=bad_look(Reason.SERVER_ERROR, addresses=("203.0.113.99",)))

    assert watcher.recorder.batch.facts == {}


def test_the_last_look_is_noted_in_words_only_when_the_words_change(watcher):
    watcher.watch(SHOP)
    noted = []
    for detail in ("one", "one", "two"):
        failure = Failure(Reason.SERVER_ERROR, detail)
        watcher.look("shop", result=replace(make_result(), failure=failure))
        noted.append(len(watcher.recorder.taken().latest))

    assert noted == [1, 0, 1]


def test_a_new_file_is_told_all_that_holds(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, every_s=10)
    watcher.recorder.take(LineChanged(OFFLINE))
    watcher.recorder.taken()

    watcher.recorder.restate()
    watcher.looks("shop", None, every_s=10)
    batch = watcher.recorder.taken()

    assert batch.names == {"shop": "Shop"}
    assert batch.lines == {START_MS: OFFLINE}
    assert batch.opened["shop"].verdict is Verdict.UP
    assert len(batch.latest) == 1
    assert batch.facts


def test_refused_settings_and_the_keeping_itself_are_no_history(watcher):
    watcher.recorder.taken()

    watcher.recorder.take(SettingsRefused(START, ("line 2",)))
    watcher.recorder.take(HistoryKept(START, Keeping.IN_MEMORY))

    assert watcher.recorder.taken() == Batch()


def test_an_end_before_anything_was_heard_is_no_watch():
    recorder = Recorder()

    recorder.end()

    assert recorder.taken() == Batch()


def test_a_gap_before_anything_was_heard_begins_a_watch():
    recorder = Recorder()

    recorder.take(NotObserved(moment(0), moment(60)))

    assert list(recorder.taken().watches.values()) == [Watch(ms_of(moment(60)), ms_of(moment(60)), None)]


def test_a_name_that_changed_is_noted(watcher):
    watcher.watch(SHOP)
    watcher.recorder.taken()

    watcher.watch(replace(SHOP, name="Ye Olde Shoppe"))
    again = watcher.recorder.taken().names
    watcher.watch(replace(SHOP, name="Ye Olde Shoppe"))

    assert (again, watcher.recorder.taken().names) == ({"shop": "Ye Olde Shoppe"}, {})


def test_a_service_is_down_from_when_the_last_of_its_checks_was(watcher):
    watcher.watch(make_service("shop", FakeCheck(name="a", confirm=0), FakeCheck(name="b")))
    watcher.look("shop")
    watcher.look("shop", position=1)
    watcher.pass_by(10)
    for _ in range(2):
        watcher.look("shop", Reason.SERVER_ERROR, position=1)
        watcher.pass_by(10)
    watcher.look("shop", Reason.SLOW)
    watcher.pass_by(10)
    watcher.look("shop", Reason.SERVER_ERROR)
    watcher.pass_by(10)
    watcher.look("shop", Reason.SERVER_ERROR, position=1)
    watcher.pass_by(10)
    watcher.flush()

    with watcher.file.reader() as reader:
        spans = reader.spans("shop", Window(moment(0), moment(60)))

    assert [(span.begin, span.verdict) for span in spans] == [
        (moment(0), Verdict.UP),
        (moment(30), Verdict.DEGRADED),
        (moment(40), Verdict.DOWN),
    ]


async def test_a_real_engine_with_its_loop_tells_a_history_without_holes(file):
    clock, recorder, answer = FakeClock(), Recorder(), [None]

    async def look(_check):
        return replace(make_result(answer[0]), at=clock.now())

    async def prove(_since_s):
        return ONLINE

    def take(events):
        for event in events:
            recorder.take(event)

    async def go_on(seconds):
        for _ in range(seconds // 10):
            await clock.advance(10)
            recorder.hear(engine.watched_until)
        file.store.write(recorder.taken())

    engine = Engine(look=look, prove_line=prove, clock=clock, emit=take, limits=Limits())
    engine.watch([SHOP])
    running = asyncio.create_task(engine.run())
    await go_on(120)
    answer[0] = Reason.SERVER_ERROR
    await go_on(120)
    clock.jump(3600)
    await go_on(60)
    answer[0] = None
    await go_on(300)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    recorder.end()
    file.store.write(recorder.taken())

    spans = file.ask(lambda reader: reader.spans("shop", Window(moment(0), moment(4300))))
    assert [(span.verdict, span.cause) for span in spans] == [
        (Verdict.UP, None),
        (Verdict.DOWN, Reason.SERVER_ERROR),
        (Verdict.UNKNOWN, Circumstance.NOT_OBSERVED),
        (Verdict.DOWN, Reason.SERVER_ERROR),
        (Verdict.UP, None),
        (Verdict.UNKNOWN, Circumstance.NOT_RUNNING),
    ]
    assert all(left.end == right.begin for left, right in pairwise(spans))
