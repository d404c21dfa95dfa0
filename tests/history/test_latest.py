from dataclasses import replace

import pytest

from fakes.checks import FakeCheck, make_result, make_service
from fakes.clock import START
from fakes.history import OFFLINE, ONLINE, START_MS, moment
from fakes.recorded import good_look, hanging
from manara.history.batch import Batch
from manara.history.latest import latest
from manara.model import (
    CheckState,
    Circumstance,
    Failure,
    Interval,
    Line,
    LineChanged,
    LineState,
    Outcome,
    Reason,
    ServiceState,
    Timings,
    Verdict,
    Witness,
)

SHOP = make_service("shop", FakeCheck(name="site"), FakeCheck(name="api", required=False))
TIMINGS = Timings(dns_ms=4.2, connect_ms=11.0, tls_ms=23.4, first_byte_ms=101.2, total_ms=143.0)


def known(file, *services):
    return file.ask(lambda reader: latest(reader, services, START))


def believed(watcher):
    """What the engine believes, as far as a file tells it: no doubts, and of each check no beginning."""
    return tuple(
        replace(
            state,
            checks=tuple(CheckState(check.verdict, check.cause, last=check.last) for check in state.checks),
        )
        for state in watcher.engine.states
    )


def test_a_new_file_knows_nothing_of_a_service(file):
    found = known(file, SHOP)

    assert (found.heard, found.watching, found.line) == (None, False, Line())
    assert found.states == (ServiceState("shop", checks=(CheckState(), CheckState())),)


@pytest.mark.parametrize("reason", [None, *Reason])
def test_what_was_last_known_is_what_the_engine_believes(watcher, reason):
    watcher.watch(SHOP, make_service("bank"), make_service("park", paused=True))
    result = replace(make_result(reason, address="10.0.0.9"), timings=TIMINGS)
    for _ in range(4):
        watcher.look("shop", result=result)
        watcher.look("shop", position=1, reason=Reason.SLOW)
        watcher.pass_by(1)
    watcher.flush()

    found = known(watcher.file, *watcher.engine.services)

    assert found.states == believed(watcher)
    assert found.heard == moment(4)


