"""Three ways to follow a watch: a live table, plain lines, lines of JSON. Each takes the events as they come."""

import json
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self, assert_never

from rich.console import Console
from rich.live import Live
from rich.text import Text

from manara.cli.board import LOOKS_SHOWN, Board, board_view
from manara.cli.incident_lines import incident_line, of_several
from manara.cli.looks import service_line
from manara.model import (
    Diagnosed,
    Event,
    HistoryKept,
    Incident,
    IncidentChanged,
    Keeping,
    LineChanged,
    NetworkLearned,
    Noticed,
    NotObserved,
    OfficialHeard,
    Outcome,
    ResultArrived,
    Service,
    ServicesChanged,
    SettingsRefused,
    SilenceChanged,
    Transitioned,
    ZoneLearned,
)
from manara.monitor import Snapshot
from manara.monitor.report import check_document, worded_event
from manara.wording import Translator, counted, keeping_sentence, line_sentence, moment, one_line
from manara.wording.incidents import cause_sentence, end_sentence


class View(Protocol):
    """Shows a watch; entered before the first events, left when it ends, however it ends."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""

    def show(self, events: Sequence[Event], snapshot: Snapshot, /) -> None:
        """Take over new events, perhaps none, and what is believed now."""

    def end(self, snapshot: Snapshot, /) -> None:
        """Tell the last word."""


class TableView:
    """A table that is drawn in place. Rich hides the cursor meanwhile and gives it back."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], console: Console) -> None:
        self._tr = tr
        self._now = now
        self._console = console
        self._live = Live(console=console, auto_refresh=False, vertical_overflow="crop")
        self._size = console.size
        self._recent: dict[str, deque[Outcome]] = {}
        self._refused: tuple[str, ...] = ()
        self._history = ""

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last table where it stands and give the cursor back."""
        self._live.stop()

    def show(self, events: Sequence[Event], snapshot: Snapshot, /) -> None:
        """Draw what is believed now."""
        for event in events:
            self._remember(event)
        if self._console.size != self._size:
            # The terminal has folded the old lines its own way: where they begin is not known any more.
            self._size = self._console.size
            self._console.clear()
        believed = (snapshot.line, snapshot.services, snapshot.states)
        board = Board(*believed, self._recent, self._refused, self._history, snapshot.incidents)
        width, height = self._size
        self._live.update(board_view(self._tr, board, self._now(), width=width, height=height), refresh=True)

    def end(self, snapshot: Snapshot, /) -> None:
        """Draw once more."""
        self.show((), snapshot)

    def _remember(self, event: Event) -> None:
        match event:
            case ResultArrived():
                recent = self._recent.setdefault(event.service_id, deque(maxlen=LOOKS_SHOWN))
                recent.append(event.result.outcome)
            case HistoryKept(_, keeping, detail):
                self._history = "" if keeping is Keeping.WELL else keeping_sentence(self._tr, keeping, detail)
            case SettingsRefused():
                self._refused = event.problems
            case ServicesChanged():
                self._refused = ()
                known = {service.id for service in event.services}
                self._recent = {service_id: seen for service_id, seen in self._recent.items() if service_id in known}
            case _:
                pass


class _Lines:
    """What the two views of lines have in common: nothing to begin and nothing to clean up."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; whatever was written is already out."""


class LinesView(_Lines):
    """One plain line for each change, for pipes and logs."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], console: Console) -> None:
        self._tr = tr
        self._now = now
        self._console = console
        self._services: dict[str, Service] = {}
        self._said: dict[str, str] = {}
        """What was written last of each incident."""

    def show(self, events: Sequence[Event], snapshot: Snapshot, /) -> None:
        """Write the events that change what is believed."""
        self._services.update({service.id: service for service in snapshot.services})
        for event in events:
            for text in self._lines(event):
                stamp = moment(self._tr, self._now(), self._now())
                self._console.print(Text.assemble(f"{stamp} ", text), soft_wrap=True)
        self._console.file.flush()

    def end(self, snapshot: Snapshot, /) -> None:
        """Write the numbers."""
        self._console.print(counted(self._tr, [state.verdict for state in snapshot.states]), soft_wrap=True)
        self._console.file.flush()

    def _lines(self, event: Event) -> Sequence[Text]:
        tr = self._tr
        texts: Sequence[str] = ()
        match event:
            case ResultArrived() | Noticed() | SilenceChanged() | ZoneLearned() | NetworkLearned() | OfficialHeard():
                pass
            case IncidentChanged(_, incident):
                return self._of_incident(incident)
            case Transitioned() | Diagnosed():
                service = self._services.get(event.state.service_id)
                return () if service is None else (service_line(tr, service, event.state, self._now()),)
            case LineChanged(line):
                texts = () if line.at is None else (line_sentence(tr, line),)
            case NotObserved(after, until):
                now = self._now()
                text = tr("nobody was looking between {after} and {until}")
                texts = (text.format(after=moment(tr, after, now), until=moment(tr, until, now)),)
            case ServicesChanged():
                self._services = {service.id: service for service in event.services}
                number = len(event.services)
                texts = (tr.plural("watching {n} service", "watching {n} services", number).format(n=number),)
            case SettingsRefused(_, problems):
                text = tr("settings not taken over: {problem}")
                texts = tuple(text.format(problem=one_line(problem)) for problem in problems)
            case HistoryKept(_, keeping, detail):
                texts = (keeping_sentence(tr, keeping, detail),)
            case never:
                assert_never(never)
        return tuple(map(Text, texts))

    def _of_incident(self, incident: Incident) -> Sequence[Text]:
        """Return what fails together where that, or why, has changed; a single service has its own line."""
        tr = self._tr
        said = " ".join(filter(None, [cause_sentence(tr, incident), end_sentence(tr, incident)]))
        if not of_several([incident]) or self._said.get(incident.id) == said:
            return ()
        self._said[incident.id] = said
        return (incident_line(incident, said),)


class JsonView(_Lines):
    """One event a line; the last line is the final state in the shape of `check --json`."""

    def __init__(self, tr: Translator, now: Callable[[], datetime], console: Console) -> None:
        self._tr = tr
        self._now = now
        self._file = console.file

    def show(self, events: Sequence[Event], snapshot: Snapshot, /) -> None:
        """Write every event."""
        for event in events:
            document = worded_event(event, snapshot, tr=self._tr, now=self._now())
            self._file.write(json.dumps(document) + "\n")
        self._file.flush()

    def end(self, snapshot: Snapshot, /) -> None:
        """Write all that is believed."""
        believed = (snapshot.line, snapshot.services, snapshot.states, snapshot.incidents)
        document = check_document(*believed, tr=self._tr, now=self._now())
        self._file.write(json.dumps({"event": "final", **document}) + "\n")
        self._file.flush()
