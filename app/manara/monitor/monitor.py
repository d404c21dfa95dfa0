"""The monitor: the engine on a thread of its own, behind commands and events that any thread can use."""

import asyncio
import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from manara.history import History
from manara.model import (
    Clock,
    Event,
    HistoryKept,
    Keeping,
    Line,
    Service,
    ServiceState,
    Silence,
    SystemClock,
)
from manara.monitor.instruments import BuildNetwork, Instruments
from manara.monitor.session import Session, SettingsSource
from manara.monitor.silence_file import SilenceFile
from manara.settings import Settings

Listener: TypeAlias = Callable[[Sequence[Event]], None]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is believed at one moment."""

    line: Line = field(default_factory=Line)
    services: tuple[Service, ...] = ()
    states: tuple[ServiceState, ...] = ()
    kept: HistoryKept | None = None
    """The last that was told of the way in which the history is kept; None while all is well from the start."""
    silence: Silence = field(default_factory=Silence)

    @property
    def acknowledged(self) -> frozenset[str]:
        """The ids of the services of which nothing is told until they are well again."""
        return self.silence.acknowledged


class Monitor:
    """Watches the services of the settings, or the starter set when there are none."""

    def __init__(
        self,
        source: SettingsSource,
        *,
        build_network: BuildNetwork,
        read_surroundings: Callable[[], Hashable],
        starter: tuple[Service, ...] = (),
        clock: Clock | None = None,
        data_folder: Path | None = None,
    ) -> None:
        self._source = source
        self._build_network = build_network
        self._read_surroundings = read_surroundings
        self._starter = starter
        self._clock = clock or SystemClock()
        self.history = None if data_folder is None else History(data_folder, self._clock, self._tell)
        """What was measured, also before this start; None when no folder was given to keep it in."""
        self._silence_file = None if data_folder is None else SilenceFile(data_folder, self._may_write)
        self._listeners: list[Listener] = []
        self._snapshot = Snapshot()
        self._kept: HistoryKept | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: Session | None = None
        self._watching: asyncio.Task[None] | None = None
        self.fault: BaseException | None = None
        """What ended the watch if it was not `stop`; a monitor that stopped must look stopped."""

    def subscribe(self, listener: Listener) -> None:
        """Tell this listener every event from now on, on the engine's thread; it must be quick."""
        self._listeners.append(listener)

    def snapshot(self) -> Snapshot:
        """Return what is believed now."""
        return replace(self._snapshot, kept=self._kept)

    @property
    def running(self) -> bool:
        """Whether anything is being watched."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def settings(self) -> Settings:
        """What the user chose; as by default before the start."""
        return Settings() if self._session is None else self._session.settings

    def start(self) -> None:
        """Begin to watch; raise `SettingsInvalid` when the settings cannot be used."""
        settings = self._source.load()
        instruments = Instruments(settings.network, self._build_network, self._clock)
        self._session = Session(
            settings,
            self._source,
            instruments,
            starter=self._starter,
            read_surroundings=self._read_surroundings,
            clock=self._clock,
            emit=self._take,
            keeper=self.history,
            remembered=self._silence_file,
        )
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._session, ready), name="manara-engine")
        self._thread.start()
        ready.wait()
        if self.history is not None:
            self.history.start()

    def stop(self) -> None:
        """End every look under way and the threads; what was measured is on the disk afterwards."""
        if self._thread is not None:
            self._call(self._cancel)
            self._thread.join()
            if self.history is not None:
                self.history.stop()

    def check_now(self, service_ids: Iterable[str]) -> None:
        """Look at these services at once."""
        wanted = tuple(service_ids)
        self._call(lambda session: session.engine.check_now(wanted))

    def pause(self, service_ids: Iterable[str], *, paused: bool) -> "Future[None]":
        """Pause services, or end their pause, in the settings file.

        The future raises `SettingsInvalid`, `SettingsNotWritten` or `UnknownService`, and is cancelled where nothing
        is watched any more.
        """
        nothing: Future[None] = Future()
        nothing.cancel()
        if self._loop is None or self._session is None:
            return nothing
        pausing = self._session.pause(tuple(service_ids), paused=paused)
        try:
            return asyncio.run_coroutine_threadsafe(pausing, self._loop)
        except RuntimeError:
            # The loop has been closed.
            pausing.close()
            return nothing

    def acknowledge(self, service_ids: Iterable[str]) -> None:
        """Tell nothing of these services until they are well again; of one that is well, this changes nothing."""
        known = tuple(service_ids)
        self._call(lambda session: session.acknowledge(known))

    def unacknowledge(self, service_ids: Iterable[str]) -> None:
        """Tell of these services again."""
        wanted = tuple(service_ids)
        self._call(lambda session: session.unacknowledge(wanted))

    def pause_notifications(self, until: datetime | None) -> None:
        """Tell nothing until a moment (aware); None: until `resume_notifications`."""
        self._call(lambda session: session.pause_notifications(until))

    def resume_notifications(self) -> None:
        """Tell again what happens; first, in one notice, which trouble there is."""
        self._call(lambda session: session.resume_notifications())

    def _may_write(self) -> bool:
        """Whether the data folder is ours: of two Manaras on it, the first writes."""
        return self._kept is None or self._kept.keeping is not Keeping.ELSEWHERE

    def _call(self, command: Callable[[Session], object]) -> None:
        """Run a command on the engine's loop; once that has ended there is nothing left to command."""
        if self._loop is not None and self._session is not None:
            # The loop closes between two commands when the watch ends by itself.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(command, self._session)

    def _cancel(self, _session: Session) -> None:
        if self._watching is not None:
            self._watching.cancel()

    def _tell(self, event: HistoryKept) -> None:
        """Tell what the history's own thread says; also when the engine has ended, the last word is kept."""
        self._kept = event
        self._call(lambda _session: self._take([event]))

    def _take(self, events: Sequence[Event]) -> None:
        if self._session is not None:
            engine = self._session.engine
            silence = self._session.alerts.silence
            self._snapshot = Snapshot(engine.line, engine.services, engine.states, silence=silence)
        if self.history is not None:
            self.history.record(events)
        for listener in self._listeners:
            listener(events)

    def _run(self, session: Session, ready: threading.Event) -> None:
        async def watch() -> None:
            self._loop = asyncio.get_running_loop()
            self._watching = asyncio.current_task()
            ready.set()
            await session.run()

        try:
            asyncio.run(watch())
        except asyncio.CancelledError:
            pass
        except BaseException as fault:  # noqa: BLE001 - last-resort guard: the end of the thread must not pass unseen
            self.fault = fault
            for listener in self._listeners:
                listener([])
        finally:
            ready.set()
