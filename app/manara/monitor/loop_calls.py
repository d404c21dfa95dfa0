"""What other threads ask of the engine's loop, each answered by a future, also when the loop ends before its turn."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class LoopCalls:
    """The calls of one loop. The loop need not run yet: what is asked for before waits in its queue."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._open: dict[Future[Any], asyncio.Task[Any] | None] = {}
        self._guard = threading.Lock()
        self._ended = False

    def call(self, question: Callable[[], Coroutine[Any, Any, Answer]]) -> Future[Answer]:
        """Run a coroutine on the loop; its future is cancelled where the loop ends, or has ended, before it."""
        future: Future[Answer] = Future()

        def start() -> None:
            if future.cancelled():
                return
            task = self._open[future] = self._loop.create_task(question())
            task.add_done_callback(lambda done: self._pass_on(done, future))

        with self._guard:
            if self._ended:
                future.cancel()
            else:
                self._open[future] = None
                self._loop.call_soon_threadsafe(start)
        return future

    def end(self) -> None:
        """Cancel what is still open, now that the loop runs no more. It must be called before the loop is closed."""
        with self._guard:
            self._ended = True
            left = tuple(self._open)
        for future in left:
            future.cancel()

    def _pass_on(self, task: asyncio.Task[Answer], future: Future[Answer]) -> None:
        self._open.pop(future, None)
        if task.cancelled():
            future.cancel()
            return
        fault = task.exception()
        # Who asked may have cancelled the future meanwhile.
        with suppress(InvalidStateError):
            if fault is None:
                future.set_result(task.result())
            else:
                future.set_exception(fault)
