"""Work that may be slow, off the GUI thread."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def in_background(work: Callable[[], Result]) -> "Future[Result]":
    """Begin some work on a thread of its own, and return what will have its result.

    The program need not wait for it at its end: whatever hangs must not keep it.
    """
    future: Future[Result] = Future()

    # From here on it cannot be cancelled; an answer that nobody waits for is dropped.
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            result = work()
        except BaseException as problem:  # noqa: BLE001 - the future raises it
            future.set_exception(problem)
        else:
            future.set_result(result)

    threading.Thread(target=run, name="manara-preferences", daemon=True).start()
    return future
