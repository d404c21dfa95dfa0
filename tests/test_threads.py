import threading

import pytest

from manara.threads import in_thread


def test_work_is_done_elsewhere_and_its_outcome_comes_later() -> None:
    started = threading.Event()

    outcome = in_thread(lambda: started.wait(10) and threading.current_thread().name, "manara-work")
    started.set()

    assert outcome.result(10) == "manara-work"


def test_what_the_work_raised_is_raised_where_it_is_waited_for() -> None:
    outcome = in_thread(lambda: {}["nothing"], "manara-work")

    with pytest.raises(KeyError):
        outcome.result(10)


def test_work_that_hangs_does_not_hold_up_the_end_of_the_program() -> None:
    free = threading.Event()

    outcome = in_thread(lambda: free.wait(10) and threading.current_thread().daemon, "manara-work")
    free.set()

    assert outcome.result(10) is True
