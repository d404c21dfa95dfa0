"""A monitor that tells what a test wants it to tell."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from manara.model import Event, SettingsInvalid
from manara.monitor import Snapshot


class FakeMonitor:
    """Implements what `manara watch` needs; `batches` are told as soon as it starts."""

    def __init__(
        self, snapshot: Snapshot, *batches: Sequence[Event], on_start: Callable[[], None] | None = None
    ) -> None:
        self.fault: BaseException | None = None
        self.stopped = False
        self._snapshot = snapshot
        self._batches = batches
        self._on_start = on_start
        self._listeners: list[Callable[[Sequence[Event]], None]] = []

    def subscribe(self, listener: Callable[[Sequence[Event]], None]) -> None:
        self._listeners.append(listener)

    def start(self) -> Future[None]:
        opened: Future[None] = Future()
        for batch in self._batches:
            for listener in self._listeners:
                listener(batch)
        try:
            if self._on_start is not None:
                self._on_start()
        except SettingsInvalid as invalid:
            opened.set_exception(invalid)
        else:
            opened.set_result(None)
        return opened

    def stop(self) -> None:
        self.stopped = True

    def snapshot(self) -> Snapshot:
        return self._snapshot
