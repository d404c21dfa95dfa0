"""`manara incidents`: what failed together in a period, or all that is known of one incident, in several forms."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.text import Text

from manara.cli.arguments import IncidentsArguments
from manara.cli.columns import padded
from manara.cli.exits import WRONG_USAGE, Refused
from manara.cli.history import service_named
from manara.cli.history_file import opened_history
from manara.cli.incident_lines import incident_line
from manara.cli.period import typed_window
from manara.cli.terminal import Terminal
from manara.history import LastKnown, Reader, latest
from manara.history.found_out import incidents
from manara.model import Incident, Line, Service, Window
from manara.monitor import Snapshot
from manara.monitor.incident_export import incident_paper, lasted, list_document, list_paper, told_document
from manara.monitor.json_values import rfc3339
from manara.monitor.paper import Paper, html, markdown, text
from manara.settings import did_you_mean
from manara.wording import Translator, day_and_time, one_line, period, watched_until
from manara.wording.incidents import incident_title

MOST = 10_000
"""So many of the newest incidents are looked at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One run of the command: what was read, by whom, and when."""

    last: LastKnown
    services: tuple[Service, ...]
    known: tuple[Incident, ...]
    """All incidents, the newest first."""
    tr: Translator
    now: datetime

    @property
    def stopped(self) -> datetime | None:
        """Until when somebody watched; None while somebody still does."""
        return None if self.last.watching else self.last.heard


def run_incidents(
    arguments: IncidentsArguments,
    folder: Path,
    services: Sequence[Service],
    *,
    tr: Translator,
    now: datetime,
    out: Terminal,
) -> int:
    """Write what was asked for and return the exit code; `services` are those of the settings, `now` is local."""
    _refuse_contradictions(arguments)
    with opened_history(folder) as reader:
        reading = _read(reader, services, tr, now)
        if arguments.target is not None:
            _tell_one(arguments, _found(arguments.target, reading.known), reading, out)
        else:
            window = typed_window(arguments, now, now)
            chosen = _chosen(arguments, reader, services, window)
            _tell_list(arguments, chosen, window, reading, out)
    return 0


def _refuse_contradictions(arguments: IncidentsArguments) -> None:
    forms = [name for name in ("json", "markdown", "html") if getattr(arguments, name)]
    if len(forms) > 1:
        raise Refused(WRONG_USAGE, f"manara: --{forms[0]} and --{forms[1]} cannot stand together.")
    chosen = {"--since": arguments.since, "--from": arguments.begin, "--to": arguments.end}
    for option, typed in (chosen | {"--service": arguments.service}).items():
        if arguments.target is not None and typed is not None:
            raise Refused(WRONG_USAGE, f"manara: {option} is for the list: it cannot stand together with an id.")


def _read(reader: Reader | None, services: Sequence[Service], tr: Translator, now: datetime) -> Reading:
    if reader is None:
        return Reading(LastKnown(None, watching=False, line=Line(), states=()), tuple(services), (), tr, now)
    known = incidents(reader, None, None, MOST) if reader.has_incidents else ()
    return Reading(latest(reader, services, now), tuple(services), known, tr, now)


def _chosen(
    arguments: IncidentsArguments, reader: Reader | None, services: Sequence[Service], window: Window
) -> tuple[Incident, ...]:
    if arguments.service is None:
        return incidents(reader, window, None, MOST) if reader is not None and reader.has_incidents else ()
    named = service_named(arguments.service, reader.services() if reader else (), services)
    if reader is None or not reader.has_incidents or named not in reader.services():
        return ()
    return incidents(reader, window, named.service_id, MOST)


def _found(target: str, known: Sequence[Incident]) -> Incident:
    for incident in known:
        if incident.id == target:
            return incident
    hint = did_you_mean(target, [incident.id for incident in known])
    sentence = f"manara: There is no incident {one_line(target)}. {one_line(hint)}"
    raise Refused(WRONG_USAGE, sentence.rstrip())


def _tell_one(arguments: IncidentsArguments, incident: Incident, reading: Reading, out: Terminal) -> None:
    tr, last = reading.tr, reading.last
    believed = Snapshot(last.line, reading.services, last.states)
    if arguments.json:
        document = told_document(tr, incident, believed, reading.known, reading.now)
        document |= {"running": last.watching, "watched_until": rfc3339(last.heard)}
        out.file.write(json.dumps(document, indent=2) + "\n")
        return
    paper = incident_paper(tr, incident, believed, reading.known, reading.now, stopped=reading.stopped)
    out.file.write(_written(arguments)(paper))


def _tell_list(
    arguments: IncidentsArguments, chosen: Sequence[Incident], window: Window, reading: Reading, out: Terminal
) -> None:
    tr, now = reading.tr, reading.now
    if arguments.json:
        out.file.write(json.dumps(list_document(chosen, window, now), indent=2) + "\n")
    elif arguments.markdown or arguments.html:
        title = tr("Incidents, {period}").format(period=period(tr, window, now))
        out.file.write(_written(arguments)(list_paper(tr, chosen, title, now, stopped=reading.stopped)))
    else:
        for line in _lines(chosen, reading):
            out.print(line, soft_wrap=True)


def _lines(chosen: Sequence[Incident], reading: Reading) -> Iterator[Text]:
    tr, now = reading.tr, reading.now
    if reading.last.heard is None:
        yield Text(tr("No history yet: it begins with manara watch"))
    elif not chosen:
        yield Text(tr("No incident is known of this period."))
    rows = [
        (
            each.id,
            day_and_time(tr, each.began.by, now),
            lasted(tr, each, now, reading.stopped),
            incident_title(tr, each),
        )
        for each in chosen
    ]
    for incident, row in zip(chosen, padded(rows), strict=True):
        yield incident_line(incident, row)
    if reading.stopped is not None and any(incident.open for incident in chosen):
        yield Text(watched_until(tr, reading.stopped, now), style="yellow")


def _written(arguments: IncidentsArguments) -> Callable[[Paper], str]:
    if arguments.markdown:
        return markdown
    return html if arguments.html else text
