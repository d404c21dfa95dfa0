from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from fakes.futures import ended
from manara.ui.questions import Questions


@pytest.fixture
def questions(qtbot):
    return Questions()


def test_an_answer_arrives_later_and_on_the_asking_thread(qtbot, questions):
    told = []

    questions.ask("a", ended(1), told.append)

    assert told == []
    qtbot.waitUntil(lambda: told == [1])
    assert not questions.waiting


def test_an_answer_from_another_thread_arrives(qtbot, questions):
    told = []
    with ThreadPoolExecutor(1) as pool:
        questions.ask("a", pool.submit(lambda: 2), told.append)

        qtbot.waitUntil(lambda: told == [2])


def test_an_answer_to_an_old_question_is_dropped(qtbot, questions):
    told = []
    old, new = Future(), Future()
    old.set_running_or_notify_cancel()
    questions.ask("a", old, told.append)
    questions.ask("a", new, told.append)

    new.set_result("new")
    old.set_result("old")

    qtbot.waitUntil(lambda: told == ["new"])
    questions.ask("b", ended("end"), told.append)
    qtbot.waitUntil(lambda: "end" in told)
    assert told == ["new", "end"]


def test_a_question_that_nobody_has_begun_to_answer_is_cancelled(qtbot, questions):
    told = []
    old = Future()
    questions.ask("a", old, told.append)

    questions.ask("a", ended(2), told.append)

    assert old.cancelled()
    qtbot.waitUntil(lambda: told == [2])


def test_a_question_that_others_cancel_is_told_and_forgotten(qtbot, questions):
    told = []
    questions.cancelled.connect(told.append)
    future = Future()
    questions.ask("a", future, pytest.fail)

    future.cancel()

    qtbot.waitUntil(lambda: told == ["a"])
    assert not questions.waiting


def test_a_question_that_is_dropped_is_not_told_as_cancelled(qtbot, questions):
    cancelled, told = [], []
    questions.cancelled.connect(cancelled.append)
    questions.ask("a", Future(), pytest.fail)

    questions.drop("a")
    questions.ask("b", ended(1), told.append)

    qtbot.waitUntil(lambda: told == [1])
    assert cancelled == []


def test_a_failure_is_told_with_its_topic(qtbot, questions):
    failed = []
    questions.failed.connect(lambda topic, error: failed.append((topic, str(error))))
    future = Future()
    future.set_exception(ValueError("broken"))

    questions.ask("a", future, pytest.fail)

    qtbot.waitUntil(lambda: failed == [("a", "broken")])


def test_after_closing_nothing_is_told_before_the_next_question(qtbot, questions):
    told = []
    late = Future()
    late.set_running_or_notify_cancel()
    questions.ask("a", late, told.append)

    questions.close()
    late.set_result(1)
    questions.ask("b", ended(2), told.append)

    qtbot.waitUntil(lambda: told == [2])
    assert told == [2]
