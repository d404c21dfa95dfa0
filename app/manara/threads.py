"""Work that may wait, off the threads that must not."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def in_thread(work: Callable[[], T], name: str) -> Future[T]:
    """Do some work on a thread of its own, which does not hold up the end of the program; return its outcome to come.

    The future raises what the work raised.
    """
    outcome: Future[T] = Future()
    outcome.set_running_or_notify_cancel()

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the future raises it where somebody waits for the outcome
            outcome.set_exception(error)
        else:
            outcome.set_result(result)

    Thread(target=run, name=name, daemon=True).start()
    return outcome