def test_every_second_look_counts_and_not_only_those_that_changed_something(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", None, None, None, every_s=60)
    watcher.flush()

    (state,) = known(watcher.file, SHOP).states
    assert state.checks[0].last.at == moment(120)


def test_a_look_that_changed_only_its_detail_is_kept(watcher):
    watcher.watch(SHOP)
    for detail in ("first", "second"):
        bad = make_result(Reason.SERVER_ERROR)
        watcher.look("shop", result=replace(bad, failure=Failure(Reason.SERVER_ERROR, detail)))
        watcher.pass_by(1)
        watcher.flush()

    (state,) = known(watcher.file, SHOP).states
    assert state.checks[0].last.failure.detail == "second"


def test_the_certificate_and_vain_attempts_are_kept(watcher):
    watcher.watch(SHOP)
    watcher.look("shop", result=good_look())
    watcher.look("shop", result=hanging().checks[0].last, position=1)
    watcher.pass_by(1)
    watcher.flush()

    (state,) = known(watcher.file, SHOP).states
    assert state.checks[0].last.facts.certificate == good_look().facts.certificate
    assert state.checks[1].last.facts.attempts == hanging().checks[0].last.facts.attempts


def test_after_the_end_it_is_what_was_last_seen(watcher):
    watcher.watch(SHOP)
    watcher.look("shop", position=1)
    watcher.looks("shop", None, *[Reason.SERVER_ERROR] * 4, every_s=10)
    watcher.end()

    found = known(watcher.file, SHOP)

    assert found.heard == moment(50)
    (state,) = found.states
    assert (state.verdict, state.cause) == (Verdict.DOWN, Reason.SERVER_ERROR)
    assert state.since == Interval(moment(0), moment(10))


def test_since_when_is_told_also_after_the_cause_has_changed(watcher):
    watcher.watch(make_service("shop", FakeCheck(name="site")))
    watcher.looks("shop", None, *[Reason.SERVER_ERROR] * 4, Reason.CONNECT_TIMEOUT, every_s=10)
    watcher.flush()

    (state,) = known(watcher.file, *watcher.engine.services).states

    assert (state.cause, state.since) == (Reason.CONNECT_TIMEOUT, Interval(moment(0), moment(10)))


def test_since_when_a_service_is_unknown_is_told_over_a_sleep(watcher):
    watcher.watch(make_service("shop", FakeCheck(name="site", confirm=0)))
    watcher.looks("shop", None, Reason.NO_PERMISSION, every_s=10)
    watcher.sleep(3600)
    watcher.flush()

    (state,), (belief,) = known(watcher.file, *watcher.engine.services).states, believed(watcher)
    assert (state.verdict, state.cause, state.since) == (belief.verdict, belief.cause, belief.since)
    assert state.since == Interval(moment(0), moment(10))


def test_since_when_is_told_once_it_is_known_of_a_service_that_is_not_judged_yet(watcher):
    watcher.watch(make_service("shop", FakeCheck(name="site"), FakeCheck(name="api")))
    watcher.flush()
    watcher.looks("shop", None, every_s=10)
    watcher.flush()

    assert known(watcher.file, *watcher.engine.services).states == believed(watcher)


def test_a_service_that_came_back_after_it_was_removed_is_known_again(watcher):
    shop = make_service("shop")
    watcher.watch(shop)
    watcher.looks("shop", *[Reason.SERVER_ERROR] * 3)
    watcher.watch()
    watcher.flush()

    (state,) = known(watcher.file, shop).states
    assert (state.verdict, state.checks[0].verdict) == (Verdict.DOWN, Verdict.DOWN)


def test_a_check_whose_looks_are_all_dropped_was_not_looked_at(watcher):
    shop = make_service("shop")
    watcher.watch(shop)
    watcher.looks("shop", None)
    watcher.end()
    watcher.file.connection.execute("DELETE FROM samples")

    (state,) = known(watcher.file, shop).states
    assert state.checks == (CheckState(),)


def test_what_was_known_of_the_line_comes_back_with_its_witnesses(watcher):
    witnesses = (Witness("1.1.1.1", True, "answered", 12.5), Witness("captive.apple.com", False, "timeout"))
    line = replace(ONLINE, at=moment(5), witnesses=witnesses)
    watcher.recorder.take(LineChanged(replace(OFFLINE, at=moment(1))))
    watcher.recorder.take(LineChanged(line))
    watcher.flush()

    assert known(watcher.file).line == line


def test_a_line_without_a_moment_is_known_from_when_it_was_told(watcher):
    watcher.recorder.take(LineChanged(replace(ONLINE, at=START)))
    watcher.pass_by(7)
    watcher.recorder.take(LineChanged(Line()))
    watcher.flush()

    assert known(watcher.file).line == Line(LineState.UNKNOWN, moment(7))


def test_words_of_a_later_version_are_unknown_and_never_good(watcher):
    shop = make_service("shop")
    watcher.watch(shop)
    watcher.looks("shop", *[Reason.SERVER_ERROR] * 3)
    watcher.recorder.take(LineChanged(ONLINE))
    watcher.flush()
    for word in ("down", "server-error", "online"):
        watcher.file.connection.execute("UPDATE words SET word = 'later-' || word WHERE word = ?", (word,))
    watcher.file.connection.execute(
        "UPDATE latest SET document = replace(replace(document, 'server-error', 'sunspots'), 'down', 'on-fire')"
    )

    found = known(watcher.file, shop)

    assert found.line.state is LineState.UNKNOWN
    (state,) = found.states
    assert (state.verdict, state.cause) == (Verdict.UNKNOWN, None)
    assert (state.checks[0].verdict, state.checks[0].cause) == (Verdict.UNKNOWN, None)
    assert state.checks[0].last.outcome is Outcome.UNKNOWN


def test_a_paused_service_is_paused_since_the_user_said_so(watcher):
    watcher.watch(make_service("shop"))
    watcher.looks("shop", None, every_s=60)
    watcher.watch(make_service("shop", paused=True))
    watcher.flush()

    (state,) = known(watcher.file, *watcher.engine.services).states
    assert (state.verdict, state.cause) == (Verdict.PAUSED, Circumstance.PAUSED_BY_USER)
    assert state.since == Interval(None, moment(60))


def test_a_service_of_which_only_the_name_is_known_was_not_looked_at(file):
    file.store.write(Batch(names={"shop": "Shop"}, lines={START_MS: OFFLINE}))

    (state,) = known(file, SHOP).states
    assert (state.verdict, state.cause) == (Verdict.UNKNOWN, Circumstance.NOT_LOOKED_YET)


@pytest.mark.parametrize(("later_s", "watching"), [(-20, False), (-14, True), (0, True), (14, True), (15, False)])
def test_who_was_heard_just_now_is_watching(watcher, later_s, watching):
    watcher.watch(SHOP)
    watcher.pass_by(60)
    watcher.flush()

    assert watcher.file.ask(lambda reader: latest(reader, [SHOP], moment(60 + later_s))).watching is watching


def test_nobody_is_watching_after_the_end(watcher):
    watcher.watch(SHOP)
    watcher.pass_by(60)
    watcher.end()

    assert not watcher.file.ask(lambda reader: latest(reader, [SHOP], moment(61))).watching


def test_what_a_clock_that_was_ahead_has_written_is_not_the_last_word(watcher):
    watcher.watch(SHOP)
    watcher.sleep(365 * 86_400)
    watcher.recorder.take(LineChanged(replace(OFFLINE, at=watcher.clock.now())))
    watcher.looks("shop", None, None)
    watcher.flush()
    back = watcher.clock.now()
    watcher.sleep(-365 * 86_400)
    watcher.recorder.take(LineChanged(replace(ONLINE, at=watcher.clock.now())))
    watcher.looks("shop", *[Reason.SERVER_ERROR] * 4)
    watcher.recorder.end()
    watcher.flush()

    found = known(watcher.file, SHOP)

    assert back > found.heard
    assert found.line.state is LineState.ONLINE
    assert found.states[0].checks[0].last.at < back
    assert found.states[0].checks[0].last.failure.reason is Reason.SERVER_ERROR
