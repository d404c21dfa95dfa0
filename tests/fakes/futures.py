"""Futures that have ended before anybody waits for them."""

from concurrent.futures import Future
from typing import Any


def ended(answer: Any) -> "Future[Any]":
    """Return a future with an answer; where that is an exception, the future raises it."""
    future: Future[Any] = Future()
    if isinstance(answer, BaseException):
        future.set_exception(answer)
    else:
        future.set_result(answer)
    return future
