"""The monitor: the engine on a thread of its own, behind commands and events that any thread can use."""

from collections.abc import Callable, Collection, Coroutine, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from manara.history import History
from manara.loading import load
from manara.model import (
    Check,
    CheckResult,
    Clock,
    Diagnosis,
    Event,
    HistoryKept,
    HistoryOptions,
    Keeping,
    Service,
    ServiceState,
    SystemClock,
)
from manara.monitor.silence_file import SilenceFile
from manara.monitor.snapshot import Snapshot
from manara.paths import secrets_folder
from manara.secrets import Keyring, SecretStore, mentioned

if TYPE_CHECKING:
    from manara.monitor.engine_thread import EngineThread
    from manara.monitor.session import Session
    from manara.settings import Change, Stored, Undo

_STORED_WITHIN_S = 10.0

Answer = TypeVar("Answer")
Listener: TypeAlias = Callable[[Sequence[Event]], None]


class OpenSession(Protocol):
    """Reads the settings and makes ready what they ask for; raises `SettingsInvalid` when they cannot be used."""

    def __call__(
        self,
        *,
        clock: Clock,
        emit: Callable[[Sequence[Event]], None],
        keeper: History | None,
        remembered: SilenceFile | None,
    ) -> "Session":
        """Return what `Monitor` runs. It is called on the engine's thread and may be slow."""


class Monitor:
    """Watches what a session opens. `outline` is what will be watched as far as it is known before the start."""

    def __init__(
        self,
        open_session: OpenSession,
        *,
        outline: tuple[Service, ...] = (),
        clock: Clock | None = None,
        data_folder: Path | None = None,
        secrets: SecretStore | None = None,
    ) -> None:
        self._open_session = open_session
        self._clock = clock or SystemClock()
        self.history = None if data_folder is None else History(data_folder, self._clock, self._tell)
        """What was measured, also before this start; None when no folder was given to keep it in."""
        self.secrets = secrets or SecretStore(Keyring(), secrets_folder())
        """Where passwords and tokens are kept, so that settings hold only references to them."""
        self._silence_file = None if data_folder is None else SilenceFile(data_folder, self._may_write)
        self._listeners: list[Listener] = []
        self._snapshot = Snapshot(services=outline, states=tuple(ServiceState(service.id) for service in outline))
        self._kept: HistoryKept | None = None
        self._engine: EngineThread | None = None
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
        return self._engine is not None and self._engine.running

    @property
    def history_options(self) -> HistoryOptions:
        """How the user wants the past to be kept and counted; as by default before the settings are read."""
        session = self._session
        return HistoryOptions() if session is None else session.settings.history

    def start(self) -> Future[None]:
        """Begin to watch, at once, on a thread of its own.

        The future is done when it is known what is watched. It raises `SettingsInvalid` when the settings cannot be
        used, and is cancelled by a `stop` before; then nothing is watched.
        """
        engine: EngineThread = load("manara.monitor.engine_thread:EngineThread")(self._open, self._end)
        self._engine = engine
        engine.start()
        if self.history is not None:
            self.history.start()
        return engine.opened

    def stop(self) -> None:
        """End every look under way and the threads; what was measured is on the disk afterwards."""
        if self._engine is not None:
            self._engine.stop()
        if self.history is not None:
            self.history.stop()

    def check_now(self, service_ids: Iterable[str]) -> None:
        """Look at these services at once."""
        wanted = tuple(service_ids)
        self._call(lambda session: session.engine.check_now(wanted))

    def stored(self) -> "Future[Stored]":
        """Return what the settings file says, with nothing filled in.

        The future raises `SettingsInvalid`, and is cancelled where nothing is watched any more.
        """
        return self._ask(lambda session: session.stored())

    def change(self, change: "Change") -> "Future[Undo]":
        """Write a change into the settings file and follow it at once; the future has what takes it back.

        The future raises `SettingsInvalid`, `SettingsNotWritten` (of which `ChangedMeanwhile` is one) or
        `UnknownService`, each with nothing changed, and is cancelled where nothing is watched any more.
        """
        return self._ask(lambda session: session.change(change))

    def undo(self, undo: "Undo") -> Future[None]:
        """Take a change of the settings file back; the future is that of `change`."""
        return self._ask(lambda session: session.undo(undo))

    def try_check(self, check: Check) -> Future[CheckResult]:
        """Look once at a check, which need not be one of those watched, with the real network; nothing is recorded.

        The future is cancelled where nothing is watched any more.
        """
        return self._ask(lambda session: session.try_check(check))

    def forget_unused_secrets(self) -> Future[tuple[str, ...]]:
        """Forget the secrets that were made for these settings and that nothing in their file names any more.

        Only for when no change can be taken back any more. The future has their references; it raises, with nothing
        forgotten, where it cannot be told what is named.
        """
        return self.secrets.forget_unused(self._named)

    def explain(self, service_id: str) -> "Future[Diagnosis | None]":
        """Find out now why a service is not well; what is found is told as `Diagnosed`, too.

        None where it was not looked at yet. The future is cancelled where nothing is watched any more.
        """
        return self._ask(lambda session: session.engine.explain(service_id))

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

    def _named(self, references: Collection[str]) -> Collection[str]:
        """Return the references that the settings name; not on the engine's thread."""
        stored = self.stored().result(_STORED_WITHIN_S)
        return mentioned(references, (stored.services, stored.sections), stored.path.read_text("utf-8-sig"))

    def _may_write(self) -> bool:
        """Whether the data folder is ours: of two Manaras on it, the first writes."""
        return self._kept is None or self._kept.keeping is not Keeping.ELSEWHERE

    def _call(self, command: Callable[["Session"], object]) -> None:
        """Run a command on the engine's loop; before the start and after the end there is nothing to command."""
        if self._engine is not None:
            self._engine.call(command)

    def _ask(self, question: Callable[["Session"], Coroutine[Any, Any, Answer]]) -> Future[Answer]:
        """Ask something on the engine's loop; before the start and after the end, the future is cancelled."""
        if self._engine is not None:
            return self._engine.ask(question)
        never: Future[Answer] = Future()
        never.cancel()
        return never

    @property
    def _session(self) -> "Session | None":
        return None if self._engine is None else self._engine.session

    def _tell(self, event: HistoryKept) -> None:
        """Tell what the history's own thread says; also when the engine has ended, the last word is kept."""
        self._kept = event
        self._call(lambda _session: self._take([event]))

    def _take(self, events: Sequence[Event]) -> None:
        session = self._session
        if session is not None:
            engine = session.engine
            silence = session.alerts.silence
            incidents = session.incidents.open
            self._snapshot = Snapshot(engine.line, engine.services, engine.states, silence=silence, incidents=incidents)
        if self.history is not None:
            self.history.record(events)
        for listener in self._listeners:
            listener(events)

    def _open(self) -> "Session":
        return self._open_session(
            clock=self._clock, emit=self._take, keeper=self.history, remembered=self._silence_file
        )

    def _end(self, fault: BaseException) -> None:
        """Keep what ended the watch, and wake whoever shows it."""
        self.fault = fault
        for listener in self._listeners:
            listener([])
