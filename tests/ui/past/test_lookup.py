from concurrent.futures import Future
from datetime import UTC, datetime, timedelta

import pytest

from manara.history import HistoryUnreadable, UnknownToHistory
from manara.model import Series, Span, Verdict, Window
from manara.ui.past.lane import Lane
from manara.ui.past.lookup import Lookup

NOW = datetime(2021, 10, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SHOWN = Window(NOW - 2 * HOUR, NOW - HOUR)
SHOP, BANK = Lane("shop", "Shop"), Lane("bank", "Bank")


class Questions:
    """A history that answers when the test says so."""

    def __init__(self):
        self.asked = []
        self.futures = []

    def __getattr__(self, name):
        def ask(*arguments):
            future = Future()
            future.set_running_or_notify_cancel()
            self.asked.append((name, *arguments))
            self.futures.append(future)
            return future

        return ask

    def answer(self, name, value):
        for asked, future in zip(self.asked, self.futures, strict=True):
            if asked[0] == name and not future.done():
                if isinstance(value, Exception):
                    future.set_exception(value)
                else:
                    future.set_result(value)


@pytest.fixture
def past():
    return Questions()


@pytest.fixture
def lookup(qtbot, past):
    lookup = Lookup(past)
    yield lookup
    lookup.close()


def test_a_lane_is_asked_for_with_some_time_around_it_and_as_fine_as_it_is_wide(past, lookup):
    lookup.ask_lanes([SHOP], SHOWN, 400)

    wider = Window(SHOWN.begin - HOUR / 2, SHOWN.end + HOUR / 2)
    assert past.asked == [("spans", "shop", wider), ("series", "shop", wider, 800)]


def test_what_is_known_is_not_asked_for_again_unless_it_is_to_be_anew(past, lookup):
    lookup.ask_lanes([SHOP], SHOWN, 400)
    lookup.ask_lanes([SHOP], Window(SHOWN.begin + HOUR / 4, SHOWN.end + HOUR / 4), 400)
    assert len(past.asked) == 2

    lookup.ask_lanes([SHOP], SHOWN, 400, anew=True)
    assert len(past.asked) == 4

    lookup.ask_lanes([SHOP], Window(SHOWN.begin + HOUR, SHOWN.end + HOUR), 400)
    assert len(past.asked) == 6


def test_a_lane_comes_together_from_two_answers(qtbot, past, lookup):
    lanes = []
    lookup.lane_changed.connect(lanes.append)
    lookup.ask_lanes([SHOP], SHOWN, 400)
    series, spans = Series("shop", 60.0, ()), (Span(SHOWN.begin, SHOWN.end, Verdict.UP),)

    past.answer("series", series)
    past.answer("spans", spans)

    qtbot.waitUntil(lambda: lanes[-1:] == [Lane("shop", "Shop", series, spans)])


def test_an_answer_for_a_lane_that_is_gone_is_dropped(qtbot, past, lookup):
    lanes = []
    lookup.lane_changed.connect(lanes.append)
    lookup.ask_lanes([SHOP], SHOWN, 400)
    lookup.ask_lanes([BANK], SHOWN, 400)

    past.answer("series", Series("any", 60.0, ()))
    past.answer("spans", ())

    qtbot.waitUntil(lambda: not lookup.waiting)
    assert {lane.service_id for lane in lanes} == {"bank"}


def test_a_failure_is_told(qtbot, past, lookup):
    lookup.ask_services()

    with qtbot.waitSignal(lookup.failed) as failed:
        past.answer("services", HistoryUnreadable("locked"))

    assert str(failed.args[0]) == "locked"


UNKNOWN = (
    (lambda lookup: lookup.ask_summary("shop", SHOWN), "uptime", "uptime_known", None),
    (lambda lookup: lookup.ask_summary("shop", SHOWN), "latency", "latency_known", None),
    (lambda lookup: lookup.ask_outages("shop", SHOWN), "outages", "outages_known", ()),
    (lambda lookup: lookup.ask_days("shop", NOW), "spans", "days_known", ()),
    (lambda lookup: lookup.ask_labels("shop"), "labels", "labels_known", ()),
)


@pytest.mark.parametrize("question", UNKNOWN, ids=lambda question: question[2])
def test_of_a_service_that_the_history_does_not_know_nothing_is_known(qtbot, past, lookup, question):
    ask, name, signal, told = question
    failed = []
    lookup.failed.connect(failed.append)
    ask(lookup)

    with qtbot.waitSignal(getattr(lookup, signal)) as known:
        past.answer(name, UnknownToHistory("shop"))

    assert known.args == [told]
    assert failed == []


def test_a_lane_that_the_history_does_not_know_stays_empty(qtbot, past, lookup):
    lookup.ask_lanes([SHOP], SHOWN, 400)

    past.answer("series", UnknownToHistory("shop"))
    past.answer("spans", UnknownToHistory("shop"))

    qtbot.waitUntil(lambda: not lookup.waiting)


def test_days_come_with_the_newest_verdict(qtbot, past, lookup):
    days = []
    lookup.days_known.connect(days.extend)
    lookup.ask_days("shop", NOW)

    with qtbot.waitSignal(lookup.verdict_known) as known:
        past.answer("spans", (Span(NOW - HOUR, NOW, Verdict.DOWN),))

    assert known.args == [Verdict.DOWN]
    assert [day.worst for day in days[-2:]] == [Verdict.UNKNOWN, Verdict.DOWN]
    assert len(days) == 90


def test_changes_of_labels_are_told(qtbot, past, lookup):
    lookup.label("shop", SHOWN, Verdict.UP, "fine")
    with qtbot.waitSignal(lookup.labels_changed):
        past.answer("label", 1)

    lookup.unlabel(1)
    with qtbot.waitSignal(lookup.labels_changed):
        past.answer("unlabel", True)

    assert past.asked == [("label", "shop", SHOWN, Verdict.UP, "fine"), ("unlabel", 1)]
