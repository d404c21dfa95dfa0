from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.checks import make_service
from fakes.recorded import NOW, up
from manara.history import HistoryNotKept, HistoryUnreadable, UnknownToHistory
from manara.model import Fact, Interval, Transition, Verdict
from manara.ui.recall import Recall
from manara.ui.service_page import ServicePage
from manara.ui.tile import Tile
from manara.wording import Translator

TR = Translator()
CHANGE = Transition("a", Verdict.UP, Verdict.DOWN, None, Interval(None, NOW))


def fact(target="a"):
    return Fact("fake", target, "server", f"server of {target}", NOW - timedelta(days=3), NOW)


class Memory:
    """A history that answers when the test says so."""

    def __init__(self):
        self.asked = []

    def flush(self):
        return self._ask("flush")

    def facts(self, service_id):
        return self._ask("facts", service_id)

    def transitions(self, service_id, most):
        return self._ask("transitions", service_id, most)

    def _ask(self, *question):
        future = Future()
        self.asked.append((question, future))
        return future

    @property
    def questions(self):
        return [question for question, _ in self.asked]

    def answer(self, name, value):
        future = next(future for question, future in reversed(self.asked) if question[0] == name)
        if isinstance(value, Exception):
            future.set_exception(value)
        else:
            future.set_result(value)


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def page(qtbot):
    made = ServicePage(TR, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(420, 500)
    return made


@pytest.fixture
def recall(page, memory):
    made = Recall(TR, page, lambda: memory)
    yield made
    made.close()


def tile(service_id="a"):
    return Tile(make_service(service_id), replace(up(), service_id=service_id))


def told(page, section):
    rows = page.sections.widget(section)
    return [rows.topLevelItem(row).text(1).strip("\u2068\u2069") for row in range(rows.topLevelItemCount())]


KNOWN, CHANGES = 4, 5


def test_what_was_recorded_is_written_before_it_is_asked_for(qtbot, page, memory, recall):
    page.show_tile(tile())

    assert memory.questions == [("flush",)]
    assert told(page, KNOWN) == told(page, CHANGES) == ["The history is being read."]
    memory.answer("flush", None)
    qtbot.waitUntil(lambda: memory.questions[1:] == [("facts", "a"), ("transitions", "a", 20)])


def test_answers_are_shown(qtbot, page, memory, recall):
    page.show_tile(tile())
    memory.answer("flush", None)
    qtbot.waitUntil(lambda: len(memory.asked) == 3)

    memory.answer("facts", (fact(),))
    memory.answer("transitions", (CHANGE,))

    qtbot.waitUntil(lambda: told(page, KNOWN) == ["server of a"])
    qtbot.waitUntil(lambda: told(page, CHANGES) == ["Down"])


def test_what_cannot_be_written_does_not_keep_from_reading(qtbot, page, memory, recall):
    page.show_tile(tile())

    memory.answer("flush", HistoryNotKept("another Manara writes it"))

    qtbot.waitUntil(lambda: len(memory.asked) == 3)


def test_an_answer_about_another_service_is_dropped(qtbot, page, memory, recall):
    page.show_tile(tile("a"))
    memory.answer("flush", None)
    qtbot.waitUntil(lambda: len(memory.asked) == 3)
    late = next(future for question, future in memory.asked if question[0] == "facts")
    late.set_running_or_notify_cancel()

    page.show_tile(tile("b"))
    late.set_result((fact("a"),))
    memory.answer("flush", None)
    qtbot.waitUntil(lambda: memory.questions[-1] == ("transitions", "b", 20))
    memory.answer("facts", (fact("b"),))

    qtbot.waitUntil(lambda: told(page, KNOWN) == ["server of b"])


@pytest.mark.usefixtures("recall")
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (HistoryUnreadable("disk I/O\nerror"), "The history cannot be read: disk I/O error"),
        (UnknownToHistory("a"), "Nothing is remembered of this service yet."),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(qtbot, page, memory, error, sentence):
    page.show_tile(tile())
    memory.answer("flush", None)
    qtbot.waitUntil(lambda: len(memory.asked) == 3)

    memory.answer("facts", error)

    qtbot.waitUntil(lambda: told(page, KNOWN) == [sentence])
    assert told(page, CHANGES) == [sentence]


def test_where_no_history_is_kept_that_is_said(page):
    recall = Recall(TR, page, lambda: None)

    page.show_tile(tile())

    assert told(page, KNOWN) == ["No history is kept."]
    recall.close()


def test_a_problem_does_not_take_away_what_is_shown(page):
    page.show_tile(tile())
    page.take_facts((fact(),))

    page.take_problem("Trouble")

    assert told(page, KNOWN) == ["server of a"]


def test_another_service_begins_without_the_facts_of_the_one_before(page):
    page.show_tile(tile("a"))
    page.take_facts((fact(),))
    page.take_changes((CHANGE,))

    page.show_tile(tile("b"))

    assert told(page, KNOWN) == told(page, CHANGES) == ["The history is being read."]
