"""`manara status`: what a running Manara knows, read from its history. A Manara that stopped looks stopped."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rich.text import Text

from manara.cli.history_file import opened_history
from manara.cli.incident_lines import incident_lines
from manara.cli.looks import report_lines
from manara.cli.terminal import STYLES, Terminal
from manara.engine import incidents_now
from manara.history import LastKnown, latest
from manara.model import CheckState, Circumstance, Interval, Line, Service, ServiceState, Verdict
from manara.monitor import Snapshot
from manara.monitor.json_values import rfc3339
from manara.monitor.report import check_document, exit_code
from manara.wording import Tone, Translator, age, last_known, watched_until


def run_status(
    services: Sequence[Service], folder: Path, *, tr: Translator, now: datetime, out: Terminal, as_json: bool = False
) -> int:
    """Write the last known state of the services and return the exit code; `now` is local."""
    with opened_history(folder) as reader:
        known = _NOTHING if reader is None else latest(reader, services, now)
    believed = believed_now(known, services)
    incidents = believed.incidents or incidents_now(tuple(services), believed.states, now)
    if as_json:
        document = check_document(believed.line, services, believed.states, incidents, tr=tr, now=now)
        document |= {"running": known.watching, "watched_until": rfc3339(known.heard)}
        out.file.write(json.dumps(document, indent=2) + "\n")
    else:
        for line in _lines(services, known, believed, tr, now):
            out.print(line, soft_wrap=True)
        for line in incident_lines(
            tr, Snapshot(believed.line, tuple(services), believed.states, incidents=incidents), now
        ):
            out.print(line, soft_wrap=True)
    return exit_code(state.verdict for state in believed.states)


def believed_now(known: LastKnown, services: Sequence[Service]) -> LastKnown:
    """Return what was last known if somebody is still watching; else that nothing is known, with the last looks."""
    if known.watching:
        return known
    last = known.states or tuple(_never_looked(service) for service in services)
    forgotten = tuple(_forgotten(state, known.heard) for state in last)
    return replace(known, line=Line(), states=forgotten, incidents=())


_NOTHING = LastKnown(None, watching=False, line=Line(), states=())


def _never_looked(service: Service) -> ServiceState:
    return ServiceState(service.id, checks=tuple(CheckState() for _ in service.checks))


def _forgotten(state: ServiceState, heard: datetime | None) -> ServiceState:
    since = None if heard is None else Interval(None, heard)
    verdict, cause = Verdict.UNKNOWN, Circumstance.NOT_RUNNING
    checks = tuple(replace(check, verdict=verdict, cause=cause, since=since) for check in state.checks)
    return ServiceState(state.service_id, verdict, cause, since, checks)


def _lines(
    services: Sequence[Service], known: LastKnown, believed: LastKnown, tr: Translator, now: datetime
) -> Iterator[Text]:
    lines = list(report_lines(tr, believed.line, services, believed.states, now, with_ladders=False))
    if not known.watching:
        for line, state in zip(lines, known.states, strict=False):
            line.append(f"; {last_known(tr, state)}", "dim")
    yield from lines
    yield _age(known, tr, now)


def _age(known: LastKnown, tr: Translator, now: datetime) -> Text:
    if known.heard is None:
        return Text(tr("Nobody has watched yet: manara watch"), style=STYLES[Tone.WARNING])
    if not known.watching:
        return Text(watched_until(tr, known.heard, now), style=STYLES[Tone.WARNING])
    looked_at = max((state.looked_at for state in known.states if state.looked_at), default=None)
    if looked_at is None:
        return Text(tr("Manara is watching"), style="dim")
    return Text(tr("Manara is watching; last look {age}").format(age=age(tr, looked_at, now)), style="dim")
