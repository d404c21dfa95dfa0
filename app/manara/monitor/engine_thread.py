"""The thread on which a session watches, and the way onto its loop.

Loaded at the start of the watch, with asyncio: both take time that the first picture of the window need not wait for.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

from manara.monitor.loop_calls import LoopCalls

if TYPE_CHECKING:
    from manara.monitor.session import Session

Answer = TypeVar("Answer")


class EngineThread:
    """Opens a session and runs it. `end` is told, on this thread, what ended the watch if it was not `stop`."""

    session: "Session | None" = None
    """What watches, once it is open."""

    def __init__(self, open_session: Callable[[], "Session"], end: Callable[[BaseException], None]) -> None:
        self._open_session = open_session
        self._end = end
        self.opened: Future[None] = Future()
        """Done when it is known what is watched; raises what `open_session` raises, cancelled by a `stop` before."""
        self._loop = asyncio.new_event_loop()
        self._calls = LoopCalls(self._loop)
        self._thread = threading.Thread(target=self._run, name="manara-engine")
        self._stopping = False
        self._watching: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether anything is being watched."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin to watch, at once."""
        self._thread.start()

    def stop(self) -> None:
        """End every look under way and the thread."""
        self._stopping = True
        self.call(lambda _session: self._cancel())
        self._thread.join()

    def call(self, command: Callable[["Session"], object]) -> None:
        """Run a command on the loop; after the end there is nothing to command."""

        def run() -> None:
            # The loop begins once there is a session: what is asked for before waits in its queue.
            if self.session is not None:
                command(self.session)

        # The loop closes between two commands when the watch ends by itself.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(run)

    def ask(self, question: Callable[["Session"], Coroutine[Any, Any, Answer]]) -> Future[Answer]:
        """Ask something on the loop; what is asked for while it opens waits until it is open."""
        # The loop begins once there is a session.
        return self._calls.call(lambda: question(cast("Session", self.session)))

    def _cancel(self) -> None:
        if self._watching is not None:
            self._watching.cancel()

    def _run(self) -> None:
        try:
            self.session = self._open_session()
        except Exception as problem:  # noqa: BLE001 - the future raises it, and the watch looks stopped
            self._calls.end()
            self._loop.close()
            self._end(problem)
            self.opened.set_exception(problem)
            return
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                try:
                    runner.run(self._watch(self.session))
                finally:
                    self._calls.end()
        except asyncio.CancelledError:
            pass
        except BaseException as fault:  # noqa: BLE001 - last-resort guard: the end of the thread must not pass unseen
            self._end(fault)
            if not self.opened.done():
                self.opened.set_exception(fault)

    async def _watch(self, session: "Session") -> None:
        self._watching = asyncio.current_task()
        if self._stopping:
            self.opened.cancel()
            return
        session.begin()
        self.opened.set_result(None)
        await session.run()
