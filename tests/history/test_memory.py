import json

import pytest

from fakes.checks import FakeCheck, make_result, make_service
from fakes.history import SITE, START_MS, moment
from fakes.keeping import SHOP as KEPT_SHOP
from fakes.keeping import at, changed, keeping, looked, watched
from fakes.recorded import certificate, good_look
from manara.history.batch import Batch
from manara.history.facts import certificate_document
from manara.history.memory import facts, transitions
from manara.history.reader import UnknownToHistory
from manara.model import Fact, Interval, Reason, Transition, Verdict

SHOP = make_service("shop", FakeCheck(name="site"))


def changes(file, most=20):
    return file.ask(lambda reader: transitions(reader, "shop", most))


def remembered(file, service_id="shop"):
    return file.ask(lambda reader: facts(reader, service_id))


def an_outage(watcher):
    watcher.watch(SHOP)
    watcher.looks("shop", *[None] * 3, *[Reason.SERVER_ERROR] * 6, *[None] * 6, every_s=10)
    watcher.flush()


def note(file, seconds, *seen):
    """Note that a look so many seconds after the start saw these."""
    file.write(facts={(SITE, kind, value): START_MS + seconds * 1000 for kind, value in seen})


def test_changes_come_as_they_were_told_the_newest_first(watcher):
    an_outage(watcher)

    assert changes(watcher.file) == (
        Transition("shop", Verdict.DOWN, Verdict.UP, None, Interval(moment(80), moment(90))),
        Transition("shop", Verdict.UP, Verdict.DOWN, Reason.SERVER_ERROR, Interval(moment(20), moment(30))),
        Transition("shop", Verdict.UNKNOWN, Verdict.UP, None, Interval(None, moment(0))),
    )


def test_no_more_changes_come_than_are_wanted(watcher):
    an_outage(watcher)

    assert [change.after for change in changes(watcher.file, 1)] == [Verdict.UP]


def test_words_of_a_later_version_are_cannot_tell_and_no_cause(watcher):
    an_outage(watcher)
    watcher.file.connection.execute("UPDATE words SET word = 'smouldering' WHERE word = 'down'")
    watcher.file.connection.execute("UPDATE words SET word = 'smoke' WHERE word = ?", (Reason.SERVER_ERROR.value,))

    assert [(change.before, change.after, change.cause) for change in changes(watcher.file)] == [
        (Verdict.UNKNOWN, Verdict.UP, None),
        (Verdict.UP, Verdict.UNKNOWN, None),
        (Verdict.UNKNOWN, Verdict.UP, None),
    ]


@pytest.mark.parametrize("question", [facts, lambda reader, service_id: transitions(reader, service_id, 5)])
def test_a_service_that_was_never_watched_is_unknown(file, question):
    with file.reader() as reader, pytest.raises(UnknownToHistory):
        question(reader, "shop")


def test_a_service_of_which_nothing_was_seen_has_no_facts_and_no_changes(file):
    file.store.write(Batch(names={"shop": "Shop"}))

    assert remembered(file) == ()
    assert changes(file) == ()


def test_a_fact_tells_from_when_until_when_it_was_seen(file):
    note(file, 0, ("address", "203.0.113.7"), ("server", "nginx"))
    note(file, 60, ("address", "203.0.113.8"), ("server", "nginx"))

    assert remembered(file) == (
        Fact("fake", "site", "address", "203.0.113.8", moment(60), moment(60)),
        Fact("fake", "site", "address", "203.0.113.7", moment(0), moment(0)),
        Fact("fake", "site", "server", "nginx", moment(0), moment(60)),
    )


def test_a_look_gives_its_certificate_back_as_it_was(watcher):
    watcher.watch(SHOP)
    watcher.look("shop", result=good_look())
    watcher.flush()

    (found,) = (fact for fact in remembered(watcher.file) if fact.kind == "certificate")

    assert found.value == certificate()
    assert found.first_seen == found.last_seen == moment(0)


def test_facts_of_each_check_are_told_apart(watcher):
    watcher.watch(make_service("shop", FakeCheck(name="a"), FakeCheck(name="b")))
    watcher.look("shop", result=make_result(address="192.0.2.1"))
    watcher.look("shop", result=make_result(address="192.0.2.2"), position=1)
    watcher.flush()

    assert [(fact.target, fact.value) for fact in remembered(watcher.file)] == [("a", "192.0.2.1"), ("b", "192.0.2.2")]


def test_two_checks_that_are_the_same_have_each_fact_once(file):
    again = SITE._replace(ordinal=1)
    file.write(facts={(SITE, "server", "nginx"): START_MS, (again, "server", "nginx"): START_MS + 5000})

    assert remembered(file) == (Fact("fake", "site", "server", "nginx", moment(0), moment(5)),)


def test_a_kind_that_only_a_later_version_knows_is_told_as_it_is(file):
    note(file, 0, ("smell", "roses"))

    assert [(fact.kind, fact.value) for fact in remembered(file)] == [("smell", "roses")]


@pytest.mark.parametrize(
    "value",
    [
        json.dumps(certificate_document(certificate()))[:100],
        "{}",
        "[1]",
        "null",
        json.dumps({**certificate_document(certificate()), "not_after": "tomorrow"}),
    ],
)
def test_a_certificate_that_cannot_be_read_is_left_out(file, value):
    note(file, 0, ("certificate", value), ("server", "nginx"))

    assert [fact.kind for fact in remembered(file)] == ["server"]


def test_a_history_that_is_kept_answers_what_is_remembered(tmp_path):
    good = looked(0)
    bad = looked(60, Reason.SERVER_ERROR)
    change = changed(bad, Verdict.UP)
    with keeping(tmp_path) as history:
        history.record([watched(KEPT_SHOP), good, bad, change])
        history.flush().result()

        (told,) = history.transitions("shop", 20).result()
        (seen,) = history.facts("shop").result()

    assert told == change.transition
    assert (seen.kind, seen.first_seen) == ("address", at(0))
