"""Questions to other threads and their answers, without waiting: an answer to an old question is dropped.

Futures end on other threads; a queued signal brings them to the GUI thread.
"""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Asked:
    topic: Hashable
    number: int
    future: "Future[Any]"


class Questions(QObject):
    """Keeps the newest question of each topic. Lives on the GUI thread."""

    failed = Signal(object, object)
    """The topic, and the exception that came instead of an answer."""
    cancelled = Signal(object)
    """The topic of a question that nobody will answer; not told of one that was dropped here."""
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: dict[Hashable, tuple[_Asked, Callable[[Any], object]]] = {}
        self._number = 0
        self._lock = threading.Lock()
        self._closed = False
        self._ended.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def waiting(self) -> bool:
        """Whether any answer is still to come."""
        return bool(self._open)

    def ask(self, topic: Hashable, future: "Future[Answer]", then: Callable[[Answer], object]) -> None:
        """Call `then` with the answer on the GUI thread, unless the topic is asked about again before it comes."""
        self.drop(topic)
        self._closed = False
        self._number += 1
        asked = _Asked(topic, self._number, future)
        self._open[topic] = (asked, then)
        future.add_done_callback(lambda _: self._end(asked))

    def drop(self, topic: Hashable) -> None:
        """Forget a question; where nobody has begun to answer, nobody needs to."""
        asked, _ = self._open.pop(topic, (None, None))
        if asked is not None:
            asked.future.cancel()

    def close(self) -> None:
        """Forget all questions: nothing is called before the next one is asked."""
        with self._lock:
            self._closed = True
        for topic in tuple(self._open):
            self.drop(topic)

    def _end(self, asked: _Asked) -> None:
        """Pass on that a future has ended; called on any thread."""
        with self._lock:
            if not self._closed:
                self._ended.emit(asked)

    @Slot(object)
    def _take(self, asked: _Asked) -> None:
        newest, then = self._open.get(asked.topic, (None, None))
        if newest is not asked or then is None:
            return
        del self._open[asked.topic]
        try:
            # It has ended: this does not wait.
            error = asked.future.exception()
        except CancelledError:
            self.cancelled.emit(asked.topic)
            return
        if error is not None:
            self.failed.emit(asked.topic, error)
        else:
            then(asked.future.result())
